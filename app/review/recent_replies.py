"""What an account said in public lately, so that no reply repeats it."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversations.models import Account, Direction, Message, Visibility
from app.review.accounts import voice_of


def recent_public_replies(
    session: Session, account: Account, *, at: datetime, without: Message | None = None
) -> tuple[str, ...]:
    """Newest first, as many and as old as the voice counts as recent. One statement, whatever the number."""
    recent = voice_of(account).repetition
    said = (
        select(Message.text)
        .where(
            Message.account_id == account.id,
            Message.direction == Direction.OUTBOUND,
            Message.visibility == Visibility.PUBLIC,
            Message.sent_at > at - timedelta(days=recent.days),
            Message.deleted_at.is_(None),
        )
        .order_by(Message.sent_at.desc())
        .limit(recent.replies)
    )
    if without is not None:
        said = said.where(Message.id != without.id)
    return tuple(session.scalars(said))
