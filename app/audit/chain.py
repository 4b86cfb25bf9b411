"""The only door to the record: `record` notes a decision, the commit chains and stores it.

Rows are chained in the last moment before the commit, under one lock, so that their order is the
order of the commits and no other lock is waited for while it is held.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import event, insert, select, text
from sqlalchemy.orm import Session

from app.audit.models import AuditRecord
from app.core.clock import utc_now

CHAIN_LOCK = 5_061_742
FIRST = "0" * 64  # what the first row calls its previous hash
MACHINE = "sayso"
_PENDING = "audit_pending"


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold, and why."""

    number: int
    reason: str


def record(session: Session, *, actor: str | None, action: str, subject: str, detail: dict[str, Any]) -> None:
    """Note a decision; it is stored with this transaction or not at all."""
    if not session.in_transaction():
        session.begin()  # so that a rollback forgets the note
    pending = session.info.setdefault(_PENDING, [])
    pending.append({"actor": actor or MACHINE, "action": action, "subject": subject, "detail": detail})


@event.listens_for(Session, "before_commit")
def _store(session: Session) -> None:
    pending = session.info.pop(_PENDING, None)
    if not pending:
        return
    session.flush()
    session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    last = session.execute(
        select(AuditRecord.number, AuditRecord.hash).order_by(AuditRecord.number.desc()).limit(1)
    ).first()
    latest, previous = (last.number, last.hash) if last else (0, FIRST)
    rows, at = [], utc_now()
    for number, noted in enumerate(pending, start=latest + 1):
        row = {"number": number, "at": at, **noted, "previous_hash": previous}
        previous = row["hash"] = row_hash(**row)
        rows.append(row)
    session.execute(insert(AuditRecord), rows)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_PENDING, None)


def row_hash(
    *,
    number: int,
    at: datetime,
    actor: str,
    action: str,
    subject: str,
    detail: dict[str, Any],
    previous_hash: str,
) -> str:
    """sha256 in hex over the canonical JSON of the row and the hash before it."""
    content = [number, at.isoformat(), actor, action, subject, detail, previous_hash]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def verify(session: Session) -> tuple[int, Break | None]:
    """Rows checked, and the first break if there is one. Reads the whole record once, in order."""
    checked = 0
    for number, reason in _breaks(_rows(session)):
        if reason:
            return checked, Break(number, reason)
        checked = number
    return checked, None


def _rows(session: Session) -> Iterator[AuditRecord]:
    statement = select(AuditRecord).order_by(AuditRecord.number).execution_options(yield_per=5000)
    yield from session.scalars(statement)


def _breaks(rows: Iterable[AuditRecord]) -> Iterator[tuple[int, str | None]]:
    expected, previous = 1, FIRST
    for row in rows:
        if row.number != expected:
            yield expected, f"row {expected} is missing"
        elif row.previous_hash != previous:
            yield row.number, "it does not follow from the row before it"
        elif row.hash != _hash_of(row):
            yield row.number, "its content was changed"
        else:
            yield row.number, None
        expected, previous = row.number + 1, row.hash


def _hash_of(row: AuditRecord) -> str:
    return row_hash(
        number=row.number,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        detail=row.detail,
        previous_hash=row.previous_hash,
    )
