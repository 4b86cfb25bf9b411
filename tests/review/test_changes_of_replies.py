"""A change of a posted reply stands on what the reply stood on."""

from sqlalchemy import select

from app.conversations.models import Account, Direction, Message
from app.core.clock import utc_now
from app.delivery import records
from app.delivery.intents import begin, mark_sending
from app.drafting.models import Strategy
from app.knowledge.models import EntryVersion
from app.review.answers import change_posted_reply
from app.review.drafts import open_draft
from app.review.revisions import Cited
from tests.review.conftest import Desk


def test_a_correction_is_checked_against_the_evidence_of_the_reply(desk: Desk) -> None:
    session, received = desk.session, desk.receive("How much is my bike on the boat?")
    message = session.get_one(Message, received.message_id)
    account = session.get_one(Account, message.account_id)
    version = session.scalars(
        select(EntryVersion).where(EntryVersion.entry_id == "bikes-and-pets/bike-on-boat")
    ).one()
    draft = open_draft(
        session,
        message,
        account=account,
        text="It costs £2 each way.",
        cited=[Cited(version.id, 0.8, version.question)],
        strategy=Strategy.VARIANT,
        at=utc_now(),
    )
    session.commit()
    signed = desk.sign(draft, "agent")
    plan = begin(session, signed.latest.id, at=utc_now())
    assert plan is not None
    assert mark_sending(session, plan.delivery_id, at=utc_now())
    records.sent(session, plan.delivery_id, "post-1", at=utc_now())
    session.commit()
    reply = session.scalars(select(Message).where(Message.direction == Direction.OUTBOUND)).one()

    change = change_posted_reply(
        session, reply.id, text="Bikes cost £2, dogs £7.", by=desk.person("lead"), at=utc_now()
    )

    facts = next(check for check in change.latest.checks if check.name == "facts_traced")
    assert [one.version_id for one in change.latest.passages] == [version.id]
    assert facts.words == ["£7"]
