"""Tells Sayso of each customer's message until Sayso has taken or refused it, as a network's webhook does."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

import httpx
from pydantic import AwareDatetime, BaseModel

from sandbox.environment import Environment
from sandbox.events import Channel, CustomerPosted, DeliveryEnded, Visibility
from sandbox.network import Network
from sandbox.problems import printable

log = logging.getLogger("sandbox.webhook")

FIRST_WAIT_SECONDS = 0.25
LONGEST_WAIT_SECONDS = 10.0
ANSWER_WITHIN_SECONDS = 15.0
# A 4xx ends it, except those that only say "not now".
NOT_NOW = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
JSON = {"Content-Type": "application/json"}
FAILURES: dict[type[Exception], str] = {
    httpx.ConnectError: "it cannot be reached",
    httpx.ConnectTimeout: "it cannot be reached",
    httpx.ReadTimeout: "it does not answer",
    httpx.ReadError: "the connection broke",
    httpx.RemoteProtocolError: "the connection broke",
}


class InboundMessage(BaseModel):
    channel: Channel
    account: str
    external_id: str
    author: str
    text: str
    sent_at: AwareDatetime
    in_reply_to: str | None
    visibility: Visibility
    mentions_us: bool


class Refusal(BaseModel):
    """The part of a problem+json answer that is shown to the person who wrote."""

    detail: str


@dataclass(frozen=True)
class Attempt:
    """The last try at one message that Sayso has not answered for good."""

    number: int
    failure: str
    next_at: float  # on the event loop's clock


class Webhook:
    """One message at a time, oldest first among those tried least.

    A message that Sayso puts off does not hold up the others. While Sayso cannot
    be reached at all, one message at a time feels whether it is back.
    """

    def __init__(self, network: Network, environment: Environment) -> None:
        self.network = network
        self.url = f"{environment.sayso_url}/api/messages"
        self.headers = {"Authorization": f"Bearer {environment.token}"} if environment.token else {}
        self.attempts: dict[str, Attempt] = {}
        self._failures_in_a_row = 0
        self._resume_at = 0.0
        self._written = asyncio.Event()

    def wake(self) -> None:
        self._written.set()

    async def run(self) -> None:
        """Runs until cancelled. What is undelivered then is found in the ledger at the next start."""
        async with httpx.AsyncClient(
            timeout=ANSWER_WITHIN_SECONDS, headers=self.headers, trust_env=False
        ) as client:
            while True:
                self._written.clear()
                for post in self._due():
                    if not await self._is_answered(client, post):
                        break
                await self._until_due()

    def _due(self) -> list[CustomerPosted]:
        due = [post for post in self.network.state.undelivered() if self._next_at(post) <= self._now()]
        return sorted(due, key=lambda post: self._tries(post.id))

    async def _is_answered(self, client: httpx.AsyncClient, post: CustomerPosted) -> bool:
        """Try once. False when there was no answer, so that nothing is known of Sayso."""
        number = self._tries(post.id) + 1
        try:
            answer = await client.post(self.url, content=as_message(post), headers=JSON)
        except httpx.HTTPError as error:
            self._failures_in_a_row += 1
            self._resume_at = self._now() + wait_after(self._failures_in_a_row)
            failure = FAILURES.get(type(error), type(error).__name__)
            self._put_off(post, Attempt(number, failure, self._now() + wait_after(number)))
            return False
        self._failures_in_a_row = 0
        if is_final(answer):
            self._end(post, answer, number)
        else:
            failure = f"it answered {answer.status_code}"
            self._put_off(post, Attempt(number, failure, self._now() + wait_after(number)))
        return True

    def _end(self, post: CustomerPosted, answer: httpx.Response, number: int) -> None:
        self.attempts.pop(post.id, None)
        refusal = None if answer.is_success else said(answer)
        at, status = datetime.now(UTC), answer.status_code
        self.network.end_delivery(
            DeliveryEnded(at=at, id=post.id, status=status, attempts=number, refusal=refusal)
        )

    def _put_off(self, post: CustomerPosted, attempt: Attempt) -> None:
        self.attempts[post.id] = attempt
        if attempt.number == 1:  # one line per message, however long it takes
            log.info("message %s waits: %s", post.id, attempt.failure)

    async def _until_due(self) -> None:
        """Sleep until something new was written or the next try is due."""
        due = [self._next_at(post) for post in self.network.state.undelivered()]
        wait = max(0.0, min(due) - self._now()) if due else None
        try:
            await asyncio.wait_for(self._written.wait(), wait)
        except TimeoutError:
            return

    def _next_at(self, post: CustomerPosted) -> float:
        attempt = self.attempts.get(post.id)
        return max(self._resume_at, attempt.next_at if attempt else 0.0)

    def _tries(self, post_id: str) -> int:
        return self.attempts[post_id].number if post_id in self.attempts else 0

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def wait_after(tries: int) -> float:
    """Seconds: twice as long after each try, up to a limit."""
    return min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0 ** min(tries - 1, 10))


def as_message(post: CustomerPosted) -> bytes:
    message = InboundMessage.model_validate(post.model_dump() | {"external_id": post.id})
    return message.model_dump_json().encode()


def is_final(answer: httpx.Response) -> bool:
    return answer.is_success or (answer.is_client_error and answer.status_code not in NOT_NOW)


def said(answer: httpx.Response) -> str:
    """The sentence of a problem+json, or the start of whatever came instead."""
    try:
        detail = Refusal.model_validate_json(answer.content).detail
    except ValueError:
        detail = answer.text or answer.reason_phrase
    return printable(detail)[:500]
