"""Signing a draft: one click, on exactly the words that were read."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.core.clock import utc_now
from app.core.errors import ServiceError
from app.delivery.switch import sending_switch
from app.drafting.models import Draft, DraftStatus
from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep, commit_step
from app.review import sign_offs
from app.web.conversation_page import refuse
from app.web.forms import SignOffForm
from app.web.ids import Id, existing_draft, existing_message
from app.web.way import Done, on_to_the_next, stay

router = APIRouter()


@router.post("/drafts/{draft_id}/sign-offs")
def create_sign_off(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    draft_id: Id,
    form: Annotated[SignOffForm, Form()],
) -> Response:
    draft = existing_draft(session, draft_id)
    conversation_id, message_id = draft.conversation_id or 0, draft.message_id
    try:
        signed_draft = sign_offs.sign_off(
            session, draft_id, by=signed.person, role=form.role, fingerprint=form.fingerprint, at=utc_now()
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
            panel="sign",
        )
    commit_step(session, "sign_off")
    done = _what_happens_now(session, signed_draft)
    if message_id is None:
        return stay(conversation_id, None, queue=form.queue, done=done)
    return on_to_the_next(session, existing_message(session, message_id), queue=form.queue, done=done)


def _what_happens_now(session: Session, draft: Draft) -> Done:
    if draft.status is not DraftStatus.APPROVED:
        return Done.SIGNED
    return Done.APPROVED if sending_switch(session).is_on else Done.HELD
