"""A draft as decisions need it: locked, with its words, its grounds and its signatures."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.conversations.models import Account, Conversation, Direction, Message
from app.core.errors import NotFound
from app.drafting.models import Draft, Revision, RevisionPassage
from app.review.models import SignOff

DRAFT_PARTS = (
    joinedload(Draft.message),
    joinedload(Draft.corrects),
    joinedload(Draft.conversation).joinedload(Conversation.account),
    selectinload(Draft.revisions).selectinload(Revision.passages).joinedload(RevisionPassage.version),
    selectinload(Draft.revisions).selectinload(Revision.checks),
    selectinload(Draft.revisions).selectinload(Revision.required),
    selectinload(Draft.revisions).joinedload(Revision.author),
)


def lock_draft(session: Session, draft_id: int) -> Draft:
    """The draft, locked until the transaction ends: decisions about it happen one after the other."""
    locked = session.scalar(select(Draft.id).where(Draft.id == draft_id).with_for_update())
    if locked is None:
        raise NotFound(f"There is no draft {draft_id}.")
    statement = select(Draft).where(Draft.id == draft_id).options(*DRAFT_PARTS)
    return session.scalars(statement.execution_options(populate_existing=True)).unique().one()


def account_of(session: Session, draft: Draft) -> Account:
    return session.get_one(Account, draft.account_id)


def sign_offs_of(session: Session, draft: Draft) -> list[SignOff]:
    """Every decision about this draft, oldest first."""
    return list(session.scalars(select(SignOff).where(SignOff.draft_id == draft.id).order_by(SignOff.id)))


def newest_message_at(session: Session, draft: Draft) -> datetime | None:
    """When the customer last wrote in this conversation, as we received it."""
    if draft.conversation_id is None:
        return None
    return session.scalar(
        select(func.max(Message.received_at)).where(
            Message.conversation_id == draft.conversation_id, Message.direction == Direction.INBOUND
        )
    )
