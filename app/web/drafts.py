"""New words for a draft, its length while they are typed, and its rejection."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.conversations.lengths import measure_for
from app.conversations.models import Account, Visibility
from app.core.clock import utc_now
from app.core.errors import ServiceError
from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep, commit_step
from app.review import drafts
from app.staff.permissions import Action, may, require
from app.web.conversation_page import refuse
from app.web.forms import AnswerForm, EditForm, ReasonForm
from app.web.ids import Id, existing_draft, existing_message
from app.web.pages import partial_page
from app.web.way import Done, on_to_the_next, stay

router = APIRouter()


@router.post("/drafts/{draft_id}/revisions")
def create_revision(
    request: Request, session: SessionDep, signed: SignedIn, draft_id: Id, form: Annotated[EditForm, Form()]
) -> Response:
    draft = existing_draft(session, draft_id)
    conversation_id, message_id = draft.conversation_id or 0, draft.message_id
    try:
        drafts.edit(
            session,
            draft_id,
            text=form.text,
            based_on=form.based_on,
            switch_ground=form.ground,
            by=signed.person,
            at=utc_now(),
        )
    except ServiceError as error:
        return refuse(
            request,
            session,
            signed,
            error,
            conversation_id=conversation_id,
            message_id=message_id,
            queue=form.queue,
            panel="edit",
            typed=form.text,
        )
    commit_step(session, "edit")
    return stay(conversation_id, message_id, queue=form.queue, done=Done.EDITED)


@router.post("/drafts/{draft_id}/measurement")
def measure_draft(
    session: SessionDep, signed: SignedIn, draft_id: Id, form: Annotated[EditForm, Form()]
) -> Response:
    require(signed.person, Action.READ)
    draft = existing_draft(session, draft_id)
    return _meter(session, draft.account_id, draft.audience, form.text, subject=f"draft-{draft_id}")


@router.post("/messages/{message_id}/measurement")
def measure_answer(
    session: SessionDep, signed: SignedIn, message_id: Id, form: Annotated[AnswerForm, Form()]
) -> Response:
    require(signed.person, Action.READ)
    message = existing_message(session, message_id)
    subject = f"message-{message_id}"
    return _meter(session, message.account_id, message.visibility, form.text, subject=subject)


@router.post("/drafts/{draft_id}/rejection")
def create_rejection(
    request: Request, session: SessionDep, signed: SignedIn, draft_id: Id, form: Annotated[ReasonForm, Form()]
) -> Response:
    draft = existing_draft(session, draft_id)
    conversation_id, message_id = draft.conversation_id or 0, draft.message_id
    try:
        drafts.reject(session, draft_id, reason=form.reason, by=signed.person, at=utc_now())
    except ServiceError as error:
        return refuse(
            request,
            session,
            signed,
            error,
            conversation_id=conversation_id,
            message_id=message_id,
            queue=form.queue,
            panel="reject",
            typed=form.reason,
        )
    if message_id is None or may(signed.person, Action.ANSWER):  # who can answer instead stays to do so
        return stay(conversation_id, message_id, queue=form.queue, done=Done.REJECTED)
    message = existing_message(session, message_id)
    return on_to_the_next(session, message, queue=form.queue, done=Done.REJECTED)


def _meter(session: Session, account_id: int, visibility: Visibility, text: str, *, subject: str) -> Response:
    account = session.get_one(Account, account_id)
    length = measure_for(account, visibility, text)
    return partial_page("drafts/_meter.html", network=account.network, length=length, subject=subject)
