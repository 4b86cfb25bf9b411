"""Proving the record of decisions: how fast its chain is checked from the first row on."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from app.audit.chain import FIRST, row_hash, verify
from app.audit.models import AuditRecord
from app.core.clock import utc_now
from app.core.database import transaction


@dataclass(frozen=True)
class Verified:
    rows: int
    per_second: float
    read_per_second: float  # the floor: the same rows only read


def measure_record(rows: int) -> Verified:
    """Fill an empty record with rows as drafts make them, and check it."""
    with transaction() as session:
        if session.scalar(select(func.count()).select_from(AuditRecord)):
            raise RuntimeError("the record is not empty")
        session.execute(insert(AuditRecord), list(_rows(rows)))
    with transaction() as session:
        began = time.perf_counter()
        statement = select(AuditRecord.__table__).order_by(AuditRecord.number)
        for _ in session.execute(statement.execution_options(yield_per=5000)):
            pass
        read = time.perf_counter() - began
    with transaction() as session:
        began = time.perf_counter()
        checked, broken = verify(session)
        proved = time.perf_counter() - began
    if broken is not None or checked != rows:
        raise RuntimeError(f"{checked} of {rows} rows were checked, and then: {broken}")
    return Verified(rows, rows / proved, rows / read)


def _rows(how_many: int) -> Iterator[dict[str, Any]]:
    previous, at = FIRST, utc_now()
    for number in range(1, how_many + 1):
        words = f"Bikes travel on every boat for 4 pounds each way; this is reply {number}. " * 3
        detail = {"revision": 1, "fingerprint": f"{number:064x}", "text": words, "strategy": "write"}
        content: dict[str, Any] = {
            "number": number,
            "at": at,
            "actor": "sayso",
            "action": "draft.proposed",
            "subject": f"draft:{number}",
            "detail": detail,
            "previous_hash": previous,
        }
        previous = row_hash(**content)
        yield {**content, "hash": previous}
