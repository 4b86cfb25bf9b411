"""One process at a time works on one delivery; when it dies, its turn ends with its connection."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from app.core.database import get_engine

NAMESPACE = 5_061_743


@contextmanager
def turn(revision_id: int) -> Iterator[bool]:
    """True inside if the turn is ours, False if another process or thread has it."""
    key = {"namespace": NAMESPACE, "id": revision_id % 2**31}
    with get_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        ours = connection.execute(text("SELECT pg_try_advisory_lock(:namespace, :id)"), key).scalar_one()
        try:
            yield bool(ours)
        finally:
            if ours:
                connection.execute(text("SELECT pg_advisory_unlock(:namespace, :id)"), key)
