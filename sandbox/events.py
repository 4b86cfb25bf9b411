"""What the ledger can hold: one class per kind of line."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from sandbox.settings import Mode, Settings


class Channel(StrEnum):
    X = "x"
    FACEBOOK = "facebook"
    EMAIL = "email"


class Visibility(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"


class Line(BaseModel):
    """One line. `seq` counts from 1 without gaps and is given by the ledger."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seq: int = 0
    at: AwareDatetime


class CustomerPosted(Line):
    event: Literal["customer_post"] = "customer_post"
    id: str
    channel: Channel
    account: str
    author: str
    text: str
    visibility: Visibility
    in_reply_to: str | None
    mentions_us: bool
    sent_at: AwareDatetime


class PostAccepted(Line):
    event: Literal["accepted_post"] = "accepted_post"
    id: str
    channel: Channel
    account: str
    in_reply_to: str | None
    text: str
    visibility: Visibility
    recipient: str | None
    key: str | None
    mode: Mode | None  # the misbehaviour this request met, if any; likewise below


class PostEdited(Line):
    event: Literal["edited_post"] = "edited_post"
    id: str
    text: str
    key: str | None
    mode: Mode | None


class PostDeleted(Line):
    event: Literal["deleted_post"] = "deleted_post"
    id: str
    key: str | None
    mode: Mode | None


class RequestRepeated(Line):
    """A write whose idempotency key was known: nothing changed."""

    event: Literal["repeated_request"] = "repeated_request"
    id: str
    key: str
    mode: Mode | None


class RequestRefused(Line):
    """A write that stored nothing. `status` is None where the connection was reset instead."""

    event: Literal["refused_request"] = "refused_request"
    method: str
    path: str
    status: int | None
    reason: str
    mode: Mode | None


class DeliveryEnded(Line):
    """Sayso took a customer's message (2xx), or refused it for good (4xx)."""

    event: Literal["delivery"] = "delivery"
    id: str
    status: int
    attempts: int
    refusal: str | None


class SettingsChanged(Line):
    event: Literal["settings_change"] = "settings_change"
    settings: Settings


class TornLineSetAside(Line):
    """The last line was cut off by a crash; its bytes are kept in ledger.torn."""

    event: Literal["torn_line"] = "torn_line"
    size_bytes: int


Event = (
    CustomerPosted
    | PostAccepted
    | PostEdited
    | PostDeleted
    | RequestRepeated
    | RequestRefused
    | DeliveryEnded
    | SettingsChanged
    | TornLineSetAside
)

EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])
