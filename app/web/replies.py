"""Changing what we already posted: new words, or taking it back. Signed like any reply."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.core.clock import utc_now
from app.core.errors import ServiceError
from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep
from app.review.answers import change_posted_reply
from app.staff.models import SignInSession
from app.web.conversation_page import refuse
from app.web.forms import AnswerForm, WorkForm
from app.web.ids import Id, existing_message
from app.web.way import Done, stay

router = APIRouter()


@router.post("/replies/{reply_id}/correction")
def create_correction(
    request: Request, session: SessionDep, signed: SignedIn, reply_id: Id, form: Annotated[AnswerForm, Form()]
) -> Response:
    return _propose(request, session, signed, reply_id, form, text=form.text, done=Done.CORRECTED)


@router.post("/replies/{reply_id}/deletion")
def create_deletion(
    request: Request, session: SessionDep, signed: SignedIn, reply_id: Id, form: Annotated[WorkForm, Form()]
) -> Response:
    return _propose(request, session, signed, reply_id, form, text=None, done=Done.DELETION)


def _propose(
    request: Request,
    session: Session,
    signed: SignInSession,
    reply_id: int,
    form: WorkForm,
    *,
    text: str | None,
    done: Done,
) -> Response:
    conversation_id = existing_message(session, reply_id).conversation_id
    try:
        draft = change_posted_reply(session, reply_id, text=text, by=signed.person, at=utc_now())
    except ServiceError as error:
        return refuse(
            request,
            session,
            signed,
            error,
            conversation_id=conversation_id,
            message_id=None,
            queue=form.queue,
            panel=f"correct-{reply_id}",
            typed=text or "",
        )
    return stay(conversation_id, draft.message_id, queue=form.queue, done=done)
