"""One switch stops all sending: read again right before every call."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.chain import record
from app.core.changes import announce
from app.core.errors import InvalidInput
from app.core.jobs import enqueue
from app.delivery.models import Delivery, DeliveryStatus, SendingSwitch
from app.drafting.models import Draft, DraftStatus, Revision
from app.staff.models import Person
from app.staff.permissions import Action, require

OPEN = (DeliveryStatus.INTENDED, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN)


def sending_switch(session: Session) -> SendingSwitch:
    return session.get_one(SendingSwitch, 1)


def sending_is_on(session: Session) -> bool:
    """Whether posts may leave. Held until the transaction ends, so that switching off waits for
    a call that is about to start and every later one sees it."""
    statement = select(SendingSwitch.is_on).where(SendingSwitch.id == 1).with_for_update(read=True)
    return session.execute(statement).scalar_one()


def switch_sending(session: Session, *, on: bool, reason: str, by: Person, at: datetime) -> SendingSwitch:
    """Stop or resume all posting. On resuming, everything approved is queued again."""
    require(by, Action.SWITCH)
    if not reason.strip():
        raise InvalidInput("Say why, so that everybody who sees the banner understands.")
    statement = select(SendingSwitch).where(SendingSwitch.id == 1).with_for_update()
    switch = session.scalars(statement.execution_options(populate_existing=True)).one()
    switch.is_on, switch.reason, switch.changed_by_id, switch.changed_at = on, reason, by.id, at
    action = "sending.resumed" if on else "sending.stopped"
    record(session, actor=by.handle, action=action, subject="sending", detail={"reason": reason})
    announce(session, "sending")
    if on:
        for revision_id in waiting_revisions(session):
            enqueue(session, "post_reply", revision_id=revision_id)
    return switch


def waiting_revisions(session: Session) -> list[int]:
    """Latest revisions of approved drafts whose posting has not begun, and those begun but not settled."""
    latest = (
        select(Revision.id)
        .where(Revision.draft_id == Draft.id)
        .order_by(Revision.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    approved = select(latest).where(Draft.status == DraftStatus.APPROVED, Draft.posting_since.is_(None))
    unsettled = select(Delivery.revision_id).where(
        Delivery.status.in_(OPEN),
        (Delivery.next_look_at.is_not(None)) | (Delivery.status != DeliveryStatus.UNKNOWN),
    )
    return sorted({*session.scalars(approved), *session.scalars(unsettled)})
