"""The only door through which a match is confirmed, corrected, denied or such a judgement taken back.

One judgement stands per message and judged words; a later one takes its place. Every change counts up
the knowledge number, so that all processes match by it from the next message on. Nothing here commits.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.chain import record
from app.conversations.intake import content_hash
from app.conversations.models import Direction, Message
from app.conversations.outcomes import lock_message
from app.core.changes import announce
from app.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.knowledge.models import Entry
from app.knowledge.revision import count_up, lock_revision
from app.retrieval.models import MatchJudgement, Verdict
from app.staff.models import Person
from app.staff.permissions import Action, require
from app.staff.standing import topics_still_learned


@dataclass(frozen=True)
class MachineSaid:
    """What the matching had put first, and whether it took that to fit."""

    entry_id: str | None = None
    score: float | None = None  # 0 to 1
    answered: bool = False


def confirm_match(
    session: Session,
    message_id: int,
    *,
    entry_id: str,
    machine: MachineSaid,
    part: str | None = None,
    by: Person,
    at: datetime,
) -> MatchJudgement:
    """The entry that was offered answers the message, or the `part` of its text that is given."""
    return _judge(session, message_id, Verdict.CONFIRMED, entry_id, machine, part=part, by=by, at=at)


def correct_match(
    session: Session,
    message_id: int,
    *,
    entry_id: str,
    machine: MachineSaid,
    part: str | None = None,
    by: Person,
    at: datetime,
) -> MatchJudgement:
    """Another entry answers the message than the one that was offered, or than none."""
    return _judge(session, message_id, Verdict.CORRECTED, entry_id, machine, part=part, by=by, at=at)


def say_none_fits(
    session: Session,
    message_id: int,
    *,
    machine: MachineSaid,
    part: str | None = None,
    by: Person,
    at: datetime,
) -> MatchJudgement:
    """No entry answers the message."""
    return _judge(session, message_id, Verdict.NONE_FITS, None, machine, part=part, by=by, at=at)


def withdraw_judgement(session: Session, judgement_id: int, *, by: Person, at: datetime) -> MatchJudgement:
    """Take a judgement back: messages are matched as if it had not been given."""
    require(by, Action.JUDGE)
    message_id = session.scalar(select(MatchJudgement.message_id).where(MatchJudgement.id == judgement_id))
    if message_id is None:
        raise NotFound(f"There is no judgement {judgement_id}.")
    message = lock_message(session, message_id)
    judgement = session.get_one(MatchJudgement, judgement_id, populate_existing=True)
    if judgement.withdrawn_at is not None:
        raise Conflict("This judgement was already taken back or replaced by a later one.")
    _must_know(session, by, judgement)
    _withdraw(session, judgement, by=by, at=at)
    _publish(session, message, judgement, "match.withdrawn", by=by)
    return judgement


def _judge(
    session: Session,
    message_id: int,
    verdict: Verdict,
    entry_id: str | None,
    machine: MachineSaid,
    *,
    part: str | None,
    by: Person,
    at: datetime,
) -> MatchJudgement:
    require(by, Action.JUDGE)
    message = _lock_inbound(session, message_id)
    text = _judged_words(message, part)
    _must_be_in_force(session, entry_id)
    judgement = MatchJudgement(
        message_id=message.id,
        text=text,
        text_hash=content_hash(text),
        verdict=verdict,
        entry_id=entry_id,
        machine_entry_id=machine.entry_id,
        machine_score=machine.score,
        machine_answered=machine.answered,
        person_id=by.id,
        judged_at=at,
    )
    _must_know(session, by, judgement)
    before = _standing_on(session, judgement)
    if before is not None:
        if (before.verdict, before.entry_id) == (verdict, entry_id):
            return before
        _withdraw(session, before, by=by, at=at)
    session.add(judgement)
    session.flush()
    _publish(session, message, judgement, f"match.{verdict}", by=by)
    return judgement


def _lock_inbound(session: Session, message_id: int) -> Message:
    known = session.scalar(
        select(Message.id).where(Message.id == message_id, Message.direction == Direction.INBOUND)
    )
    if known is None:
        raise NotFound(f"There is no message {message_id} from a customer.")
    return lock_message(session, message_id)


def _judged_words(message: Message, part: str | None) -> str:
    if message.deleted_at is not None:
        raise Conflict("The customer deleted this message. Nothing is learned from it.")
    if part is None:
        return message.text
    if not part.strip() or part not in message.text:
        raise InvalidInput(
            "The judged part must be words of the message, exactly as the customer wrote them."
        )
    return part


def _must_be_in_force(session: Session, entry_id: str | None) -> None:
    if entry_id is None:
        return
    entry = session.get(Entry, entry_id)
    if entry is None or entry.retired_at is not None:
        raise InvalidInput(f"There is no entry {entry_id} in the FAQ now. Pick another one.")


def _must_know(session: Session, by: Person, judgement: MatchJudgement) -> None:
    """Trainees do not teach: what they say would answer the next customer."""
    topics = {entry.partition("/")[0] for entry in (judgement.entry_id, judgement.machine_entry_id) if entry}
    learned = topics_still_learned(session, by, topics)
    if learned:
        raise NotAllowed(
            f"{by.name} is a trainee on {' and '.join(learned)} and may not judge its matches yet. "
            "Ask a colleague who knows the topic."
        )


def _standing_on(session: Session, judgement: MatchJudgement) -> MatchJudgement | None:
    return session.scalar(
        select(MatchJudgement).where(
            MatchJudgement.message_id == judgement.message_id,
            MatchJudgement.text_hash == judgement.text_hash,
            MatchJudgement.withdrawn_at.is_(None),
        )
    )


def _withdraw(session: Session, judgement: MatchJudgement, *, by: Person, at: datetime) -> None:
    judgement.withdrawn_at, judgement.withdrawn_by_id = at, by.id
    session.flush()


def _publish(
    session: Session, message: Message, judgement: MatchJudgement, action: str, *, by: Person
) -> None:
    """Into the record, without the customer's words, and into every process's index."""
    detail = {
        "judgement": judgement.id,
        "text_hash": judgement.text_hash,
        "verdict": judgement.verdict,
        "entry": judgement.entry_id,
        "machine_entry": judgement.machine_entry_id,
        "machine_score": judgement.machine_score,
        "machine_answered": judgement.machine_answered,
    }
    record(session, actor=by.handle, action=action, subject=f"message:{message.id}", detail=detail)
    announce(session, f"conversation:{message.conversation_id}")
    count_up(session, lock_revision(session))
