"""Ids in addresses: whatever PostgreSQL's bigint can hold."""

from typing import Annotated

from fastapi import Path
from sqlalchemy.orm import Session

from app.conversations.models import Message
from app.core.errors import NotFound
from app.drafting.models import Draft

Id = Annotated[int, Path(ge=1, lt=2**63)]


def existing_draft(session: Session, draft_id: int) -> Draft:
    """The draft, not locked: to know where it belongs. Raises `NotFound`."""
    draft = session.get(Draft, draft_id)
    if draft is None or draft.conversation_id is None:
        raise NotFound(f"There is no draft {draft_id}.")
    return draft


def existing_message(session: Session, message_id: int) -> Message:
    """The message, not locked. Raises `NotFound`."""
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound(f"There is no message {message_id}.")
    return message
