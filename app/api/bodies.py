"""What programs may send: every field strict, bounded, and nothing unknown."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.checks.switch_ground import SwitchGround
from app.conversations.intake import Incoming
from app.conversations.models import Network, Visibility
from app.http.body import Readable, Storable
from app.retrieval.models import Verdict
from app.review.drafts import Keep
from app.staff.models import Role

LARGEST_ID = 2**63 - 1  # of a bigint

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Text = Annotated[Storable, Field(min_length=1, max_length=25_000)]
CustomersText = Annotated[Readable, Field(min_length=1, max_length=25_000)]
Reason = Annotated[Storable, Field(min_length=1, max_length=2_000)]
ExternalId = Annotated[Storable, Field(min_length=1, max_length=500)]
Author = Annotated[Storable, Field(min_length=1, max_length=300)]
AccountName = Annotated[Storable, Field(min_length=1, max_length=100)]
EntryId = Annotated[Storable, Field(min_length=1, max_length=200)]
Fingerprint = Annotated[Storable, Field(min_length=1, max_length=100)]


def _iso_moment(given: Any) -> datetime:
    if not isinstance(given, str):
        raise ValueError("must be a time such as 2026-05-04T09:30:00Z")
    try:
        moment = datetime.fromisoformat(given)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a time such as 2026-05-04T09:30:00Z") from None


Moment = Annotated[datetime, BeforeValidator(_iso_moment)]


class Body(BaseModel):
    """Numbers never become text, and what is unknown is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class NewMessage(Body):
    """A customer's message as a network hands it in."""

    channel: Annotated[Network, Field(strict=False)]
    account: AccountName
    external_id: ExternalId
    author: Author
    text: CustomersText
    sent_at: Moment | None = Field(
        None, description="ISO 8601; without a zone it is UTC; left out it is the present moment."
    )
    in_reply_to: ExternalId | None = None
    visibility: Annotated[Visibility, Field(strict=False)] = Visibility.PUBLIC
    mentions_us: bool = True

    def incoming(self, *, at: datetime) -> Incoming:
        """As the domain takes it; without a time of its own it was sent just now."""
        return Incoming(
            network=self.channel,
            account=self.account,
            external_id=self.external_id,
            author=self.author,
            text=self.text,
            sent_at=self.sent_at or at,
            visibility=self.visibility,
            in_reply_to=self.in_reply_to,
            mentions_us=self.mentions_us,
        )


Ground = Annotated[SwitchGround, Field(strict=False)]


class Edit(Body):
    text: Text
    based_on: Fingerprint = Field(description="Fingerprint of the revision that was read.")
    switch_ground: Ground | None = Field(
        None,
        description="Why the customer is moved to another channel. Left out, it stays; null takes it away.",
    )

    @property
    def ground(self) -> SwitchGround | Keep | None:
        return self.switch_ground if "switch_ground" in self.model_fields_set else Keep.GROUND


class NewSignOff(Body):
    role: Annotated[Role, Field(strict=False)]
    fingerprint: Fingerprint = Field(description="Fingerprint of the revision that was read.")


class Refusal(Body):
    reason: Reason


class OwnWords(Body):
    text: Text


class OwnAnswer(OwnWords):
    switch_ground: Ground | None = Field(
        None, description="Why the customer is moved to another channel, where the words do that."
    )


class NewJudgement(Body):
    verdict: Annotated[Verdict, Field(strict=False)]
    entry_id: EntryId | None = Field(None, description="Of the entry that answers; with `corrected` only.")
    based_on: Fingerprint | None = Field(
        None, description="Fingerprint of the draft that was read; left out where the message has none."
    )


class Resolution(Body):
    """What somebody saw when they looked at the network."""

    arrived: bool
    external_id: ExternalId | None = None


class Switching(Body):
    on: bool
    reason: Reason


class Empty(Body):
    """Nothing; an empty object is accepted."""
