"""`sayso audit coverage` finds what it promises to find."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.cli import coverage
from app.conversations.intake import Incoming, receive
from app.conversations.models import Direction, Message, Network, Purpose
from app.conversations.outcomes import give_to
from app.core.clock import utc_now
from app.delivery.intents import begin, mark_sending
from app.review.answers import answer_without_draft
from app.review.models import SignOff
from app.review.sign_offs import sign_off
from app.staff.models import Role
from app.staff.sign_in import find_person

HOUR = timedelta(hours=1)


def arrive(session: Session) -> Message:
    incoming = Incoming(Network.X, "care", "1", "@a", "Hello?", utc_now())
    message_id = receive(session, incoming, at=utc_now()).message_id
    session.commit()
    return session.get_one(Message, message_id)


def test_a_message_is_in_work_at_first_and_forgotten_after_a_while(demo_session: Session) -> None:
    message = arrive(demo_session)

    fresh = coverage.count(demo_session, at=utc_now())
    assert (fresh.in_work, fresh.forgotten, fresh.holds) == (1, (), True)
    old = coverage.count(demo_session, at=utc_now() + HOUR)
    assert (old.in_work, old.forgotten, old.holds) == (0, (message.id,), False)


def test_an_owner_who_never_saw_a_message_does_not_cover_it(demo_session: Session) -> None:
    message = arrive(demo_session)
    give_to(demo_session, message.conversation_id, Role.AGENT, reason="An earlier message")

    assert coverage.count(demo_session, at=utc_now() + HOUR).forgotten == (message.id,)


def test_a_call_without_a_signature_and_a_second_reply_are_found(demo_session: Session) -> None:
    message, agent = arrive(demo_session), find_person(demo_session, "agent")
    draft = answer_without_draft(demo_session, message.id, text="Hi.", by=agent, at=utc_now())
    fingerprint = draft.latest.fingerprint
    sign_off(demo_session, draft.id, by=agent, role=Role.AGENT, fingerprint=fingerprint, at=utc_now())
    plan = begin(demo_session, draft.latest.id, at=utc_now())
    assert plan is not None
    mark_sending(demo_session, plan.delivery_id, at=utc_now())
    demo_session.commit()
    assert coverage.count(demo_session, at=utc_now()).holds

    for signed in demo_session.query(SignOff):
        demo_session.delete(signed)
    demo_session.add_all(reply_to(message, external_id) for external_id in ("post-1", "post-2"))
    demo_session.commit()

    found = coverage.count(demo_session, at=utc_now())
    assert (found.unapproved, found.doubled) == ((plan.delivery_id,), ("post-2",))


def reply_to(message: Message, external_id: str) -> Message:
    return Message(
        account_id=message.account_id,
        conversation_id=message.conversation_id,
        external_id=external_id,
        direction=Direction.OUTBOUND,
        kind=message.kind,
        visibility=message.visibility,
        author="@skerryline_care",
        text="Hi.",
        content_hash="0" * 64,
        in_reply_to=message.external_id,
        root_external_id=message.external_id,
        purpose=Purpose.ANSWER,
        is_open=False,
        sent_at=utc_now(),
        received_at=utc_now(),
    )
