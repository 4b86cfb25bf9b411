"""When the customer writes again, what was signed before has to be read again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversations.models import Message
from app.core.changes import announce
from app.drafting.models import Draft, DraftStatus, Origin
from app.review.drafts import LIVE, void_sign_offs
from app.review.loading import lock_draft, sign_offs_of

WROTE_AGAIN = "The customer wrote again after it was signed"


def void_signatures_before(session: Session, message_id: int, *, at: datetime) -> None:
    """Void the signatures on other drafts of this conversation that were given before this message."""
    message = session.get_one(Message, message_id)
    others = session.scalars(
        select(Draft.id)
        .where(
            Draft.conversation_id == message.conversation_id,
            Draft.message_id != message.id,
            Draft.status.in_(LIVE),
            Draft.origin == Origin.LIVE,
            Draft.posting_since.is_(None),
        )
        .order_by(Draft.id)
    ).all()
    for draft_id in others:
        draft = lock_draft(session, draft_id)
        signed = [one for one in sign_offs_of(session, draft) if one.voided_at is None]
        if draft.posting_since is not None or not any(one.signed_at < message.received_at for one in signed):
            continue
        if draft.status is DraftStatus.APPROVED:
            draft.move_to(DraftStatus.PROPOSED)
        draft.reason = WROTE_AGAIN
        void_sign_offs(session, draft, reason=WROTE_AGAIN, at=at)
        announce(session, f"conversation:{draft.conversation_id}")
