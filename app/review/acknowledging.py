"""First replies: approved words that say we are at it. They are no answer, so the message stays open."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.channels.rules import measure
from app.conversations.models import NO_ANSWERS, Account, Message, Purpose
from app.core.errors import Conflict, InvalidInput
from app.drafting.first_replies import FirstReply, first_reply
from app.drafting.models import Act, Draft, DraftStatus, Origin, Strategy
from app.review.accounts import voice_of
from app.review.drafts import (
    LIVE,
    live_first_reply_id,
    lock_inbound,
    message_is_closed,
    open_draft,
    supersede,
)
from app.review.loading import lock_draft
from app.staff.models import Person
from app.staff.permissions import Action, require
from app.triage.candidates import candidates_of
from app.triage.models import TriageDecision

LOOKED_AT = 3  # candidates that may say the topic together where no answer fits
AGREEING = 2
ANSWER_POSTED = "The answer was posted, so no first reply is needed any more"


def acknowledge(session: Session, message_id: int, *, by: Person, at: datetime) -> Draft:
    """Propose the approved first reply of the message's topic. It is signed and posted like any reply."""
    require(by, Action.ANSWER)
    message = lock_inbound(session, message_id)
    if message_is_closed(session, message):
        raise Conflict("This message already has its outcome.")
    if has_first_reply(session, message_id):
        raise Conflict("This message already has its first reply. What it needs now is the answer.")
    account = session.get_one(Account, message.account_id)
    chosen = _chosen(session, message, account)
    return open_draft(
        session,
        message,
        account=account,
        text=chosen.text,
        cited=(),
        strategy=Strategy.VARIANT,
        note=f"A first reply, approved by {chosen.approved_by} on {chosen.approved_on}. It is not the "
        "answer: the message stays open.",
        purpose=Purpose.ACKNOWLEDGEMENT,
        at=at,
    )


def has_first_reply(session: Session, message_id: int) -> bool:
    """Whether one was posted or is being decided."""
    known = select(Draft.id).where(
        Draft.message_id == message_id,
        Draft.purpose.in_(NO_ANSWERS),
        Draft.act == Act.POST,
        Draft.origin == Origin.LIVE,
        Draft.status.in_((*LIVE, DraftStatus.POSTED)),
    )
    return session.scalar(known.limit(1)) is not None


def drop_first_reply(session: Session, message_id: int, *, at: datetime) -> None:
    """End a first reply that waits although the answer is posted. The answer's draft is locked already.

    One that is just being posted is left to its delivery.
    """
    draft_id = live_first_reply_id(session, message_id)
    draft = lock_draft(session, draft_id) if draft_id is not None else None
    if draft is not None and draft.status in LIVE and draft.posting_since is None:
        supersede(session, draft, reason=ANSWER_POSTED, at=at)


def _chosen(session: Session, message: Message, account: Account) -> FirstReply:
    chosen = first_reply(
        voice_of(account),
        account.network,
        topic=_topic(session, message.id),
        language=message.language,
    )
    if chosen is None:
        raise InvalidInput("The brand has approved no first replies: prompts/acknowledgements holds none.")
    if measure(account.network, chosen.text).too_long:
        raise InvalidInput(f"The approved first reply on {chosen.topic} does not fit into this channel.")
    return chosen


def _topic(session: Session, message_id: int) -> str | None:
    """The topic that triage found, else the one on which most of the nearest entries agree."""
    decision = session.scalar(
        select(TriageDecision)
        .where(TriageDecision.message_id == message_id)
        .order_by(TriageDecision.id.desc())
        .limit(1)
    )
    if decision is not None and decision.topic is not None:
        return decision.topic
    nearest = candidates_of(decision).found[:LOOKED_AT]
    topics = Counter(one.entry_id.partition("/")[0] for one in nearest).most_common(1)
    return topics[0][0] if topics and topics[0][1] >= AGREEING else None
