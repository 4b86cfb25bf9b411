"""A large FAQ: what changed is searchable at once, and learned with the rest in the background."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.embeddings.encoder import Encoder
from app.knowledge.import_kb import import_kb
from app.retrieval import building
from app.retrieval.judging import MachineSaid, correct_match, say_none_fits, withdraw_judgement
from app.retrieval.live_index import Faq, LiveIndex
from app.retrieval.matching import Match, find_matches
from app.retrieval.relearning import Relearning
from app.staff.models import Person, Role
from tests.factories import make_account, make_message, make_person
from tests.knowledge.kb_folder import edit, entry_file, write_kb
from tests.retrieval.counting_encoder import CountingEncoder
from tests.retrieval.waiting import until

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
ADDED = "is the five o'clock boat late"
ASKED = "my hovercraft is full of eels"
FARE = "ferries/car-fare"
LATER_SECONDS = 3_600.0


@pytest.fixture(autouse=True)
def any_faq_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "AT_ONCE", 0)


@pytest.fixture
def kb(session: Session, tmp_path: Path) -> Path:
    folder = write_kb(tmp_path / "kb")
    publish(session, folder)
    return folder


@pytest.fixture
def agent(session: Session, kb: Path) -> Person:
    make_account(session)
    return make_person(session, "agent", Role.AGENT)


def publish(session: Session, kb: Path) -> None:
    import_kb(session, kb, at=AT)
    session.commit()


def index_that_learns(*, after_seconds: float, encoder: Encoder | None = None) -> LiveIndex:
    return LiveIndex(
        lambda _: encoder or CountingEncoder(),
        lambda work: Relearning(work, quiet_seconds=after_seconds),
    )


def best(faq: Faq, text: str) -> Match:
    return find_matches(faq.index, faq.encoder, text).found[0]


def test_an_edited_entry_alone_is_read_and_encoded(session: Session, kb: Path) -> None:
    encoder = CountingEncoder()
    live = index_that_learns(after_seconds=LATER_SECONDS, encoder=encoder)
    before = live.current(session)
    encoder.asked.clear()
    edit(kb, "delays/live-times", "examples:", f"examples:\n  - {ADDED}")
    publish(session, kb)

    after = live.current(session)

    assert encoder.asked == [ADDED]
    assert (best(after, ADDED).entry_id, after.index.stale) == ("delays/live-times", 1)
    same = [version for version in after.published.values() if version.entry_id != "delays/live-times"]
    assert len(same) == 2
    assert all(version is before.published[version.version_id] for version in same)
    assert len(before.published) == len(after.published) == 3


def test_a_retired_entry_is_not_found(session: Session, kb: Path) -> None:
    live = index_that_learns(after_seconds=LATER_SECONDS)
    live.current(session)
    entry_file(kb, FARE).unlink()
    publish(session, kb)

    faq = live.current(session)

    assert sorted(version.entry_id for version in faq.published.values()) == [
        "delays/compensation",
        "delays/live-times",
    ]
    assert FARE not in [entry.key for entry in faq.index.entries]


def test_what_a_person_said_of_a_match_counts_until_it_is_withdrawn(
    session: Session, kb: Path, agent: Person
) -> None:
    live = index_that_learns(after_seconds=LATER_SECONDS)
    before = best(live.current(session), ASKED)
    message = make_message(session, ASKED)

    judged = correct_match(session, message.id, entry_id=FARE, machine=MachineSaid(), by=agent, at=AT)
    session.commit()
    learned = best(live.current(session), ASKED)
    withdraw_judgement(session, judged.id, by=agent, at=AT)
    session.commit()

    assert (learned.entry_id, learned.phrasing) == (FARE, ASKED)
    assert best(live.current(session), ASKED) == before


def test_words_that_no_entry_answers_are_known_until_that_is_withdrawn(
    session: Session, kb: Path, agent: Person
) -> None:
    live = index_that_learns(after_seconds=LATER_SECONDS)
    message = make_message(session, ASKED)

    judged = say_none_fits(session, message.id, machine=MachineSaid(), by=agent, at=AT)
    session.commit()
    refused = find_matches(live.current(session).index, CountingEncoder(), ASKED)
    withdraw_judgement(session, judged.id, by=agent, at=AT)
    session.commit()
    again = find_matches(live.current(session).index, CountingEncoder(), ASKED)

    assert "somebody said so" in refused.reason
    assert "somebody said so" not in again.reason


def test_all_is_learned_anew_soon_after_the_last_change(session: Session, kb: Path) -> None:
    live = index_that_learns(after_seconds=0.05)
    live.current(session)
    edit(kb, "delays/live-times", "examples:", f"examples:\n  - {ADDED}")
    publish(session, kb)

    changed = live.current(session)
    until(lambda: live.current(session).index.stale == 0)

    assert changed.index.stale == 1
    assert best(live.current(session), ADDED).entry_id == "delays/live-times"


def test_a_small_faq_is_learned_anew_at_once(
    session: Session, kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "AT_ONCE", 100)
    live = index_that_learns(after_seconds=LATER_SECONDS)
    live.current(session)
    edit(kb, "delays/live-times", "examples:", f"examples:\n  - {ADDED}")
    publish(session, kb)

    assert live.current(session).index.stale == 0


def test_another_database_in_the_same_place_is_read_as_a_whole(session: Session, kb: Path) -> None:
    """Restored from a copy: its versions may have the numbers of others."""
    live = index_that_learns(after_seconds=LATER_SECONDS)
    live.current(session)
    session.connection().exec_driver_sql("UPDATE entry_versions SET question = 'Is it late?' WHERE id = 1")
    session.connection().exec_driver_sql("UPDATE knowledge_revision SET number = number - 1")
    session.commit()

    assert best(live.current(session), "Is it late?").question == "Is it late?"
