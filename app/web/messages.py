"""What a person decides about a customer's message: to ignore it, or to answer in their own words."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from app.core.clock import utc_now
from app.core.errors import ServiceError
from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep
from app.review import answers, drafts
from app.review.acknowledging import acknowledge
from app.web.conversation_page import refuse
from app.web.forms import AnswerForm, ReasonForm, WorkForm
from app.web.ids import Id, existing_message
from app.web.way import Done, on_to_the_next, stay

router = APIRouter()


@router.post("/messages/{message_id}/outcome")
def create_outcome(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    message_id: Id,
    form: Annotated[ReasonForm, Form()],
) -> Response:
    message = existing_message(session, message_id)
    conversation_id = message.conversation_id
    try:
        drafts.ignore_message(session, message_id, reason=form.reason, by=signed.person, at=utc_now())
    except ServiceError as error:
        return refuse(
            request,
            session,
            signed,
            error,
            conversation_id=conversation_id,
            message_id=message_id,
            queue=form.queue,
            panel="ignore",
            typed=form.reason,
        )
    return on_to_the_next(session, message, queue=form.queue, done=Done.IGNORED)


@router.post("/messages/{message_id}/acknowledgement")
def create_acknowledgement(
    request: Request, session: SessionDep, signed: SignedIn, message_id: Id, form: Annotated[WorkForm, Form()]
) -> Response:
    conversation_id = existing_message(session, message_id).conversation_id
    try:
        acknowledge(session, message_id, by=signed.person, at=utc_now())
    except ServiceError as error:
        return refuse(
            request,
            session,
            signed,
            error,
            conversation_id=conversation_id,
            message_id=message_id,
            queue=form.queue,
            panel="acknowledge",
        )
    return stay(conversation_id, message_id, queue=form.queue, done=Done.ACKNOWLEDGED)


@router.post("/messages/{message_id}/drafts")
def create_draft(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    message_id: Id,
    form: Annotated[AnswerForm, Form()],
) -> Response:
    conversation_id = existing_message(session, message_id).conversation_id
    try:
        answers.answer_without_draft(session, message_id, text=form.text, by=signed.person, at=utc_now())
    except ServiceError as error:
        return refuse(
            request,
            session,
            signed,
            error,
            conversation_id=conversation_id,
            message_id=message_id,
            queue=form.queue,
            panel="write",
            typed=form.text,
        )
    return stay(conversation_id, message_id, queue=form.queue, done=Done.WRITTEN)
