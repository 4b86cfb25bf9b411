"""What an endpoint answered, read with distrust."""

from dataclasses import dataclass

from pydantic import BaseModel, Field, ValidationError

from app.llm.faults import FaultKind, ModelFault, Usage


@dataclass(frozen=True)
class Reply:
    text: str
    usage: Usage


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Completion(BaseModel):
    """The part of a chat completion that is used; servers differ in the rest."""

    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


class _ErrorBody(BaseModel):
    code: str | int | None = None


class _Error(BaseModel):
    error: _ErrorBody


def read_reply(body: bytes) -> Reply:
    """The answer's text. Raises `ModelFault` when there is none to use."""
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError as error:
        raise ModelFault(
            FaultKind.MALFORMED, "The endpoint did not answer with a chat completion."
        ) from error
    counted = completion.usage or _Usage()
    usage = Usage(counted.prompt_tokens, counted.completion_tokens)
    choice = completion.choices[0]
    _refuse_unfinished(choice, usage)
    text = (choice.message.content or "").strip()
    if not text:
        raise ModelFault(FaultKind.EMPTY, "The model answered with nothing.", usage=usage)
    return Reply(text, usage)


def _refuse_unfinished(choice: _Choice, usage: Usage) -> None:
    if choice.message.refusal:
        raise ModelFault(FaultKind.REFUSED, "The model declined to answer.", usage=usage)
    if choice.finish_reason == "content_filter":
        raise ModelFault(FaultKind.FILTERED, "The endpoint's content filter stopped the answer.", usage=usage)
    if choice.finish_reason == "length":
        raise ModelFault(FaultKind.CUT_OFF, "The answer did not end within its limit of tokens.", usage=usage)


def fault_of_status(status: int, body: bytes, *, retry_after_seconds: float | None) -> ModelFault:
    """The fault behind an HTTP status. The endpoint's own words stay out: some repeat the key."""
    if status == 429:
        return ModelFault(
            FaultKind.RATE_LIMITED,
            "The endpoint asks for fewer calls (429).",
            retry_after_seconds=retry_after_seconds,
        )
    if status >= 500:
        return ModelFault(FaultKind.FAILED, f"The endpoint failed ({status}).")
    if status == 400 and _error_code(body) == "content_filter":
        return ModelFault(FaultKind.FILTERED, "The endpoint's content filter stopped the question.")
    return ModelFault(FaultKind.REJECTED, f"The endpoint does not accept the call ({status}).")


def _error_code(body: bytes) -> str | int | None:
    try:
        return _Error.model_validate_json(body).error.code
    except ValidationError:
        return None  # errors have no common form; without a code the status alone decides
