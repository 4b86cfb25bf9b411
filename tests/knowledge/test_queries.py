"""The list of entries, as its page asks for it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.knowledge.import_kb import import_kb
from app.knowledge.queries import EntryRow, current_versions, entry_list, versions_by_id
from tests.knowledge.kb_folder import QUESTIONS, entry_file

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def published(kb: Path, session: Session) -> Session:
    import_kb(session, kb, at=AT)
    session.commit()
    return session


def test_a_row_says_what_the_page_shows(published: Session) -> None:
    assert entry_list(published, limit=1) == [
        EntryRow(
            "delays/compensation",
            "Delays",
            QUESTIONS["delays/compensation"],
            1,
            "gatekeeper",
            date(2027, 5, 1),
        )
    ]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["delays/compensation", "delays/live-times", "ferries/car-fare"]),
        ("DELAY answer", ["delays/compensation", "delays/live-times"]),
        ("ferries/", ["ferries/car-fare"]),
        ("Never aloud", []),  # internal notes are not searched
        ("%", []),
        ("_", []),
        ("delay\0 \ud800", ["delays/compensation", "delays/live-times"]),  # read as "delay ?"
        ("' OR 1=1 --", []),
    ],
)
def test_searching_takes_any_text(published: Session, search: str, found: list[str]) -> None:
    assert [row.entry_id for row in entry_list(published, search)] == found


def test_pages_follow_each_other(published: Session) -> None:
    rows = entry_list(published)

    assert [*entry_list(published, limit=2), *entry_list(published, limit=2, offset=2)] == rows


def test_retired_entries_are_not_listed(published: Session, kb: Path) -> None:
    entry_file(kb, "delays/live-times").unlink()
    import_kb(published, kb, at=AT)

    assert [row.entry_id for row in entry_list(published)] == ["delays/compensation", "ferries/car-fare"]


def test_each_read_is_one_statement_whatever_the_number(published: Session, engine: Engine) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    versions = current_versions(published)
    assert len(versions) == 3
    assert len(versions_by_id(published, [versions[0].version_id])) == 1
    assert len(entry_list(published)) == 3

    assert len(statements) == 3
