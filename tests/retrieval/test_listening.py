"""A process that listens has what another one published before anybody asks it."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from app.knowledge.import_kb import import_kb
from app.retrieval.listening import Listening
from app.retrieval.live_index import LiveIndex
from tests.knowledge.kb_folder import edit, write_kb
from tests.retrieval.waiting import DEADLINE_SECONDS, until

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
NEVER_SECONDS = 3_600.0  # without a word of it nothing would be looked at
PUBLISHING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.core.database import transaction
from app.knowledge.import_kb import import_kb

with transaction() as session:
    import_kb(session, Path(sys.argv[1]), at=datetime(2026, 11, 30, 12, tzinfo=UTC))
"""


@pytest.fixture
def kb(session: Session, tmp_path: Path) -> Path:
    """A FAQ that is published."""
    folder = write_kb(tmp_path / "kb")
    import_kb(session, folder, at=AT)
    session.commit()
    return folder


@pytest.fixture
def live(kb: Path) -> LiveIndex:
    return LiveIndex()


@pytest.fixture
def listening(engine: Engine, live: LiveIndex) -> Iterator[Listening]:
    """Listens, and has built the first index."""
    listening = Listening(live.refresh, look_seconds=NEVER_SECONDS, first_pause_seconds=0.01)
    listening.start()
    until(lambda: live.present is not None and is_idle(engine))
    yield listening
    listening.stop()
    hang_up(engine)
    listening.join(DEADLINE_SECONDS)


def is_idle(engine: Engine) -> bool:
    """Whether the connection that listens does so, and nothing else."""
    with engine.connect() as connection:
        found: bool = connection.execute(
            text(
                "SELECT count(*) = 1 FROM pg_stat_activity "
                "WHERE application_name = 'sayso index' AND datname = current_database() AND query ~ 'LISTEN'"
            )
        ).scalar_one()
    return found


def hang_up(engine: Engine) -> int:
    """End the connection that listens, as a restart of the database does; how many there were."""
    with engine.connect() as connection:
        found: int = connection.execute(
            text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE application_name = 'sayso index' AND datname = current_database()"
            )
        ).scalar_one()
    return found


def publish_elsewhere(kb: Path) -> None:
    """By another process."""
    done = subprocess.run([sys.executable, "-c", PUBLISHING, str(kb)], timeout=DEADLINE_SECONDS, check=False)
    assert done.returncode == 0


def has_example(live: LiveIndex, example: str) -> bool:
    assert live.present is not None
    return any(example in entry.examples for entry in live.present.index.entries)


@pytest.mark.usefixtures("listening")
def test_what_another_process_publishes_is_here_before_anybody_asks(live: LiveIndex, kb: Path) -> None:
    edit(kb, "delays/live-times", "examples:", "examples:\n  - is the five o'clock boat late")

    publish_elsewhere(kb)

    until(lambda: has_example(live, "is the five o'clock boat late"))


@pytest.mark.usefixtures("listening")
def test_a_connection_that_was_ended_is_made_again(
    live: LiveIndex, kb: Path, engine: Engine, session: Session
) -> None:
    with capture_logs() as logs:
        assert hang_up(engine) == 1
        until(lambda: bool(logs) and is_idle(engine))
    edit(kb, "delays/live-times", "examples:", "examples:\n  - is the five o'clock boat late")
    import_kb(session, kb, at=AT)
    session.commit()

    until(lambda: has_example(live, "is the five o'clock boat late"))
    assert [log["event"] for log in logs] == ["index.not_refreshed"]


def test_a_lost_word_costs_only_time(live: LiveIndex, kb: Path, session: Session) -> None:
    listening = Listening(live.refresh, look_seconds=0.05)
    listening.start()
    until(lambda: live.present is not None)

    session.execute(text("UPDATE entry_versions SET is_current = false WHERE entry_id = 'ferries/car-fare'"))
    session.execute(text("UPDATE knowledge_revision SET number = number + 1"))
    session.commit()

    until(lambda: live.present is not None and len(live.present.published) == 2)
    listening.stop()
    listening.join(DEADLINE_SECONDS)
