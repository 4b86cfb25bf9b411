"""What an endpoint answered, read with distrust."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from app.llm.faults import FaultKind, ModelFault, Usage

MOST_TOKENS = 10_000_000  # what an endpoint may claim to have counted for one call; beyond, it did not count

# How endpoints say that a filter stopped the answer, or that it ran out of tokens.
FILTERED_BY = frozenset({"content_filter", "safety", "prohibited_content", "blocklist", "recitation", "spii"})
CUT_OFF_BY = frozenset({"length", "max_tokens"})
FILTER_CODES = frozenset({"content_filter", "content_policy_violation", "responsibleaipolicyviolation"})
TOO_LONG_CODES = frozenset({"context_length_exceeded", "string_above_max_length"})

FENCED = re.compile(r"```[\w-]*[ \t]*\r?\n(?P<inside>.*)\n?[ \t]*```", re.DOTALL)


@dataclass(frozen=True)
class Reply:
    text: str
    usage: Usage


def _tokens(counted: Any) -> int | None:
    """A number of tokens, or None for what cannot be one: a good answer is not lost for a bad count."""
    is_number = isinstance(counted, int) and not isinstance(counted, bool)
    return counted if is_number and 0 <= counted <= MOST_TOKENS else None


Tokens = Annotated[int | None, BeforeValidator(_tokens)]


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: Tokens = None
    completion_tokens: Tokens = None


class _Completion(BaseModel):
    """The part of a chat completion that is used; servers differ in the rest."""

    choices: list[_Choice] = Field(min_length=1)
    usage: Annotated[
        _Usage, BeforeValidator(lambda counted: counted if isinstance(counted, dict) else {})
    ] = _Usage()


class _Code(BaseModel):
    code: str | int | None = None


class _ErrorBody(_Code):
    type: str | None = None
    innererror: _Code | None = None


class _Error(BaseModel):
    error: _ErrorBody


def read_reply(body: bytes) -> Reply:
    """The answer's text. Raises `ModelFault` when there is none to use."""
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError:
        # Not chained: the error quotes the body, which may hold the customer's words.
        raise ModelFault(
            FaultKind.NO_COMPLETION, "The endpoint did not answer with a chat completion."
        ) from None
    usage = Usage(completion.usage.prompt_tokens, completion.usage.completion_tokens)
    choice = completion.choices[0]
    _refuse_unfinished(choice, usage)
    text = (choice.message.content or "").strip()
    if not text:
        raise ModelFault(FaultKind.EMPTY, "The model answered with nothing.", usage=usage)
    return Reply(text, usage)


def without_fence(text: str) -> str:
    """What stands inside a code fence, where the whole text is one: some models wrap the JSON asked for."""
    fenced = FENCED.fullmatch(text)
    return fenced["inside"].strip() if fenced else text


def _refuse_unfinished(choice: _Choice, usage: Usage) -> None:
    finished_by = (choice.finish_reason or "").lower()
    if choice.message.refusal:
        raise ModelFault(FaultKind.REFUSED, "The model declined to answer.", usage=usage)
    if finished_by in FILTERED_BY:
        raise ModelFault(FaultKind.FILTERED, "The endpoint's content filter stopped the answer.", usage=usage)
    if finished_by in CUT_OFF_BY:
        raise ModelFault(FaultKind.CUT_OFF, "The answer did not end within its limit of tokens.", usage=usage)


def fault_of_status(status: int, body: bytes, *, retry_after_seconds: float | None) -> ModelFault:
    """The fault behind an HTTP status. The endpoint's own words stay out: some repeat the key."""
    if status == 429:
        detail = "The endpoint asks for fewer calls (429)."
        return ModelFault(FaultKind.RATE_LIMITED, detail, retry_after_seconds=retry_after_seconds)
    if status >= 500:
        detail = f"The endpoint failed ({status})."
        return ModelFault(FaultKind.FAILED, detail, retry_after_seconds=retry_after_seconds)
    codes = _error_codes(body)
    if codes & FILTER_CODES:
        return ModelFault(FaultKind.FILTERED, "The endpoint's content filter stopped the question.")
    if status == 413 or codes & TOO_LONG_CODES:
        return ModelFault(FaultKind.TOO_LONG, "The endpoint finds this question too long.")
    return ModelFault(FaultKind.REJECTED, f"The endpoint does not accept the call ({status}).")


def _error_codes(body: bytes) -> set[str]:
    try:
        error = _Error.model_validate_json(body).error
    except ValidationError:
        return set()  # errors have no common form; without a code the status alone decides
    inner = error.innererror.code if error.innererror else None
    return {str(code).lower() for code in (error.code, error.type, inner) if code is not None}
