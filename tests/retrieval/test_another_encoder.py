"""Another encoder by configuration: the old one answers until the new one has all its vectors."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from app.core.settings import get_settings
from app.embeddings.encoder import Encoder, EncoderUnavailable
from app.knowledge.import_kb import import_kb
from app.retrieval import building
from app.retrieval.encoder_choice import EncoderChoice, last_served_by
from app.retrieval.live_index import Faq, LiveIndex
from app.retrieval.matching import find_matches
from app.retrieval.relearning import Relearning
from tests.knowledge.kb_folder import edit, entry_file, write_kb
from tests.retrieval.counting_encoder import CountingEncoder
from tests.retrieval.waiting import DEADLINE_SECONDS, until

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
FARE = "What does a car cost on the boat?"


@dataclass(eq=False)
class SlowEncoder(CountingEncoder):
    """Encodes nothing until it is let."""

    model_id: str = "new"
    dimensions: int = 16
    begun: threading.Event = field(default_factory=threading.Event)
    let: threading.Event = field(default_factory=threading.Event)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.begun.set()
        assert self.let.wait(DEADLINE_SECONDS)
        return super().encode(texts)


@dataclass
class Encoders:
    """Where encoders are loaded from; one that is not there is unreachable."""

    by_name: dict[str | None, Encoder]

    def load(self, choice: EncoderChoice) -> Encoder:
        if choice.encoder not in self.by_name:
            raise EncoderUnavailable(f"{choice.encoder} cannot be loaded.")
        return self.by_name[choice.encoder]

    def start_worker(self) -> LiveIndex:
        return LiveIndex(
            self.load, lambda work: Relearning(work, quiet_seconds=0.01, first_pause_seconds=0.01)
        )


@pytest.fixture
def old() -> CountingEncoder:
    return CountingEncoder(model_id="old")


@pytest.fixture
def new() -> Iterator[SlowEncoder]:
    encoder = SlowEncoder()
    yield encoder
    encoder.let.set()


@pytest.fixture
def kb(session: Session, tmp_path: Path, old: CountingEncoder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A FAQ that the old encoder served; another one is configured since."""
    folder = write_kb(tmp_path / "kb")
    import_kb(session, folder, at=AT)
    session.commit()
    configure(monkeypatch, "old")
    Encoders({"old": old}).start_worker().current(session)
    old.asked.clear()
    configure(monkeypatch, "new")
    return folder


def configure(monkeypatch: pytest.MonkeyPatch, encoder: str) -> None:
    monkeypatch.setenv("SAYSO_ENCODER", encoder)
    get_settings.cache_clear()


def best(faq: Faq, text: str) -> str:
    return find_matches(faq.index, faq.encoder, text).found[0].entry_id


def served_by() -> str | None:
    choice = last_served_by(get_settings().home / "vectors")
    return choice.encoder if choice else None


def test_messages_are_answered_by_the_old_encoder_until_the_new_one_is_ready(
    session: Session, kb: Path, old: CountingEncoder, new: SlowEncoder
) -> None:
    live = Encoders({"old": old, "new": new}).start_worker()

    meanwhile = live.current(session)
    assert new.begun.wait(DEADLINE_SECONDS)
    assert old.asked == []  # all its vectors were there
    assert live.current(session) is meanwhile
    assert meanwhile.encoder is old
    assert best(meanwhile, FARE) == "ferries/car-fare"
    assert served_by() == "old"
    new.let.set()

    until(lambda: live.current(session).encoder is new)
    assert best(live.current(session), FARE) == "ferries/car-fare"
    assert (
        best(meanwhile, FARE) == "ferries/car-fare"
    )  # a search that began before ends on what it began with
    until(lambda: served_by() == "new")


def test_what_is_published_meanwhile_is_found_by_both(
    session: Session, kb: Path, old: CountingEncoder, new: SlowEncoder
) -> None:
    live = Encoders({"old": old, "new": new}).start_worker()
    live.current(session)
    assert new.begun.wait(DEADLINE_SECONDS)

    edit(kb, "delays/live-times", "examples:", "examples:\n  - is the five o'clock boat late")
    entry_file(kb, "ferries/car-fare").unlink()
    import_kb(session, kb, at=AT)
    session.commit()
    meanwhile = live.current(session)
    assert (meanwhile.encoder, best(meanwhile, "is the five o'clock boat late")) == (old, "delays/live-times")
    new.let.set()

    until(lambda: live.present is not None and live.present.encoder is new)
    faq = live.present  # nobody has asked since
    assert faq is not None
    assert best(faq, "is the five o'clock boat late") == "delays/live-times"
    assert {version.entry_id for version in faq.published.values()} == {
        "delays/live-times",
        "delays/compensation",
    }


def test_the_old_encoder_keeps_serving_while_the_new_one_cannot_be_reached(
    session: Session, kb: Path, old: CountingEncoder, new: SlowEncoder
) -> None:
    encoders = Encoders({"old": old})
    new.let.set()
    with capture_logs() as logs:
        live = encoders.start_worker()
        assert live.current(session).encoder is old
        until(lambda: sum(log["event"] == "index.not_learned" for log in logs) >= 2)
    assert live.current(session).encoder is old
    assert {log["why"] for log in logs if log["event"] == "index.not_learned"} == {"new cannot be loaded."}

    encoders.by_name["new"] = new

    until(lambda: live.current(session).encoder is new)


def test_what_changes_while_the_new_one_cannot_be_reached_is_learned_with_the_old_one(
    session: Session, kb: Path, old: CountingEncoder, new: SlowEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "AT_ONCE", 0)
    encoders = Encoders({"old": old})
    live = encoders.start_worker()
    live.current(session)

    edit(kb, "delays/live-times", "examples:", "examples:\n  - is the five o'clock boat late")
    import_kb(session, kb, at=AT)
    session.commit()
    assert live.current(session).index.stale == 1

    until(lambda: live.current(session).index.stale == 0)
    assert live.current(session).encoder is old
    new.let.set()
    encoders.by_name["new"] = new
    until(lambda: live.current(session).encoder is new)


def test_the_next_start_is_served_by_the_new_encoder_alone(
    session: Session, kb: Path, old: CountingEncoder, new: SlowEncoder
) -> None:
    new.let.set()
    live = Encoders({"old": old, "new": new}).start_worker()
    live.current(session)
    until(lambda: served_by() == "new")
    new.asked.clear()

    assert Encoders({"new": new}).start_worker().current(session).encoder is new
    assert new.asked == []


def test_without_the_old_encoder_the_first_message_waits_for_the_new_one(
    session: Session, kb: Path, new: SlowEncoder
) -> None:
    new.let.set()

    with capture_logs() as logs:
        faq = Encoders({"new": new}).start_worker().current(session)

    assert faq.encoder is new
    assert [(log["event"], log["why"]) for log in logs] == [
        ("encoder.old_one_is_gone", "old cannot be loaded.")
    ]


def test_a_broken_note_of_the_last_encoder_is_as_none(
    session: Session, kb: Path, old: CountingEncoder, new: SlowEncoder
) -> None:
    (get_settings().home / "vectors" / "served_by.json").write_text("{")
    new.let.set()

    with capture_logs() as logs:
        faq = Encoders({"old": old, "new": new}).start_worker().current(session)

    assert faq.encoder is new
    assert logs[0]["event"] == "encoder.last_one_unknown"
