"""What a person said about one message decides how the next alike is matched, in every process."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.knowledge.import_kb import import_kb
from app.retrieval.judging import MachineSaid, correct_match, say_none_fits, withdraw_judgement
from app.retrieval.live_index import LiveIndex
from app.retrieval.matching import Match, find_matches
from app.staff.models import Person, Role
from tests.factories import make_account, make_message, make_person
from tests.knowledge.kb_folder import write_kb

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
ASKED = "my hovercraft is full of eels again"
ALIKE = "our hovercraft is full of eels once more"
FARE = "ferries/car-fare"


@pytest.fixture
def agent(session: Session, tmp_path: Path) -> Person:
    import_kb(session, write_kb(tmp_path / "kb"), at=AT)
    make_account(session)
    return make_person(session, "agent", Role.AGENT)


def first_for(live: LiveIndex, session: Session, text: str) -> Match:
    faq = live.current(session)
    return find_matches(faq.index, faq.encoder, text).found[0]


def test_a_corrected_message_draws_the_next_one_alike_until_it_is_withdrawn(
    session: Session, agent: Person
) -> None:
    live = LiveIndex()
    before = first_for(live, session, ALIKE)
    message = make_message(session, ASKED)

    judged = correct_match(session, message.id, entry_id=FARE, machine=MachineSaid(), by=agent, at=AT)
    session.commit()
    learned = first_for(live, session, ALIKE)
    withdraw_judgement(session, judged.id, by=agent, at=AT)
    session.commit()

    assert (learned.entry_id, learned.phrasing) == (FARE, ASKED)
    assert learned.score > before.score + 0.2
    assert first_for(live, session, ALIKE) == before


def test_words_that_no_entry_answers_become_nobodys_phrasing(session: Session, agent: Person) -> None:
    live = LiveIndex()
    message = make_message(session, ASKED)

    say_none_fits(session, message.id, machine=MachineSaid(), by=agent, at=AT)
    session.commit()

    assert ASKED not in [
        text
        for entry in live.current(session).index.entries
        for text in (entry.title, *entry.examples, *entry.confirmed)
    ]
