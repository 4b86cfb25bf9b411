"""A posted first reply leaves its message open; the answer is posted after it."""

from sqlalchemy import select

from app.cli import coverage
from app.conversations.models import ClockEvent, Message, Outcome, OutcomeKind, Purpose
from app.core.clock import utc_now
from app.core.database import transaction
from app.delivery.models import DeliveryStatus
from app.drafting.models import Draft, DraftStatus
from app.review.acknowledging import acknowledge
from app.review.answers import answer_without_draft
from app.review.sign_offs import sign_off
from app.staff.models import Role
from tests.delivery.conftest import Posting
from tests.factories import make_message


def propose(posting: Posting, message_id: int, text: str | None = None) -> Draft:
    """The first reply to a message, or an answer where there is a text."""
    agent = posting.person("agent")
    with transaction() as session:
        if text is None:
            return acknowledge(session, message_id, by=agent, at=utc_now())
        return answer_without_draft(session, message_id, text=text, by=agent, at=utc_now())


def post(posting: Posting, draft: Draft) -> None:
    agent, fingerprint = posting.person("agent"), draft.latest.fingerprint
    with transaction() as session:
        sign_off(session, draft.id, by=agent, role=Role.AGENT, fingerprint=fingerprint, at=utc_now())
    delivery = posting.post(draft.latest.id)
    assert delivery is not None
    assert delivery.status is DeliveryStatus.SENT


def new_message() -> int:
    with transaction() as session:
        return make_message(session).id


def state(message_id: int) -> tuple[bool, OutcomeKind | None, set[str]]:
    """Whether it is open, how it ended, and what its clocks were told."""
    with transaction() as session:
        outcome = session.get(Outcome, message_id)
        told = session.scalars(select(ClockEvent.kind).where(ClockEvent.message_id == message_id))
        is_open = session.get_one(Message, message_id).is_open
        return is_open, outcome.kind if outcome else None, {str(kind) for kind in told}


def test_a_posted_first_reply_is_no_answer_and_the_answer_follows(posting: Posting) -> None:
    message_id = new_message()

    post(posting, propose(posting, message_id))
    assert state(message_id) == (True, None, {"started"})
    post(posting, propose(posting, message_id, "At 21:40."))
    assert state(message_id) == (False, OutcomeKind.ANSWERED, {"started", "met"})

    with transaction() as session:
        replies = session.scalars(
            select(Message.purpose).where(Message.purpose.is_not(None)).order_by(Message.id)
        ).all()
        assert replies == [Purpose.ACKNOWLEDGEMENT, Purpose.ANSWER]
        assert coverage.count(session, at=utc_now()).holds
    assert len(posting.posts()) == 2


def test_the_answer_ends_a_first_reply_that_still_waits(posting: Posting) -> None:
    message_id = new_message()
    early = propose(posting, message_id)

    post(posting, propose(posting, message_id, "At 21:40."))

    with transaction() as session:
        assert session.get_one(Draft, early.id).status is DraftStatus.SUPERSEDED
    assert len(posting.posts()) == 1
