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
    """Oldest message first, one at a time; a message that must wait does not hold up the others."""

    def __init__(self, network: Network, environment: Environment) -> None:
        self.network = network
        self.url = f"{environment.sayso_url}/api/messages"
        self.headers = {"Authorization": f"Bearer {environment.token}"} if environment.token else {}
        self.attempts: dict[str, Attempt] = {}
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
                for post in self.network.state.undelivered():
                    if self._next_at(post) <= self._now():
                        await self._deliver(client, post)
                await self._until_due()

    async def _deliver(self, client: httpx.AsyncClient, post: CustomerPosted) -> None:
        number = self.attempts[post.id].number + 1 if post.id in self.attempts else 1
        try:
            answer = await client.post(self.url, content=as_message(post), headers=JSON)
        except httpx.HTTPError as error:
            self._wait(post, number, FAILURES.get(type(error), type(error).__name__))
            return
        if is_final(answer):
            self.attempts.pop(post.id, None)
            refusal = None if answer.is_success else said(answer)
            self.network.end_delivery(
                DeliveryEnded(
                    at=datetime.now(UTC),
                    id=post.id,
                    status=answer.status_code,
                    attempts=number,
                    refusal=refusal,
                )
            )
        else:
            self._wait(post, number, f"it answered {answer.status_code}")

    def _wait(self, post: CustomerPosted, number: int, failure: str) -> None:
        wait = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** min(number - 1, 10))
        self.attempts[post.id] = Attempt(number, failure, self._now() + wait)
        if number == 1:  # one line per message, however long Sayso is away
            log.info("message %s waits: %s", post.id, failure)

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
        return attempt.next_at if attempt else 0.0

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


JSON = {"Content-Type": "application/json"}


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
