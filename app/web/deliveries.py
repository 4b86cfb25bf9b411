"""What a person saw on the network about a post nobody is sure of."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from app.core.clock import utc_now
from app.core.errors import NotFound, ServiceError
from app.delivery.models import Delivery
from app.delivery.records import resolve
from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep
from app.web.conversation_page import refuse
from app.web.forms import ResolutionForm
from app.web.ids import Id, existing_draft
from app.web.way import Done, stay

router = APIRouter()


@router.post("/deliveries/{delivery_id}/resolution")
def create_resolution(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    delivery_id: Id,
    form: Annotated[ResolutionForm, Form()],
) -> Response:
    delivery = session.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound(f"There is no delivery {delivery_id}.")
    draft = existing_draft(session, delivery.draft_id)
    conversation_id, message_id = draft.conversation_id or 0, draft.message_id
    seen = form.external_id.strip() or None
    try:
        resolve(session, delivery_id, arrived=form.arrived, external_id=seen, by=signed.person, at=utc_now())
    except ServiceError as error:
        return refuse(
            request,
            session,
            signed,
            error,
            conversation_id=conversation_id,
            message_id=message_id,
            queue=form.queue,
            panel="delivery",
        )
    done = Done.FOUND if form.arrived else Done.NOT_FOUND
    return stay(conversation_id, message_id, queue=form.queue, done=done)
