"""The promises as counts over the whole database: nobody forgotten, nothing unapproved, nothing twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.conversations.models import Direction, Message
from app.delivery.models import Delivery, DeliveryStatus
from app.drafting.models import RequiredSignOff
from app.review.forgotten import TOO_LONG, unaccounted
from app.review.models import Decision, SignOff


@dataclass(frozen=True)
class Coverage:
    inbound: int
    in_work: int  # arrived a moment ago and still being drafted
    forgotten: tuple[int, ...]  # message ids with neither draft, owner nor outcome for too long
    sent: int
    unapproved: tuple[int, ...]  # deliveries that began without every signature on that fingerprint
    doubled: tuple[str, ...]  # external ids of posts for which another post answers the same message

    @property
    def holds(self) -> bool:
        return not (self.forgotten or self.unapproved or self.doubled)

    def lines(self) -> Iterator[str]:
        drafting = f"{self.in_work} still being drafted"
        yield f"{self.inbound} messages from customers, {drafting}, {_named(self.forgotten, 'forgotten')}"
        yield f"{self.sent} replies sent, {_named(self.unapproved, 'unapproved')}"
        yield _named(self.doubled, "replies doubled")


def count(session: Session, *, at: datetime) -> Coverage:
    """Read everything once; the cost grows with the number of messages."""
    too_old = Message.received_at <= at - TOO_LONG
    in_work = select(func.count()).select_from(unaccounted().where(~too_old).subquery())
    inbound = select(func.count()).select_from(Message).where(Message.direction == Direction.INBOUND)
    sent = select(func.count()).select_from(Delivery).where(Delivery.status == DeliveryStatus.SENT)
    return Coverage(
        inbound=session.execute(inbound).scalar_one(),
        in_work=session.execute(in_work).scalar_one(),
        forgotten=tuple(session.scalars(unaccounted().where(too_old))),
        sent=session.execute(sent).scalar_one(),
        unapproved=tuple(session.scalars(_unapproved())),
        doubled=tuple(session.scalars(_doubled())),
    )


def _unapproved() -> Select[int]:
    """Deliveries that left although a required role had not signed that revision's fingerprint."""
    signed = exists().where(
        SignOff.revision_id == Delivery.revision_id,
        SignOff.role == RequiredSignOff.role,
        SignOff.fingerprint == Delivery.fingerprint,
        SignOff.decision == Decision.APPROVED,
        SignOff.signed_at <= Delivery.intended_at,
        or_(SignOff.voided_at.is_(None), SignOff.voided_at > Delivery.intended_at),
    )
    missing = exists().where(RequiredSignOff.revision_id == Delivery.revision_id, ~signed)
    nobody = ~exists().where(RequiredSignOff.revision_id == Delivery.revision_id)
    return (
        select(Delivery.id).where(Delivery.called_at.is_not(None), or_(missing, nobody)).order_by(Delivery.id)
    )


def _doubled() -> Select[str]:
    """Posts of ours that answer a message which another standing post of ours already answers."""
    earlier = aliased(Message)
    same = exists().where(
        earlier.account_id == Message.account_id,
        earlier.in_reply_to == Message.in_reply_to,
        earlier.direction == Direction.OUTBOUND,
        earlier.purpose == Message.purpose,
        earlier.deleted_at.is_(None),
        earlier.id < Message.id,
    )
    return select(Message.external_id).where(
        Message.direction == Direction.OUTBOUND,
        Message.deleted_at.is_(None),
        Message.in_reply_to.is_not(None),
        same,
    )


def _named(ids: tuple[int, ...] | tuple[str, ...], fault: str) -> str:
    shown = ", ".join(str(one) for one in ids[:10])
    return f"{len(ids)} {fault}" + (f" ({shown}{', …' if len(ids) > 10 else ''})" if ids else "")
