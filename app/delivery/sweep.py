"""Nothing approved waits unseen: what a lost job left behind is queued again."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.jobs import enqueue, is_waiting
from app.delivery.models import Delivery, DeliveryStatus
from app.delivery.switch import OPEN, sending_switch, waiting_revisions

LATE = timedelta(seconds=20)  # a delivery this late for its next look has lost its job


def queue_stranded(session: Session, *, at: datetime) -> list[int]:
    """Queue every revision that should be moving and is not, once the queue is empty; returns them.
    Posting twice is impossible, so a superfluous job does no harm."""
    if not sending_switch(session).is_on or is_waiting("post_reply"):
        return []
    moving = select(Delivery.revision_id).where(
        Delivery.status.in_(OPEN),
        (Delivery.next_look_at > at - LATE)
        | (Delivery.next_look_at.is_(None) & (Delivery.intended_at > at - LATE))
        | (Delivery.next_look_at.is_(None) & (Delivery.status == DeliveryStatus.UNKNOWN)),
    )
    stranded = sorted(set(waiting_revisions(session)) - set(session.scalars(moving)))
    for revision_id in stranded:
        enqueue(session, "post_reply", revision_id=revision_id)
    return stranded
