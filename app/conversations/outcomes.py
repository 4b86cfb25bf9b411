"""How an inbound message ends: exactly once, never silently."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversations.models import (
    Clock,
    ClockEvent,
    ClockEventKind,
    Conversation,
    Message,
    Outcome,
    OutcomeKind,
)
from app.core.changes import announce
from app.core.errors import Conflict, InvalidInput
from app.staff.models import Role


def lock_message(session: Session, message_id: int) -> Message:
    """The message, locked until the transaction ends; raises `NoResultFound` for an unknown id."""
    statement = select(Message).where(Message.id == message_id).with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one()


def record_outcome(
    session: Session,
    message: Message,
    kind: OutcomeKind,
    *,
    reason: str | None,
    by_id: int | None,
    at: datetime,
) -> Outcome:
    """End a message. Its clocks stop here; a second outcome is refused."""
    if session.get(Outcome, message.id) is not None:
        raise Conflict("This message already has its outcome.")
    if kind is not OutcomeKind.ANSWERED and not (reason or "").strip():
        raise InvalidInput("Say why: a message is never dropped without a reason.")
    outcome = Outcome(message_id=message.id, kind=kind, reason=reason, by_id=by_id, at=at)
    session.add(outcome)
    message.is_open = False
    _stop_clocks(session, message.id, at=at)
    announce(session, f"conversation:{message.conversation_id}")
    return outcome


def reopen(session: Session, message: Message, outcome: Outcome) -> None:
    """Take an outcome back: the customer is without an answer again."""
    session.delete(outcome)
    message.is_open = True


def give_to(session: Session, conversation_id: int, role: Role, *, reason: str) -> None:
    """Put a conversation into a team's hands, so that it has an owner even without a draft."""
    conversation = session.get_one(Conversation, conversation_id)
    conversation.owner_role = role
    conversation.owner_reason = reason
    announce(session, f"conversation:{conversation_id}")


def _stop_clocks(session: Session, message_id: int, *, at: datetime) -> None:
    started = session.scalars(
        select(ClockEvent).where(
            ClockEvent.message_id == message_id, ClockEvent.kind == ClockEventKind.STARTED
        )
    )
    for clock in {event.clock: event for event in started}.values():
        late = clock.due_at is not None and at > clock.due_at
        kind = ClockEventKind.BREACHED if late else ClockEventKind.MET
        session.add(ClockEvent(message_id=message_id, clock=Clock(clock.clock), kind=kind, at=at))
