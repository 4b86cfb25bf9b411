"""The number that grows whenever something else is to be matched, and the word of it to every process."""

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.knowledge.models import KnowledgeRevision

CHANNEL = "sayso_knowledge"  # of NOTIFY; its payload is the new knowledge number


def lock_revision(session: Session) -> KnowledgeRevision:
    """The counter's row, held until the commit: who changes knowledge does so one after the other."""
    session.execute(insert(KnowledgeRevision).values(id=1, number=0).on_conflict_do_nothing())
    return session.scalars(
        select(KnowledgeRevision)
        .where(KnowledgeRevision.id == 1)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def count_up(session: Session, revision: KnowledgeRevision) -> None:
    """Make every process refresh its index, once the caller commits."""
    revision.number += 1
    session.flush()
    session.execute(select(func.pg_notify(CHANNEL, str(revision.number))))
