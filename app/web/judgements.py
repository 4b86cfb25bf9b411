"""What a person says about a match: it is right, another entry is, or none; and taking that back."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from app.conversations.models import Message
from app.core.clock import utc_now
from app.core.errors import InvalidInput, NotFound, ServiceError
from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep
from app.retrieval.judging import withdraw_judgement
from app.retrieval.models import MatchJudgement, Verdict
from app.review import matches
from app.review.drafts import live_draft_id
from app.staff.models import Person
from app.staff.permissions import Action, require
from app.web.conversation_page import refuse
from app.web.forms import JudgementForm, WithdrawalForm
from app.web.ids import Id, existing_message
from app.web.match_view import found_entries
from app.web.pages import partial_page
from app.web.way import Done, stay

DONE = {
    Verdict.CONFIRMED: Done.MATCH_CONFIRMED,
    Verdict.CORRECTED: Done.MATCH_SWAPPED,
    Verdict.NONE_FITS: Done.NONE_FITS,
}

router = APIRouter()


@router.post("/messages/{message_id}/judgements")
def create_judgement(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    message_id: Id,
    form: Annotated[JudgementForm, Form()],
) -> Response:
    message = existing_message(session, message_id)
    conversation_id = message.conversation_id
    try:
        _judge(session, message, form, by=signed.person)
    except ServiceError as error:
        return refuse(
            request,
            session,
            signed,
            error,
            conversation_id=conversation_id,
            message_id=message_id,
            queue=form.queue,
            panel="match",
        )
    done = DONE[form.verdict]
    if done is Done.MATCH_SWAPPED and live_draft_id(session, message_id) is None:
        done = Done.NO_WORDING
    return stay(conversation_id, message_id, queue=form.queue, done=done)


@router.get("/messages/{message_id}/entries")
def list_found_entries(
    session: SessionDep,
    signed: SignedIn,
    message_id: Id,
    find: Annotated[str, Query(max_length=200)] = "",
    without: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Entries to choose instead, as somebody types what they look for."""
    require(signed.person, Action.READ)
    existing_message(session, message_id)
    return partial_page("matches/_found.html", found=found_entries(session, find, without=without), find=find)


@router.post("/judgements/{judgement_id}/withdrawal")
def create_withdrawal(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    judgement_id: Id,
    form: Annotated[WithdrawalForm, Form()],
) -> Response:
    judgement = session.get(MatchJudgement, judgement_id)
    if judgement is None:
        raise NotFound(f"There is no judgement {judgement_id}.")
    message = existing_message(session, judgement.message_id)
    conversation_id, message_id, entry_id = message.conversation_id, message.id, judgement.entry_id
    if form.from_entry and entry_id is not None:
        withdraw_judgement(session, judgement_id, by=signed.person, at=utc_now())
        return RedirectResponse(f"/knowledge/{entry_id}?done={Done.MATCH_WITHDRAWN.value}", 303)
    try:
        withdraw_judgement(session, judgement_id, by=signed.person, at=utc_now())
    except ServiceError as error:
        return refuse(
            request,
            session,
            signed,
            error,
            conversation_id=conversation_id,
            message_id=message_id,
            queue=form.queue,
            panel="match",
        )
    return stay(conversation_id, message_id, queue=form.queue, done=Done.MATCH_WITHDRAWN)


def _judge(session: Session, message: Message, form: JudgementForm, *, by: Person) -> None:
    based_on, at = form.based_on or None, utc_now()
    if form.verdict is Verdict.CONFIRMED:
        matches.confirm(session, message.id, based_on=based_on, by=by, at=at)
    elif form.verdict is Verdict.NONE_FITS:
        matches.none_fits(session, message.id, based_on=based_on, by=by, at=at)
    elif form.entry_id:
        matches.swap(session, message.id, entry_id=form.entry_id, based_on=based_on, by=by, at=at)
    else:
        raise InvalidInput("Say which entry answers the message.")
