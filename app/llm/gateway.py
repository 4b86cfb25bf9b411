"""The only way to a language model. Every call is bounded and recorded, and ends in an answer or a fault."""

import socket
from functools import lru_cache
from time import monotonic, sleep
from typing import Literal, TypeVar, overload
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from app.core.clock import utc_now
from app.core.settings import Settings, get_settings
from app.llm.breaker import Breaker
from app.llm.endpoint import Endpoint, Line, ModelKind, Question
from app.llm.faults import FaultKind, ModelFault, Usage
from app.llm.prompts import RenderedPrompt, render_prompt
from app.llm.records import ANSWERED, CallRecord, record_call
from app.llm.replies import Reply
from app.llm.retries import pause_before_retry
from app.llm.veiling import restored, veiled
from app.privacy.veil import Veil

T = TypeVar("T", bound=BaseModel)

BUNDLED_MODEL = "SmolLM2-135M-Instruct-Q4_1"
PAUSE_SECONDS = {ModelKind.ENDPOINT: 30.0, ModelKind.BUNDLED: 5.0}  # ours is restarted within seconds
KNOCK_SECONDS = 2.0
SHORTEST_TRY_SECONDS = 0.1


class Gateway:
    """The model of this process, or the fact that there is none. Safe to use from several threads."""

    def __init__(self, endpoint: Endpoint | None) -> None:
        self._endpoint = endpoint
        self.kind = endpoint.kind if endpoint else ModelKind.MISSING
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

    def _recorded(
        self, question: Question, schema: type[T] | None, *, message_id: int | None, is_probe: bool
    ) -> T | str:
        if self._endpoint is None or self._line is None:
            raise ModelFault(FaultKind.MISSING, "No language model is configured.")
        call = _Call(self._endpoint.model, question.prompt, message_id)
        try:
            if not is_probe:
                self._breaker.require_closed()
            reply = self._tried(self._line, question, most_seconds=self._endpoint.timeout_seconds)
            answer = _as_asked(reply, schema)
        except ModelFault as fault:
            call.record(fault.usage, outcome=fault.kind.value, detail=fault.detail)
            raise
        call.record(reply.usage, outcome=ANSWERED, detail=None)
        return answer

    def _tried(self, line: Line, question: Question, *, most_seconds: float) -> Reply:
        """The reply, after as many tries as are sensible, within twice the time of one."""
        give_up_at = monotonic() + 2 * most_seconds
        tries = 0
        while True:
            tries += 1
            try:
                reply = line.ask_once(question, seconds=min(most_seconds, give_up_at - monotonic()))
            except ModelFault as fault:
                pause = pause_before_retry(fault, tries=tries)
                if pause is None or monotonic() + pause + SHORTEST_TRY_SECONDS > give_up_at:
                    self._breaker.hear(fault)
                    raise
                sleep(pause)
            else:
                self._breaker.hear(None)
                return reply


class _Call:
    """One call in the making, from its start to its row."""

    def __init__(self, model: str, prompt: RenderedPrompt, message_id: int | None) -> None:
        self._model = model
        self._prompt = prompt
        self._message_id = message_id
        self._called_at = utc_now()
        self._started = monotonic()

    def record(self, usage: Usage, *, outcome: str, detail: str | None) -> None:
        record_call(
            CallRecord(
                model=self._model,
                prompt=self._prompt.name,
                prompt_version=self._prompt.version,
                message_id=self._message_id,
                usage=usage,
                latency_ms=round((monotonic() - self._started) * 1000),
                outcome=outcome,
                detail=detail,
                called_at=self._called_at,
            )
        )


def _as_asked(reply: Reply, schema: type[T] | None) -> T | str:
    if schema is None:
        return reply.text
    try:
        return schema.model_validate_json(reply.text)
    except ValidationError as error:
        if error.errors()[0]["type"] == "json_invalid":
            raise ModelFault(
                FaultKind.MALFORMED, "The model did not answer in JSON.", usage=reply.usage
            ) from None
        # Not chained: the error quotes what the model wrote, which may be the customer's words.
        raise ModelFault(
            FaultKind.WRONG_SCHEMA, f"The model's JSON is no {schema.__name__}.", usage=reply.usage
        ) from None


def make_gateway(settings: Settings) -> Gateway:
    """The endpoint that the settings name, else the bundled model, else none."""
    if settings.llm_base_url is not None:
        return Gateway(
            Endpoint(
                ModelKind.ENDPOINT,
                settings.llm_base_url,
                settings.llm_api_key,
                settings.llm_model,
                settings.llm_timeout_seconds,
            )
        )
    if settings.bundled_model_url is not None:
        return Gateway(
            Endpoint(
                ModelKind.BUNDLED,
                settings.bundled_model_url,
                "none",
                BUNDLED_MODEL,
                settings.llm_timeout_seconds,
            )
        )
    return Gateway(None)


@lru_cache(maxsize=1)
def get_gateway() -> Gateway:
    """This process's gateway."""
    return make_gateway(get_settings())
