"""The page of one conversation, also as the answer to a decision that could not be taken."""

from dataclasses import dataclass

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.core.clock import utc_now
from app.core.errors import ServiceError
from app.delivery.models import Delivery
from app.review.queries import conversation_file
from app.staff.models import SignInSession
from app.web.conversation_view import conversation_view
from app.web.forms import Queue
from app.web.match_view import found_entries, match_view
from app.web.pages import page
from app.web.way import SENTENCES, Done, place_in_queue
from app.web.word_diff import Change, word_diff


@dataclass(frozen=True)
class Refused:
    """A decision that could not be taken, and what the person had typed for it."""

    title: str
    detail: str
    status: int
    panel: str  # which form it came from
    typed: str
    against: list[Change] | None  # after a lost race: their words against yours


def conversation_answer(
    request: Request,
    session: Session,
    signed: SignInSession,
    conversation_id: int,
    *,
    queue: Queue,
    message_id: int | None = None,
    draft_id: int | None = None,
    done: Done | None = None,
    was: int = 0,
    refused: Refused | None = None,
    find: str = "",
) -> Response:
    now = utc_now()
    file = conversation_file(session, conversation_id)
    deliveries = session.scalars(
        select(Delivery).where(Delivery.draft_id.in_([draft.id for draft in file.drafts]))
    ).all()
    view = conversation_view(
        file,
        viewer=signed.person,
        deliveries=deliveries,
        message_id=message_id,
        draft_id=draft_id,
        role=queue.role,
        now=now,
    )
    match = match_view(session, file, view.message, view.answer, viewer=signed.person)
    return page(
        request,
        session,
        signed,
        "conversations/show.html",
        status=refused.status if refused else 200,
        here=queue.value,
        view=view,
        match=match,
        find=find,
        found=found_entries(session, find, without=match.entry_id) if match else [],
        queue=queue,
        place=place_in_queue(session, queue, after_message_id=view.message.id if view.message else None),
        done=SENTENCES[done] if done else None,
        was=was,
        refused=refused,
    )


def refuse(
    request: Request,
    session: Session,
    signed: SignInSession,
    error: ServiceError,
    *,
    conversation_id: int,
    message_id: int | None,
    queue: Queue,
    panel: str,
    typed: str = "",
) -> Response:
    """The conversation as it is now, with what went wrong and everything that was typed."""
    session.rollback()
    current = error.extra.get("current")
    against = word_diff(current["text"], typed) if current and typed else None
    return conversation_answer(
        request,
        session,
        signed,
        conversation_id,
        queue=queue,
        message_id=message_id,
        refused=Refused(error.title, error.detail, error.status, panel, typed, against),
    )
