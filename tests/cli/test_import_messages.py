"""`sayso import messages`: usable lines are stored once, the others are named with their reason."""

import json
from pathlib import Path

from rich.console import Console
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cli import demo
from app.cli.import_messages import import_messages
from app.conversations.models import Message
from app.core.clock import utc_now
from app.core.database import transaction

GOOD = {"channel": "x", "account": "care", "external_id": "1", "author": "@a", "text": "Where is my train?"}


def run(tmp_path: Path, *lines: bytes) -> tuple[int, str]:
    with transaction() as session:
        demo.seed(session, at=utc_now())
    file = tmp_path / "messages.jsonl"
    file.write_bytes(b"\n".join(lines))
    console = Console(record=True, width=200)
    return import_messages(console, file), console.export_text()


def line(**changes: object) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def test_usable_lines_are_stored_and_a_repeat_is_known(session: Session, tmp_path: Path) -> None:
    status, told = run(tmp_path, line(), line(external_id="2"), b"", line())

    assert status == 0
    assert "2 imported, 1 already known, 0 refused" in told
    assert session.scalar(select(func.count()).select_from(Message)) == 2


def test_refused_lines_are_named_and_the_others_still_arrive(session: Session, tmp_path: Path) -> None:
    status, told = run(
        tmp_path,
        b"{broken",
        line(external_id="2"),
        line(account="nobody", external_id="3"),
        line(text=7, external_id="4"),
        b"[" * 5000,
        b"\xff\xfe",
    )

    assert status == 1
    assert "1 imported, 0 already known, 5 refused" in told
    assert "line 1: line: Invalid JSON" in told
    assert "line 3: There is no account 'nobody' on x" in told
    assert "line 4: text:" in told
    assert session.scalar(select(func.count()).select_from(Message)) == 1
