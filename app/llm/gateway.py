"""The only way to a language model. Every call is bounded and recorded, and ends in an answer or a fault."""

import socket
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from time import monotonic, sleep
from typing import Literal, TypeVar, overload
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from app.core.clock import utc_now
from app.core.settings import Settings, get_settings
from app.llm.breaker import Breaker
from app.llm.budgets import Budget, Prices, budget_of, counted_usage, expected_usage, usage_of_fault
from app.llm.endpoint import Endpoint, Line, ModelKind, Question
from app.llm.faults import FaultKind, ModelFault, Usage
from app.llm.ledger import Call, DatabaseLedger, Ending, Ledger
from app.llm.models import ANSWERED
from app.llm.prompts import RenderedPrompt, render_prompt
from app.llm.replies import Reply, without_fence
from app.llm.retries import pause_before_retry
from app.llm.veiling import restored, veiled
from app.privacy.veil import Veil

T = TypeVar("T", bound=BaseModel)

BUNDLED_MODEL = "SmolLM2-135M-Instruct-Q4_1"
PAUSE_SECONDS = {ModelKind.ENDPOINT: 30.0, ModelKind.BUNDLED: 5.0}  # ours is restarted within seconds
KNOCK_SECONDS = 2.0
SHORTEST_TRY_SECONDS = 0.1
TRIED_FOR = 2  # times the longest wait for one answer, pauses included
SPARE = timedelta(minutes=1)  # for a slow database, before a call that was not settled is given up for dead


class Gateway:
    """The model of this process, or the fact that there is none. Safe to use from several threads."""

    def __init__(self, endpoint: Endpoint | None, *, ledger: Ledger | None = None) -> None:
        self._endpoint = endpoint
        self._ledger = ledger or DatabaseLedger(Budget())
        self.kind = endpoint.kind if endpoint else ModelKind.MISSING
        self.model = endpoint.model if endpoint else None
        self._line = Line(endpoint) if endpoint else None
        self._breaker = Breaker(pause_seconds=PAUSE_SECONDS.get(self.kind, 0))

    @overload
    def ask(
        self,
        prompt: RenderedPrompt,
        schema: type[T],
        *,
        max_tokens: int,
        message_id: int | None,
        grammar: str | None = None,
    ) -> T: ...

    @overload
    def ask(
        self,
        prompt: RenderedPrompt,
        schema: None,
        *,
        max_tokens: int,
        message_id: int | None,
        grammar: str | None = None,
    ) -> str: ...

    def ask(
        self,
        prompt: RenderedPrompt,
        schema: type[T] | None,
        *,
        max_tokens: int,
        message_id: int | None,
        grammar: str | None = None,
    ) -> T | str:
        """The model's answer as `schema`, or its text without one. One row is recorded. Raises `ModelFault`.

        The grammar (GBNF) reaches the bundled model only: verify what it was meant to ensure. A model that is
        not ours gets placeholders where private data stands; the answer comes back with the data.
        """
        sent, veil = veiled(prompt) if self.kind is ModelKind.ENDPOINT else (prompt, Veil())
        question = Question(sent, schema, grammar, max_tokens)
        answer = self._recorded(question, schema, message_id=message_id, is_probe=False)
        return restored(answer, veil)

    def probe(self) -> Literal["answered", "missing"]:
        """Whether the model answers, seen by asking it. It costs a real call, so do not ask at every beat."""
        question = Question(render_prompt("probe"), None, None, max_tokens=16)
        try:
            self._recorded(question, None, message_id=None, is_probe=True)
        except ModelFault as fault:
            return "missing" if fault.is_absence else "answered"
        return "answered"

    def is_reachable(self) -> bool:
        """Whether something listens where the model should be. Costs no call and is not recorded."""
        if self._endpoint is None:
            return False
        address = urlsplit(self._endpoint.base_url)
        port = address.port or (443 if address.scheme == "https" else 80)
        try:
            socket.create_connection((address.hostname or "", port), timeout=KNOCK_SECONDS).close()
        except OSError:
            return False
        return True

    def has_failed(self) -> bool:
        """Whether the last calls brought no answer at all, so that the model is left alone."""
        return self._breaker.has_failed()

    def _recorded(
        self, question: Question, schema: type[T] | None, *, message_id: int | None, is_probe: bool
    ) -> T | str:
        if self._endpoint is None or self._line is None:
            raise ModelFault(FaultKind.MISSING, "No language model is configured.")
        call = _call(self._endpoint, question, message_id, is_probe=is_probe)
        row_id = self._admitted(call)
        started = monotonic()
        try:
            reply = self._tried(self._line, question, most_seconds=self._endpoint.timeout_seconds)
            usage = counted_usage(reply.usage, question.prompt, answer=reply.text)
            answer = _as_asked(reply.text, schema, usage=usage)
        except ModelFault as fault:
            self._breaker.hear(fault, is_probe=is_probe)
            usage = usage_of_fault(fault.kind, fault.usage, question.prompt)
            self._ledger.settle(row_id, Ending(fault.kind, fault.detail, usage, _milliseconds(started)))
            raise
        self._breaker.hear(None, is_probe=is_probe)
        self._ledger.settle(row_id, Ending(ANSWERED, None, usage, _milliseconds(started)))
        return answer

    def _admitted(self, call: Call) -> int | None:
        """The row of a call that may be made. Raises `ModelFault` when it may not."""
        try:
            self._breaker.require_closed(is_probe=call.is_probe)
        except ModelFault as fault:
            self._ledger.note(call, fault)
            raise
        return self._ledger.reserve(call)

    def _tried(self, line: Line, question: Question, *, most_seconds: float) -> Reply:
        """The reply, after as many tries as are sensible, within twice the time of one."""
        give_up_at = monotonic() + TRIED_FOR * most_seconds
        tries = 0
        while True:
            tries += 1
            try:
                return line.ask_once(question, seconds=min(most_seconds, give_up_at - monotonic()))
            except ModelFault as fault:
                pause = pause_before_retry(fault, tries=tries)
                if pause is None or monotonic() + pause + SHORTEST_TRY_SECONDS > give_up_at:
                    raise
                sleep(pause)


def _call(endpoint: Endpoint, question: Question, message_id: int | None, *, is_probe: bool) -> Call:
    return Call(
        model=endpoint.model,
        prompt=question.prompt.name,
        prompt_version=question.prompt.version,
        message_id=message_id,
        is_probe=is_probe,
        expected=expected_usage(question.prompt, max_tokens=question.max_tokens),
        longest=timedelta(seconds=TRIED_FOR * endpoint.timeout_seconds) + SPARE,
        called_at=utc_now(),
    )


def _as_asked(text: str, schema: type[T] | None, *, usage: Usage) -> T | str:
    if schema is None:
        return text
    try:
        return schema.model_validate_json(without_fence(text))
    except ValidationError as error:
        # Not chained: the error quotes what the model wrote, which may be the customer's words.
        if error.errors()[0]["type"] == "json_invalid":
            raise ModelFault(FaultKind.MALFORMED, "The model did not answer in JSON.", usage=usage) from None
        raise ModelFault(
            FaultKind.WRONG_SCHEMA, f"The model's JSON is no {schema.__name__}.", usage=usage
        ) from None


def _milliseconds(started: float) -> int:
    return round((monotonic() - started) * 1000)


def make_gateway(settings: Settings, *, ledger: Ledger | None = None) -> Gateway:
    """The endpoint that the settings name, else the bundled model, else none."""
    endpoint = _endpoint(settings)
    budget = budget_of(settings)
    if endpoint is not None and endpoint.kind is ModelKind.BUNDLED:
        budget = replace(budget, prices=Prices())  # it costs nothing
    return Gateway(endpoint, ledger=ledger or DatabaseLedger(budget))


def _endpoint(settings: Settings) -> Endpoint | None:
    seconds = settings.llm_timeout_seconds
    if settings.llm_base_url is not None:
        url, key = settings.llm_base_url, settings.llm_api_key
        return Endpoint(ModelKind.ENDPOINT, url, key, settings.llm_model, seconds)
    if settings.bundled_model_url is not None:
        return Endpoint(ModelKind.BUNDLED, settings.bundled_model_url, "none", BUNDLED_MODEL, seconds)
    return None


@lru_cache(maxsize=1)
def get_gateway() -> Gateway:
    """This process's gateway."""
    return make_gateway(get_settings())
