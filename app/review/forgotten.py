"""Every inbound message has a draft, an owner or an outcome. This finds those that do not."""

from datetime import datetime, timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from app.conversations.models import NO_ANSWERS, Conversation, Direction, Message, Outcome
from app.core.jobs import enqueue, is_waiting
from app.drafting.models import Draft, DraftStatus, Origin
from app.triage.models import TriageDecision

TOO_LONG = timedelta(seconds=60)  # no draft takes this long; its job was lost
BATCH = 100


def unaccounted() -> Select[int]:
    """Ids of inbound messages with neither a live or posted answer, nor an owner, nor an outcome."""
    drafted = select(Draft.id).where(
        Draft.message_id == Message.id,
        Draft.origin == Origin.LIVE,
        Draft.purpose.not_in(NO_ANSWERS),  # after a first reply the customer still waits
        Draft.status.in_((DraftStatus.PROPOSED, DraftStatus.APPROVED, DraftStatus.POSTED)),
    )
    owned = select(
        Conversation.id
    ).where(  # from the moment it was judged: an owner of earlier messages is none
        Conversation.id == Message.conversation_id,
        exists().where(TriageDecision.message_id == Message.id),
        or_(Conversation.owner_role.is_not(None), Conversation.owner_id.is_not(None)),
    )
    ended = select(Outcome.message_id).where(Outcome.message_id == Message.id)
    return (
        select(Message.id)
        .where(Message.direction == Direction.INBOUND, ~drafted.exists(), ~owned.exists(), ~ended.exists())
        .order_by(Message.id)
    )


def queue_forgotten(session: Session, *, at: datetime) -> list[int]:
    """Queue the drafting of messages whose job was lost, once the queue is empty; returns their ids."""
    if is_waiting("answer_message"):
        return []
    judged = select(TriageDecision.id).where(TriageDecision.message_id == Message.id)
    lost = unaccounted().where(
        Message.received_at.between(at - timedelta(days=7), at - TOO_LONG), ~judged.exists()
    )
    forgotten = list(session.scalars(lost.limit(BATCH)))
    for message_id in forgotten:
        enqueue(session, "answer_message", message_id=message_id)
    return forgotten
