"""The process's index follows what is published, and encodes nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.core.settings import get_settings
from app.embeddings.encoder import get_encoder
from app.knowledge.import_kb import import_kb
from app.retrieval.index import EntryIndex
from app.retrieval.live_index import LiveIndex
from app.retrieval.matching import current_index, find_matches
from tests.knowledge.kb_folder import edit, entry_file, write_kb

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return write_kb(tmp_path / "kb")


def publish(session: Session, kb: Path) -> None:
    import_kb(session, kb, at=AT)
    session.commit()


def kept_vectors() -> dict[str, int]:
    """Files of kept vectors, with the time each was written."""
    folder = get_settings().home / "vectors" / get_encoder().model_id
    return {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}


def best_phrasing(index: EntryIndex, text: str) -> str:
    return find_matches(index, get_encoder(), text).found[0].phrasing


def test_nothing_published_is_an_empty_index(session: Session) -> None:
    assert current_index(session).versions == ()


def test_the_index_stays_until_something_is_published(session: Session, kb: Path) -> None:
    publish(session, kb)
    index = current_index(session)
    publish(session, kb)

    assert current_index(session) is index
    assert len(index.versions) == 3


def test_an_edited_entry_is_found_at_once_and_alone_encoded(session: Session, kb: Path) -> None:
    publish(session, kb)
    current_index(session)
    before = kept_vectors()
    edit(kb, "delays/live-times", "examples:", "examples:\n  - is the five o'clock boat running late")
    publish(session, kb)

    index = current_index(session)

    assert best_phrasing(index, "is the 5 o'clock boat late?") == "is the five o'clock boat running late"
    after = kept_vectors()
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()


def test_a_retired_entry_is_not_found(session: Session, kb: Path) -> None:
    publish(session, kb)
    current_index(session)
    entry_file(kb, "ferries/car-fare").unlink()
    publish(session, kb)

    assert [version.entry_id for version in current_index(session).versions] == [
        "delays/compensation",
        "delays/live-times",
    ]


def test_a_restart_reads_the_kept_vectors_and_mends_broken_ones(session: Session, kb: Path) -> None:
    publish(session, kb)
    found = find_matches(LiveIndex().current(session), get_encoder(), "what do I get for delays?")
    before = kept_vectors()
    folder = get_settings().home / "vectors" / get_encoder().model_id
    broken = sorted(before)[0]
    (folder / broken).write_bytes((folder / broken).read_bytes()[:200])

    again = find_matches(LiveIndex().current(session), get_encoder(), "what do I get for delays?")

    assert again == found
    after = kept_vectors()
    assert after.pop(broken) > before.pop(broken)
    assert after == before


def test_kept_vectors_of_another_shape_are_made_again(session: Session, kb: Path) -> None:
    publish(session, kb)
    found = find_matches(LiveIndex().current(session), get_encoder(), "what do I get for delays?")
    folder = get_settings().home / "vectors" / get_encoder().model_id
    for file in folder.iterdir():
        np.save(file, np.ones((2, get_encoder().dimensions), dtype=np.float32))

    assert find_matches(LiveIndex().current(session), get_encoder(), "what do I get for delays?") == found


def test_threads_share_one_index(session: Session, engine: Engine, kb: Path) -> None:
    publish(session, kb)
    live = LiveIndex()

    def ask(number: int) -> EntryIndex:
        with Session(engine) as own:
            return live.current(own)

    with ThreadPoolExecutor(8) as threads:
        indexes = set(threads.map(ask, range(16)))

    assert len(indexes) == 1


def test_another_database_has_another_index(session: Session) -> None:
    """The process-wide index of the tests before this one belongs to databases that are gone."""
    assert find_matches(current_index(session), get_encoder(), "live times").found == ()
