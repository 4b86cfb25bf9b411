"""A first reply is approved words on the topic; it is no answer, and the answer follows it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversations.models import Account, Message, Purpose
from app.core.clock import utc_now
from app.core.errors import Conflict, NotAllowed
from app.drafting.first_replies import first_reply as words_for
from app.drafting.models import Draft, DraftStatus
from app.review.accounts import voice_of
from app.review.acknowledging import ANSWER_POSTED, acknowledge, drop_first_reply
from app.review.answers import answer_without_draft
from app.review.drafts import ignore_message, live_draft_id, live_draft_ids, live_first_reply_id, reject
from app.review.forgotten import unaccounted
from app.review.queries import review_queue
from app.staff.models import Role
from tests.matched import leave_without_draft
from tests.review.conftest import Desk

TRAINS = (("tickets/e-ticket", 0.4), ("delays/live-times", 0.39), ("delays/compensation", 0.38))
NONE_AGREE = (("tickets/e-ticket", 0.4), ("ferries/weather", 0.39), ("delays/compensation", 0.38))


def first_reply(desk: Desk, message_id: int) -> Draft:
    draft = acknowledge(desk.session, message_id, by=desk.person("agent"), at=utc_now())
    desk.session.commit()
    return draft


def message_of(desk: Desk, text: str = "When is the last boat?") -> Message:
    return desk.session.get_one(Message, desk.receive(text).message_id)


@pytest.mark.parametrize(
    ("found", "begins"),
    [
        (TRAINS, "Thank you for telling us about the delay."),
        (NONE_AGREE, "Thank you for your message."),
        ((), "Thank you for your message."),
    ],
)
def test_the_words_are_those_of_the_topic_that_the_nearest_entries_agree_on(
    desk: Desk, found: tuple[tuple[str, float], ...], begins: str
) -> None:
    message = message_of(desk)
    if found:
        leave_without_draft(desk.session, message, found=found)

    draft = first_reply(desk, message.id)

    assert draft.latest.text.startswith(begins)
    assert (draft.purpose, draft.latest.author_id) == (Purpose.ACKNOWLEDGEMENT, None)
    assert "approved by lead on 2026-11-24" in (draft.note or "")


def test_it_speaks_the_customers_language(desk: Desk) -> None:
    message = message_of(desk, "Wann fährt heute der letzte Zug nach Norhaven, bitte?")

    assert first_reply(desk, message.id).latest.text.startswith("Danke für Ihre Nachricht.")


def test_it_passes_every_check(desk: Desk) -> None:
    draft = first_reply(desk, message_of(desk).id)

    assert [(check.name, check.detail) for check in draft.latest.checks if not check.passed] == []


def test_the_answer_is_written_beside_it(desk: Desk) -> None:
    message = message_of(desk)
    early = first_reply(desk, message.id)

    answer = answer_without_draft(
        desk.session, message.id, text="At 21:40.", by=desk.person("lead"), at=utc_now()
    )
    desk.session.commit()

    assert live_draft_ids(desk.session, message.id) == [answer.id, early.id]
    assert [live_draft_id(desk.session, message.id), live_first_reply_id(desk.session, message.id)] == [
        answer.id,
        early.id,
    ]
    assert [(row.draft_id, row.draft_purpose) for row in review_queue(desk.session, role=Role.AGENT)] == [
        (early.id, Purpose.ACKNOWLEDGEMENT),
        (answer.id, Purpose.ANSWER),
    ]


def test_there_is_one_at_a_time_and_none_after_the_outcome(desk: Desk) -> None:
    message = message_of(desk)
    early = first_reply(desk, message.id)

    with pytest.raises(Conflict, match="already has its first reply"):
        first_reply(desk, message.id)
    reject(desk.session, early.id, reason="Not needed", by=desk.person("agent"), at=utc_now())
    second = first_reply(desk, message.id)
    ignore_message(desk.session, message.id, reason="A joke", by=desk.person("agent"), at=utc_now())

    assert desk.reload(second).status is DraftStatus.SUPERSEDED
    with pytest.raises(Conflict, match="already has its outcome"):
        first_reply(desk, message.id)


def test_legal_alone_does_not_send_one(desk: Desk) -> None:
    message = message_of(desk)

    with pytest.raises(NotAllowed):
        acknowledge(desk.session, message.id, by=desk.person("legal"), at=utc_now())


def test_a_message_with_only_a_first_reply_is_not_covered(desk: Desk) -> None:
    message = message_of(desk)
    early = first_reply(desk, message.id)

    assert list(desk.session.scalars(unaccounted())) == [message.id]
    early.move_to(DraftStatus.APPROVED)
    early.move_to(DraftStatus.POSTED)
    desk.session.commit()
    assert list(desk.session.scalars(unaccounted())) == [message.id]


def test_while_it_waits_for_legal_agents_still_see_the_message(desk: Desk) -> None:
    message = message_of(desk, "I want compensation for a 70 minute delay")
    leave_without_draft(desk.session, message, found=TRAINS)
    early = first_reply(desk, message.id)

    desk.sign(early, "agent")

    assert [row.draft_id for row in review_queue(desk.session, role=Role.AGENT)] == [early.id]


def test_one_that_still_waits_is_dropped_when_the_answer_is_posted(desk: Desk) -> None:
    waiting, leaving = message_of(desk), message_of(desk, "And on Sunday?")
    early, on_its_way = first_reply(desk, waiting.id), first_reply(desk, leaving.id)
    on_its_way.posting_since = utc_now()

    for message in (waiting, leaving):
        drop_first_reply(desk.session, message.id, at=utc_now())
    desk.session.commit()

    assert (early.status, early.reason) == (DraftStatus.SUPERSEDED, ANSWER_POSTED)
    assert on_its_way.status is DraftStatus.PROPOSED


def test_an_account_adds_its_greeting_and_signature(demo_session: Session) -> None:
    from_mail = demo_session.scalars(select(Account).where(Account.network == "email")).one()

    chosen = words_for(voice_of(from_mail), "email", topic="refunds", language="en")
    assert chosen is not None
    assert chosen.text == (
        "Hello,\n\nThank you for your message about money you paid. A colleague is checking it now and "
        "answers you here.\n\nKind regards\nSkerry Line Customer Care"
    )
