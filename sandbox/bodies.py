"""Reading what strangers send: strict, bounded, never a crash."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from sandbox.events import Channel, Visibility
from sandbox.problems import Problem, problem_from

LARGEST_BODY_BYTES = 1_000_000
# What is larger is read and thrown away up to here, so that the sender gets as far as the answer.
LARGEST_DRAINED_BYTES = 50_000_000
LONGEST_KEY = 255

B = TypeVar("B", bound=BaseModel)


def without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not hold a NUL character")
    return text


def not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return without_nul(text)


def in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("must lie between the years 1 and 9999") from None


Name = Annotated[str, Field(max_length=200), AfterValidator(not_blank)]
Words = Annotated[str, Field(max_length=200_000), AfterValidator(not_blank)]
Moment = Annotated[AwareDatetime, AfterValidator(in_utc)]


class Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NewPost(Body):
    """What the brand posts. `in_reply_to` may name a post this network never saw."""

    channel: Channel
    account: Name
    in_reply_to: Name | None = None
    text: Words
    visibility: Visibility = Visibility.PUBLIC
    recipient: Name | None = None


class Edit(Body):
    text: Words


class NewCustomerPost(Body):
    """What a customer writes. A given `id` makes the request safe to repeat."""

    channel: Channel
    author: Name
    text: Words
    visibility: Visibility = Visibility.PUBLIC
    in_reply_to: Name | None = None
    account: Name = "care"
    id: Name | None = None
    mentions_us: bool = True
    sent_at: Moment | None = None


async def read_json(request: Request, kind: type[B]) -> B:
    try:
        return kind.model_validate_json(await read_body(request), strict=True)
    except ValidationError as error:
        raise problem_from(error) from error


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an urlencoded form; empty ones are left out, as if not filled in."""
    try:
        pairs = parse_qsl((await read_body(request)).decode(), errors="strict", max_num_fields=40)
    except (UnicodeDecodeError, ValueError) as error:
        raise Problem(HTTPStatus.BAD_REQUEST, "The form cannot be read: it must be UTF-8") from error
    # Browsers send line ends as CR LF whatever was typed.
    return {name: field.replace("\r\n", "\n") for name, field in pairs}


async def read_body(request: Request) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_DRAINED_BYTES:
            break
        if size <= LARGEST_BODY_BYTES:
            chunks.append(chunk)
    if size > LARGEST_BODY_BYTES:
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is larger than 1,000,000 bytes")
    return b"".join(chunks)


def idempotency_key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        raise Problem(HTTPStatus.BAD_REQUEST, "Idempotency-Key must be 1 to 255 printable characters")
    return key
