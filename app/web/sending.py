"""The one switch that stops all sending."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from app.core.clock import utc_now
from app.core.errors import InvalidInput
from app.delivery.switch import switch_sending
from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep
from app.staff.permissions import Action, require
from app.web.forms import SwitchForm
from app.web.pages import page
from app.web.way import SENTENCES, Done

router = APIRouter()


@router.get("/sending")
def show_sending(
    request: Request, session: SessionDep, signed: SignedIn, done: Done | None = None
) -> Response:
    require(signed.person, Action.READ)
    said = SENTENCES[done] if done else None
    return page(request, session, signed, "sending/show.html", here="sending", done=said, problem=None)


@router.post("/sending")
def switch(
    request: Request, session: SessionDep, signed: SignedIn, form: Annotated[SwitchForm, Form()]
) -> Response:
    try:
        switch_sending(session, on=form.on, reason=form.reason, by=signed.person, at=utc_now())
    except InvalidInput as error:
        return page(
            request,
            session,
            signed,
            "sending/show.html",
            status=error.status,
            here="sending",
            done=None,
            problem=error.detail,
        )
    return RedirectResponse(f"/sending?done={(Done.RESUMED if form.on else Done.STOPPED).value}", 303)
