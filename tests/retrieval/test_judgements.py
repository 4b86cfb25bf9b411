"""A person's word on a match: kept, replaced, taken back, and never deleted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.audit.models import AuditRecord
from app.conversations.models import Message
from app.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from app.knowledge.import_kb import import_kb
from app.knowledge.queries import knowledge_number
from app.retrieval.judgements import StandingJudgement, judgements_of, judgements_on, standing_judgements
from app.retrieval.judging import (
    MachineSaid,
    confirm_match,
    correct_match,
    say_none_fits,
    withdraw_judgement,
)
from app.retrieval.models import MatchJudgement
from app.staff.models import Person, Role, Standing, StandingLevel
from tests.factories import make_account, make_message, make_person
from tests.knowledge.kb_folder import entry_file, write_kb

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
DELAY, LIVE, FARE = "delays/compensation", "delays/live-times", "ferries/car-fare"
OFFERED = MachineSaid(DELAY, 0.61, answered=True)


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    return write_kb(tmp_path / "kb")


@pytest.fixture
def agent(session: Session, kb: Path) -> Person:
    import_kb(session, kb, at=AT)
    make_account(session)
    return make_person(session, "agent", Role.AGENT)


@pytest.fixture
def message(session: Session, agent: Person) -> Message:
    return make_message(session, "Is the noon boat on time? And what does a car cost?")


def test_a_judgement_stands_with_what_the_machine_had_said(
    session: Session, agent: Person, message: Message
) -> None:
    before = knowledge_number(session)

    judged = correct_match(session, message.id, entry_id=LIVE, machine=OFFERED, by=agent, at=AT)
    session.commit()

    assert standing_judgements(session) == [StandingJudgement(message.text, LIVE, DELAY, 0.61, AT)]
    assert judgements_of(session, [message.id]) == {message.id: judged}
    assert [one.person.name for one in judgements_on(session, LIVE)] == ["Agent"]
    assert knowledge_number(session) == before + 1
    noted = session.scalars(select(AuditRecord).where(AuditRecord.action == "match.corrected")).one()
    assert (noted.actor, noted.subject) == ("agent", f"message:{message.id}")
    assert (noted.detail["entry"], noted.detail["machine_entry"]) == (LIVE, DELAY)
    assert message.text not in str(noted.detail)


def test_a_later_judgement_takes_the_place_of_the_one_before(
    session: Session, agent: Person, message: Message
) -> None:
    first = confirm_match(session, message.id, entry_id=DELAY, machine=OFFERED, by=agent, at=AT)
    say_none_fits(session, message.id, machine=OFFERED, by=agent, at=AT)
    session.commit()

    assert [one.entry_id for one in standing_judgements(session)] == [None]
    assert (first.withdrawn_at, first.withdrawn_by_id) == (AT, agent.id)
    assert len(session.scalars(select(MatchJudgement)).all()) == 2


def test_the_same_judgement_again_changes_nothing(session: Session, agent: Person, message: Message) -> None:
    first = confirm_match(session, message.id, entry_id=DELAY, machine=OFFERED, by=agent, at=AT)
    session.commit()
    number = knowledge_number(session)

    again = confirm_match(session, message.id, entry_id=DELAY, machine=OFFERED, by=agent, at=AT)
    session.commit()

    assert again is first
    assert knowledge_number(session) == number


def test_parts_of_a_message_are_judged_apart(session: Session, agent: Person, message: Message) -> None:
    boat, car = "Is the noon boat on time?", "what does a car cost?"
    correct_match(session, message.id, entry_id=LIVE, machine=OFFERED, part=boat, by=agent, at=AT)
    correct_match(session, message.id, entry_id=FARE, machine=OFFERED, part=car, by=agent, at=AT)

    assert [(one.text, one.entry_id) for one in standing_judgements(session)] == [(boat, LIVE), (car, FARE)]


@pytest.mark.parametrize("part", ["words nobody wrote", "  ", ""])
def test_a_part_that_is_not_in_the_message_is_refused(
    session: Session, agent: Person, message: Message, part: str
) -> None:
    with pytest.raises(InvalidInput, match="exactly as the customer wrote"):
        confirm_match(session, message.id, entry_id=DELAY, machine=OFFERED, part=part, by=agent, at=AT)


def test_what_is_taken_back_no_longer_stands_but_is_not_forgotten(
    session: Session, agent: Person, message: Message
) -> None:
    judged = confirm_match(session, message.id, entry_id=DELAY, machine=OFFERED, by=agent, at=AT)
    number = knowledge_number(session)

    withdraw_judgement(session, judged.id, by=agent, at=AT)
    session.commit()

    assert standing_judgements(session) == []
    assert judgements_on(session, DELAY) == []
    assert knowledge_number(session) == number + 1
    assert session.get_one(MatchJudgement, judged.id).withdrawn_by_id == agent.id
    with pytest.raises(Conflict, match="already taken back"):
        withdraw_judgement(session, judged.id, by=agent, at=AT)


@pytest.mark.parametrize("change", ["deleted_at = now()", "text = 'Something else'"])
def test_words_the_customer_deleted_or_changed_are_not_learned_from(
    session: Session, agent: Person, message: Message, change: str
) -> None:
    confirm_match(session, message.id, entry_id=DELAY, machine=OFFERED, by=agent, at=AT)
    kept = make_message(session, "My ferry was late")
    confirm_match(session, kept.id, entry_id=DELAY, machine=OFFERED, by=agent, at=AT)

    session.execute(text(f"UPDATE messages SET {change} WHERE id = :id"), {"id": message.id})

    assert [one.text for one in standing_judgements(session)] == ["My ferry was late"]
    assert [one.text for one in judgements_on(session, DELAY)] == ["My ferry was late"]


def test_a_retired_entry_teaches_nothing_and_cannot_be_picked(
    session: Session, agent: Person, message: Message, kb: Path
) -> None:
    correct_match(session, message.id, entry_id=FARE, machine=OFFERED, by=agent, at=AT)
    entry_file(kb, FARE).unlink()
    import_kb(session, kb, at=AT)

    assert standing_judgements(session) == []
    for entry_id in (FARE, "no/such"):
        with pytest.raises(InvalidInput, match="There is no entry"):
            correct_match(session, message.id, entry_id=entry_id, machine=OFFERED, by=agent, at=AT)


@pytest.mark.parametrize("role", [Role.LEGAL, Role.EXPERT, Role.NETWORK])
def test_who_neither_answers_nor_keeps_the_faq_judges_nothing(
    session: Session, message: Message, role: Role
) -> None:
    other = make_person(session, "other", role)

    with pytest.raises(NotAllowed, match="That takes the role agent or gatekeeper or lead"):
        say_none_fits(session, message.id, machine=OFFERED, by=other, at=AT)
    with pytest.raises(NotAllowed):
        withdraw_judgement(session, 1, by=other, at=AT)


def test_a_trainee_does_not_teach_their_topic_until_they_know_it(
    session: Session, agent: Person, message: Message
) -> None:
    learns = Standing(
        person_id=agent.id,
        topic="delays",
        level=StandingLevel.TRAINEE,
        granted_by_id=agent.id,
        granted_at=AT,
    )
    session.add(learns)
    with pytest.raises(NotAllowed, match="Agent is a trainee on delays"):
        correct_match(session, message.id, entry_id=FARE, machine=OFFERED, by=agent, at=AT)

    correct_match(session, message.id, entry_id=FARE, machine=MachineSaid(), by=agent, at=AT)
    learns.revoked_at = AT
    confirm_match(session, message.id, entry_id=DELAY, machine=OFFERED, by=agent, at=AT)

    assert [one.entry_id for one in standing_judgements(session)] == [DELAY]


def test_what_is_not_there_is_not_found(session: Session, agent: Person) -> None:
    with pytest.raises(NotFound, match="no message 99"):
        say_none_fits(session, 99, machine=MachineSaid(), by=agent, at=AT)
    with pytest.raises(NotFound, match="no judgement 99"):
        withdraw_judgement(session, 99, by=agent, at=AT)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM match_judgements",
        "TRUNCATE match_judgements",
        "UPDATE match_judgements SET entry_id = 'ferries/car-fare'",
        "UPDATE match_judgements SET text = 'x', withdrawn_at = now(), withdrawn_by_id = person_id",
    ],
)
def test_the_database_itself_refuses_to_rewrite_a_judgement(
    session: Session, agent: Person, message: Message, change: str
) -> None:
    confirm_match(session, message.id, entry_id=DELAY, machine=OFFERED, by=agent, at=AT)
    session.commit()

    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(text(change))


@pytest.mark.parametrize(
    "change", ["withdrawn_at = NULL, withdrawn_by_id = NULL", "withdrawn_at = now()"], ids=["undo", "move"]
)
def test_a_withdrawal_is_never_changed(
    session: Session, agent: Person, message: Message, change: str
) -> None:
    judged = confirm_match(session, message.id, entry_id=DELAY, machine=OFFERED, by=agent, at=AT)
    withdraw_judgement(session, judged.id, by=agent, at=AT)
    session.commit()

    with pytest.raises(IntegrityError, match="append-only"):
        session.execute(text(f"UPDATE match_judgements SET {change}"))
