"""Read-only: the judgements of matches that stand. They are given and taken back in judging.py."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.conversations.models import Message
from app.knowledge.models import Entry
from app.retrieval.models import MatchJudgement

# Not taken back, and its words still stand in a message that the customer has not deleted.
_COUNTS = (
    MatchJudgement.withdrawn_at.is_(None),
    Message.deleted_at.is_(None),
    func.strpos(Message.text, MatchJudgement.text) > 0,
)


@dataclass(frozen=True)
class StandingJudgement:
    """What the index learns from: these words of a customer are about this entry, or about none."""

    text: str
    entry_id: str | None  # None: no entry answers them
    machine_entry_id: str | None
    machine_score: float | None  # 0 to 1
    judged_at: datetime


def standing_judgements(session: Session) -> list[StandingJudgement]:
    """Every judgement that counts now, oldest first.

    Left out are those whose words the customer has deleted, or changed so that they no longer stand there,
    and those on entries that were retired.
    """
    rows = session.execute(
        select(
            MatchJudgement.text,
            MatchJudgement.entry_id,
            MatchJudgement.machine_entry_id,
            MatchJudgement.machine_score,
            MatchJudgement.judged_at,
        )
        .join(Message, Message.id == MatchJudgement.message_id)
        .outerjoin(Entry, Entry.id == MatchJudgement.entry_id)
        .where(
            *_COUNTS,
            Entry.retired_at.is_(None),
        )
        .order_by(MatchJudgement.id)
    )
    return [StandingJudgement(*row) for row in rows]


def judgements_of(session: Session, message_ids: Collection[int]) -> dict[int, MatchJudgement]:
    """The latest judgement that stands for each of these messages, with who gave it."""
    rows = session.scalars(
        select(MatchJudgement)
        .where(MatchJudgement.message_id.in_(message_ids), MatchJudgement.withdrawn_at.is_(None))
        .options(joinedload(MatchJudgement.person))
        .order_by(MatchJudgement.id)
    )
    return {one.message_id: one for one in rows}


def judgements_on(session: Session, entry_id: str, *, limit: int = 100) -> list[MatchJudgement]:
    """The judgements that stand for an entry, newest first, with who gave them."""
    return list(
        session.scalars(
            select(MatchJudgement)
            .join(Message, Message.id == MatchJudgement.message_id)
            .where(MatchJudgement.entry_id == entry_id, *_COUNTS)
            .options(joinedload(MatchJudgement.person))
            .order_by(MatchJudgement.id.desc())
            .limit(limit)
        )
    )
