"""Answers that start with a person: in their own words, or to change what we already posted."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.checks.switch_ground import SwitchGround
from app.conversations.models import Account, Direction, Message, Purpose
from app.conversations.outcomes import lock_message
from app.core.errors import Conflict, NotFound
from app.drafting.models import Act, Draft, DraftStatus, Revision, RevisionPassage, Strategy
from app.review.drafts import (
    live_draft_id,
    live_draft_ids,
    lock_inbound,
    log_draft,
    message_is_closed,
    must_say_something,
    open_draft,
    present_evidence,
)
from app.review.revisions import Cited, add_revision
from app.staff.models import Person
from app.staff.permissions import Action, require
from app.triage.models import Route, TriageDecision


def answer_without_draft(
    session: Session,
    message_id: int,
    *,
    text: str,
    switch_ground: SwitchGround | None = None,
    by: Person,
    at: datetime,
) -> Draft:
    """A person answers in their own words; it needs the same signatures as any other draft."""
    require(by, Action.ANSWER)
    message = lock_inbound(session, message_id)
    if live_draft_id(session, message_id) is not None:
        raise Conflict("This message already has a draft. Edit that one instead.")
    if message_is_closed(session, message):
        raise Conflict("This message already has its outcome.")
    must_say_something(text)
    account = session.get_one(Account, message.account_id)
    reason = f"{by.name} answers it in their own words"
    judge_if_nobody_did(session, message, reason=reason, at=at)
    return open_draft(
        session,
        message,
        account=account,
        text=text,
        cited=(),
        strategy=Strategy.PERSON,
        switch_ground=switch_ground,
        author=by,
        at=at,
    )


def _evidence_of(session: Session, reply: Message) -> list[Cited]:
    """What the posted words stood on, in the versions published now."""
    posted = (
        select(func.max(Draft.id))
        .where(Draft.status == DraftStatus.POSTED, Draft.conversation_id == reply.conversation_id)
        .where(Draft.purpose == (reply.purpose or Purpose.ANSWER))
        .join(Draft.message)
        .where(Message.external_id == reply.in_reply_to)
        .scalar_subquery()
    )
    latest = select(func.max(Revision.id)).where(Revision.draft_id == posted).scalar_subquery()
    passages = session.scalars(
        select(RevisionPassage)
        .where(RevisionPassage.revision_id == latest)
        .options(joinedload(RevisionPassage.version))
        .order_by(RevisionPassage.position)
    )
    return present_evidence(session, passages)


def judge_if_nobody_did(session: Session, message: Message, *, reason: str, at: datetime) -> None:
    """A person who decides has judged the message; its drafting job then finds nothing to do."""
    judged = select(TriageDecision.id).where(TriageDecision.message_id == message.id).limit(1)
    if session.scalar(judged) is None:
        decision = TriageDecision(message_id=message.id, route=Route.HUMAN, reason=reason, decided_at=at)
        session.add(decision)


def change_posted_reply(
    session: Session, reply_id: int, *, text: str | None, by: Person, at: datetime
) -> Draft:
    """Propose to correct a reply we posted, or with no text to take it back. Signed like any reply."""
    require(by, Action.ANSWER)
    reply = session.scalar(
        select(Message).where(Message.id == reply_id, Message.direction == Direction.OUTBOUND)
    )
    if reply is None or reply.deleted_at is not None:
        raise NotFound("There is no such posted reply, or it was already deleted.")
    answered = session.scalar(
        select(Message).where(
            Message.account_id == reply.account_id, Message.external_id == reply.in_reply_to
        )
    )
    if answered is not None:
        answered = lock_message(session, answered.id)
        if live_draft_ids(session, answered.id):
            raise Conflict("Another reply to this message is still being decided.")
        answered.is_open = True  # back into the queue, until the change is decided
    if text is not None:
        must_say_something(text)
    account = session.get_one(Account, reply.account_id)
    draft = Draft(
        conversation_id=reply.conversation_id,
        message_id=answered.id if answered else None,
        account_id=account.id,
        act=Act.DELETE if text is None else Act.CORRECT,
        corrects_id=reply.id,
        purpose=reply.purpose or Purpose.ANSWER,
        audience=reply.visibility,
        identity=account.handle,
        strategy=Strategy.PERSON,
        created_at=at,
        revisions=[],
    )
    session.add(draft)
    session.flush()
    revision = add_revision(
        session,
        draft,
        account=account,
        message=answered,
        corrects=reply,
        text=text or "",
        cited=_evidence_of(session, reply),
        author_id=by.id,
        at=at,
    )
    log_draft(session, draft, by, "draft.proposed", revision, act=draft.act)
    return draft
