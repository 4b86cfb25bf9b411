"""Who finds what in their queue."""

from app.conversations.models import (
    Direction,
    Message,
    MessageKind,
    Outcome,
    OutcomeKind,
    Purpose,
    Visibility,
)
from app.conversations.outcomes import record_outcome
from app.core.clock import utc_now
from app.drafting.models import DraftStatus
from app.review.answers import change_posted_reply
from app.review.drafts import reject
from app.review.proposing import answer_with_draft
from app.review.queries import queue_count, review_queue
from app.staff.models import Role
from tests.review.conftest import CLAIM, Desk


def waiting(desk: Desk, role: Role) -> list[int | None]:
    rows = review_queue(desk.session, role=role)
    assert queue_count(desk.session, role=role) == len(rows)
    desk.session.commit()
    return [row.draft_id for row in rows]


def answered(desk: Desk) -> Message:
    """Our posted reply to a message about compensation."""
    message = desk.session.get_one(Message, desk.receive(CLAIM).message_id)
    reply = Message(
        account_id=message.account_id,
        conversation_id=message.conversation_id,
        external_id="post-1",
        direction=Direction.OUTBOUND,
        kind=MessageKind.MENTION,
        visibility=Visibility.PUBLIC,
        author="@skerryline_care",
        text="You get 50%.",
        content_hash="0" * 64,
        in_reply_to=message.external_id,
        root_external_id=message.external_id,
        purpose=Purpose.ANSWER,
        is_open=False,
        sent_at=utc_now(),
        received_at=utc_now(),
    )
    desk.session.add(reply)
    record_outcome(desk.session, message, OutcomeKind.ANSWERED, reason=None, by_id=None, at=utc_now())
    desk.session.commit()
    return reply


def test_legal_finds_only_what_waits_for_legal(desk: Desk) -> None:
    harmless, claim = desk.draft(), desk.draft(CLAIM)

    assert waiting(desk, Role.LEGAL) == [claim.id]
    assert waiting(desk, Role.AGENT) == [harmless.id, claim.id]


def test_what_somebody_signed_leaves_their_queue(desk: Desk) -> None:
    claim = desk.draft(CLAIM)
    desk.sign(claim, "agent")

    assert waiting(desk, Role.AGENT) == []
    assert waiting(desk, Role.LEGAL) == [claim.id]


def test_a_message_answered_by_a_person_before_its_draft_is_not_lost_when_that_is_rejected(
    desk: Desk,
) -> None:
    draft = desk.draft()
    assert draft.message_id is not None
    answer_with_draft(draft.message_id)  # the job finds it done

    reject(desk.session, draft.id, reason="Too short", by=desk.person("agent"), at=utc_now())
    desk.session.commit()

    assert waiting(desk, Role.AGENT) == [None]


def test_a_change_of_a_posted_reply_waits_in_the_queue_until_it_is_decided(desk: Desk) -> None:
    reply = answered(desk)
    assert waiting(desk, Role.AGENT) == []
    change = change_posted_reply(
        desk.session, reply.id, text="You get 25%.", by=desk.person("lead"), at=utc_now()
    )
    desk.session.commit()
    assert waiting(desk, Role.AGENT) == [change.id]
    assert waiting(desk, Role.LEGAL) == [change.id]

    reject(desk.session, change.id, reason="It was right", by=desk.person("agent"), at=utc_now())
    desk.session.commit()

    assert desk.reload(change).status is DraftStatus.REJECTED
    assert waiting(desk, Role.AGENT) == []
    assert desk.session.get_one(Outcome, change.message_id).kind is OutcomeKind.ANSWERED
