"""What the workers say of themselves: alive, index ready, model answering. `/readyz` reads it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.core.database import Base

STALE_AFTER = timedelta(seconds=15)  # three missed beats


class Worker(Base):
    """One worker process by its stable id, and its last heartbeat."""

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    index_entries: Mapped[int] = mapped_column(default=0)
    model: Mapped[str] = mapped_column(
        default="unknown"
    )  # unknown until the first probe, then answered or missing


def beat(
    session: Session, worker_id: str, *, started_at: datetime, at: datetime, index_entries: int, model: str
) -> None:
    """Record that this worker lives."""
    values = {"started_at": started_at, "beat_at": at, "index_entries": index_entries, "model": model}
    statement = insert(Worker).values(id=worker_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def live_workers(session: Session, *, at: datetime) -> list[Worker]:
    """Workers heard of lately."""
    return list(session.scalars(select(Worker).where(Worker.beat_at > at - STALE_AFTER).order_by(Worker.id)))


def dead_workers(session: Session, *, at: datetime) -> list[str]:
    """Ids of workers that fell silent."""
    return list(
        session.scalars(select(Worker.id).where(Worker.beat_at <= at - STALE_AFTER).order_by(Worker.id))
    )


def forget(session: Session, worker_id: str, *, at: datetime) -> None:
    """Drop a silent worker that left no work behind; when it comes back it beats anew."""
    session.execute(delete(Worker).where(Worker.id == worker_id, Worker.beat_at <= at - STALE_AFTER))
