"""One try at one endpoint: the question as an HTTP call, every way it can end as a reply or a named fault."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import httpx2
import openai
from pydantic import BaseModel

from app.core.clock import utc_now
from app.core.retry_after import retry_after
from app.llm.connection import Watch, bounded_client
from app.llm.faults import FaultKind, ModelFault
from app.llm.prompts import RenderedPrompt
from app.llm.replies import Reply, fault_of_status, read_reply


class ModelKind(StrEnum):
    ENDPOINT = "endpoint"  # a capable model behind an address that somebody configured
    BUNDLED = "bundled"  # the small one out of a package, on this machine
    MISSING = "missing"


@dataclass(frozen=True)
class Endpoint:
    kind: ModelKind
    base_url: str
    api_key: str = field(repr=False)
    model: str
    timeout_seconds: float  # for one whole try


@dataclass(frozen=True)
class Question:
    prompt: RenderedPrompt
    schema: type[BaseModel] | None
    grammar: str | None
    max_tokens: int


class Line:
    """The openai client of one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._client = openai.OpenAI(
            base_url=endpoint.base_url,
            api_key=endpoint.api_key,
            max_retries=0,  # the retries are ours: see retries.py
            http_client=bounded_client(endpoint.base_url, timeout_seconds=endpoint.timeout_seconds),
        )

    def ask_once(self, question: Question, *, seconds: float) -> Reply:
        """The reply to one try that lasts at most `seconds`. Raises `ModelFault`."""
        with Watch(seconds) as watch:
            try:
                return read_reply(self._send(question, seconds=seconds))
            except openai.APIStatusError as error:
                # Not chained: the client's message repeats the endpoint's, which may repeat the key.
                raise _fault_of(error) from None
            except (openai.APIConnectionError, httpx2.TransportError, OSError) as error:
                raise _fault_of_connection(error, expired=watch.expired, seconds=seconds) from error

    def _send(self, question: Question, *, seconds: float) -> bytes:
        answer = self._client.chat.completions.with_raw_response.create(
            model=self._endpoint.model,
            messages=[
                {"role": "system", "content": question.prompt.system},
                {"role": "user", "content": question.prompt.user},
            ],
            timeout=httpx2.Timeout(seconds, connect=min(5.0, seconds)),
            **_parameters(self._endpoint.kind, question),
        )
        return answer.content


def _parameters(kind: ModelKind, question: Question) -> dict[str, Any]:
    """What differs between endpoints: newer hosted models refuse `max_tokens` and any temperature, and only
    our own server is known to take a grammar."""
    parameters: dict[str, Any] = {}
    if question.schema is not None:
        described = {
            "name": question.schema.__name__,
            "strict": True,
            "schema": question.schema.model_json_schema(),
        }
        parameters["response_format"] = {"type": "json_schema", "json_schema": described}
    if kind is ModelKind.ENDPOINT:
        return {**parameters, "max_completion_tokens": question.max_tokens}
    if question.grammar is not None:
        parameters["extra_body"] = {"grammar": question.grammar}
    return {**parameters, "max_tokens": question.max_tokens, "temperature": 0, "seed": 1}


def _fault_of(error: openai.APIStatusError) -> ModelFault:
    pause = retry_after(error.response.headers.get("retry-after"), at=utc_now())
    return fault_of_status(error.status_code, error.response.content, retry_after_seconds=pause)


def _fault_of_connection(error: Exception, *, expired: bool, seconds: float) -> ModelFault:
    cause = error.__cause__ or error
    if expired or isinstance(error, openai.APITimeoutError) or isinstance(cause, httpx2.TimeoutException):
        return ModelFault(FaultKind.TIMED_OUT, f"No whole answer came within {seconds:g} seconds.")
    if isinstance(cause, httpx2.ConnectError):
        return ModelFault(FaultKind.UNREACHABLE, "The endpoint does not take connections.")
    return ModelFault(FaultKind.BROKEN_OFF, "The connection ended before the answer did.")
