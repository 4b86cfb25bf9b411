"""Importing publishes versions; what was published once is never edited."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.knowledge.import_kb import ImportReport, import_kb
from app.knowledge.models import Entry, EntryVersion, Topic
from app.knowledge.queries import current_versions, knowledge_number, versions_by_id
from app.knowledge.revision import CHANNEL
from tests.knowledge.kb_folder import QUESTIONS, edit, entry_file, entry_text

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 12, tzinfo=UTC)
ENTRY = "delays/compensation"


def test_a_first_import_publishes_everything(kb: Path, session: Session) -> None:
    report = import_kb(session, kb, at=AT)
    session.commit()

    assert report == ImportReport(added=3, changed=0, unchanged=0, retired=0)
    assert knowledge_number(session) == 1
    published = current_versions(session)
    assert [version.entry_id for version in published] == sorted(QUESTIONS)
    question = QUESTIONS[ENTRY]
    assert dataclasses.astuple(published[0])[2:] == (
        1,
        "delays",
        question,
        (f"{question} an example", f"{question} another: example"),
        f"The approved answer to {question}",
        f"Short answer to {question}",
        f"Long answer to {question}",
        "en",
    )


def test_the_same_files_again_change_nothing(kb: Path, session: Session) -> None:
    import_kb(session, kb, at=AT)
    session.commit()
    before = current_versions(session)

    report = import_kb(session, kb, at=LATER)
    session.commit()

    assert report == ImportReport(added=0, changed=0, unchanged=3, retired=0)
    assert current_versions(session) == before
    assert knowledge_number(session) == 1


def test_a_changed_entry_gets_a_new_version_and_keeps_the_old_one(kb: Path, session: Session) -> None:
    import_kb(session, kb, at=AT)
    session.commit()
    old = current_versions(session)[0]
    edit(kb, ENTRY, "The approved answer", "The better answer")

    report = import_kb(session, kb, at=LATER)
    session.commit()

    assert report == ImportReport(added=0, changed=1, unchanged=2, retired=0)
    new = current_versions(session)[0]
    assert (new.number, new.answer) == (2, f"The better answer to {QUESTIONS[ENTRY]}")
    assert versions_by_id(session, [old.version_id, new.version_id]) == [old, new]
    assert knowledge_number(session) == 2


def test_an_entry_without_a_file_is_retired_and_comes_back_as_it_was(kb: Path, session: Session) -> None:
    import_kb(session, kb, at=AT)
    session.commit()
    before = current_versions(session)
    entry_file(kb, ENTRY).unlink()

    assert import_kb(session, kb, at=LATER) == ImportReport(added=0, changed=0, unchanged=2, retired=1)
    session.commit()
    assert current_versions(session) == before[1:]
    assert session.scalar(select(Entry.retired_at).where(Entry.id == ENTRY)) == LATER
    assert versions_by_id(session, [before[0].version_id]) == before[:1]

    entry_file(kb, ENTRY).write_text(entry_text(ENTRY))
    assert import_kb(session, kb, at=LATER) == ImportReport(added=1, changed=0, unchanged=2, retired=0)
    session.commit()
    assert current_versions(session) == before
    assert knowledge_number(session) == 3


def test_an_entry_that_comes_back_changed_gets_a_new_version(kb: Path, session: Session) -> None:
    import_kb(session, kb, at=AT)
    entry_file(kb, ENTRY).unlink()
    import_kb(session, kb, at=AT)
    entry_file(kb, ENTRY).write_text(entry_text(ENTRY))
    edit(kb, ENTRY, "The approved answer", "The better answer")

    report = import_kb(session, kb, at=LATER)
    session.commit()

    assert report == ImportReport(added=1, changed=0, unchanged=2, retired=0)
    assert current_versions(session)[0].number == 2


def test_a_topic_that_changed_hands_is_published_without_new_versions(kb: Path, session: Session) -> None:
    import_kb(session, kb, at=AT)
    session.commit()
    (kb / "faq/delays/_topic.yaml").write_text("name: Delays\ngatekeeper: lead\ndeputy: gatekeeper\n")

    report = import_kb(session, kb, at=LATER)
    session.commit()

    assert report == ImportReport(added=0, changed=0, unchanged=3, retired=0)
    assert session.scalar(select(Topic.gatekeeper).where(Topic.slug == "delays")) == "lead"
    assert knowledge_number(session) == 2


def test_an_import_that_is_not_committed_leaves_nothing(kb: Path, session: Session) -> None:
    import_kb(session, kb, at=AT)
    session.rollback()

    assert current_versions(session) == []
    assert knowledge_number(session) == 0
    assert session.scalar(select(func.count()).select_from(EntryVersion)) == 0


def test_other_processes_are_told_once_and_only_of_changes(
    kb: Path, session: Session, engine: Engine
) -> None:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")  # type: ignore[call-overload,unused-ignore]
        import_kb(session, kb, at=AT)
        session.commit()
        import_kb(session, kb, at=LATER)
        session.commit()

        assert [told.payload for told in listener.notifies(timeout=1, stop_after=2)] == ["1"]


def test_internal_notes_are_kept_and_never_read_for_drafts(kb: Path, session: Session) -> None:
    import_kb(session, kb, at=AT)
    session.commit()

    stored = session.scalars(select(EntryVersion.internal_notes)).all()
    assert sorted(stored) == sorted(f"Never say aloud: {question}" for question in QUESTIONS.values())
    assert all("Never say aloud" not in repr(version) for version in current_versions(session))
