"""The posting of one approved revision, and the switch that stops all posting."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, HasId
from app.core.errors import IllegalTransition
from app.drafting.models import Origin


class DeliveryStatus(StrEnum):
    INTENDED = "intended"  # committed before anything leaves; nothing was sent yet
    SENDING = "sending"  # the call may have left
    SENT = "sent"  # the network has it, seen
    UNKNOWN = "unknown"  # it may or may not be there; only reading back or a person resolves it
    REFUSED = "refused"  # the network said no; a person decides


ALLOWED = {
    DeliveryStatus.INTENDED: {DeliveryStatus.SENDING, DeliveryStatus.REFUSED},
    DeliveryStatus.SENDING: {
        DeliveryStatus.SENT,
        DeliveryStatus.UNKNOWN,
        DeliveryStatus.REFUSED,
        DeliveryStatus.INTENDED,
    },
    DeliveryStatus.UNKNOWN: {DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.REFUSED},
    DeliveryStatus.SENT: set(),
    DeliveryStatus.REFUSED: set(),
}


class Delivery(HasId, Base):
    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("revision_id"),
        ForeignKeyConstraint(["draft_id", "origin"], ["drafts.id", "drafts.origin"]),
        CheckConstraint("origin = 'live'", name="only_live_drafts"),
        CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sent_has_a_time"),
        Index(
            "uq_deliveries_unfinished_or_sent_per_draft",
            "draft_id",
            unique=True,
            postgresql_where=text("status <> 'refused'"),
        ),
        Index(
            "ix_deliveries_open", "id", postgresql_where=text("status IN ('intended', 'sending', 'unknown')")
        ),
    )

    draft_id: Mapped[int]
    origin: Mapped[Origin] = mapped_column(default=Origin.LIVE)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    fingerprint: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)  # idempotency key, the same for every try
    payload: Mapped[dict[str, Any]]  # the exact words and target
    status: Mapped[DeliveryStatus] = mapped_column(default=DeliveryStatus.INTENDED)
    external_id: Mapped[str | None]
    detail: Mapped[str | None]  # what the network said, or what we wait for
    tries: Mapped[int] = mapped_column(default=0)  # calls made
    looks: Mapped[int] = mapped_column(default=0)  # times it was searched for and not seen
    is_uncertain: Mapped[bool] = mapped_column(
        default=False
    )  # some call may have arrived, whatever later ones say
    intended_at: Mapped[datetime]
    called_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    next_look_at: Mapped[datetime | None]  # when delivery looks again by itself; None: a person decides
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    def move_to(self, new: DeliveryStatus) -> None:
        if new not in ALLOWED[self.status]:
            raise IllegalTransition(self.status, new)
        self.status = new


class SendingSwitch(Base):
    """One row; off stops every post at once."""

    __tablename__ = "sending_switch"

    id: Mapped[int] = mapped_column(primary_key=True)  # always 1
    is_on: Mapped[bool]
    reason: Mapped[str | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]
