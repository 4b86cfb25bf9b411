"""The process's index follows what is published, and encodes nothing twice."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.core.settings import get_settings
from app.embeddings.encoder import get_encoder
from app.knowledge.import_kb import import_kb
from app.retrieval.live_index import Faq, LiveIndex
from app.retrieval.matching import Matches, current_index, find_matches
from tests.knowledge.kb_folder import edit, entry_file, write_kb

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return write_kb(tmp_path / "kb")


def publish(session: Session, kb: Path) -> None:
    import_kb(session, kb, at=AT)
    session.commit()


def kept_vectors() -> dict[bytes, bytes]:
    """The kept vectors by the hash of their text."""
    with closing(sqlite3.connect(vector_file())) as connection:
        return dict(connection.execute("SELECT key, vector FROM vectors"))


def vector_file() -> Path:
    return get_settings().home / "vectors" / f"{get_encoder().model_id}.sqlite3"


def matches(faq: Faq, text: str) -> Matches:
    return find_matches(faq.index, faq.encoder, text)


def test_nothing_published_is_an_empty_index(session: Session) -> None:
    assert current_index(session).published == {}


def test_the_index_stays_until_something_is_published(session: Session, kb: Path) -> None:
    publish(session, kb)
    index = current_index(session)
    publish(session, kb)

    assert current_index(session) is index
    assert len(index.published) == 3


def test_an_edited_entry_is_found_at_once_and_alone_encoded(session: Session, kb: Path) -> None:
    publish(session, kb)
    current_index(session)
    before = kept_vectors()
    edit(kb, "delays/live-times", "examples:", "examples:\n  - is the five o'clock boat running late")
    publish(session, kb)

    found = matches(current_index(session), "is the 5 o'clock boat late?").found

    assert found[0].phrasing == "is the five o'clock boat running late"
    after = kept_vectors()
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()


def test_a_retired_entry_is_not_found(session: Session, kb: Path) -> None:
    publish(session, kb)
    current_index(session)
    entry_file(kb, "ferries/car-fare").unlink()
    publish(session, kb)

    faq = current_index(session)

    kept = ["delays/compensation", "delays/live-times"]
    assert [version.entry_id for version in faq.published.values()] == kept
    assert [entry.key for entry in faq.index.entries] == kept


def test_a_restart_reads_the_kept_vectors_and_mends_a_broken_file(session: Session, kb: Path) -> None:
    publish(session, kb)
    found = matches(LiveIndex().current(session), "what do I get for delays?")
    before = kept_vectors()
    vector_file().write_bytes(vector_file().read_bytes()[:200])

    again = matches(LiveIndex().current(session), "what do I get for delays?")

    assert again == found
    assert kept_vectors() == before


def test_threads_share_one_index(session: Session, engine: Engine, kb: Path) -> None:
    publish(session, kb)
    live = LiveIndex()

    def ask(number: int) -> Faq:
        with Session(engine) as own:
            return live.current(own)

    with ThreadPoolExecutor(8) as threads:
        indexes = list(threads.map(ask, range(16)))

    assert all(faq is indexes[0] for faq in indexes)


def test_another_database_has_another_index(session: Session) -> None:
    """The process-wide index of the tests before this one belongs to databases that are gone."""
    assert matches(current_index(session), "live times").found == ()
