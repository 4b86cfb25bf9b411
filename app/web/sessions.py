"""Signing in and out."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from app.core.clock import utc_now
from app.http.dependencies import (
    COOKIE,
    PageForm,
    SignedIn,
    clear_session_cookie,
    current_sign_in,
    set_session_cookie,
)
from app.http.same_origin import require_same_origin
from app.http.sessions import SessionDep
from app.staff.sign_in import close_session, open_session
from app.web.forms import SignInForm
from app.web.pages import bare_page

WRONG = "That name and password do not belong together. Nobody was signed in; try again."

router = APIRouter()


@router.get("/sign-in")
def show_sign_in(
    request: Request, session: SessionDep, after: Annotated[str, Query(alias="next")] = "/"
) -> Response:
    if current_sign_in(request, session) is not None:
        return RedirectResponse(safe_address(after), 303)
    return bare_page("sessions/new.html", handle="", after=safe_address(after), problem=None)


@router.post("/sign-in", dependencies=[Depends(require_same_origin)])
def create_session(session: SessionDep, form: Annotated[SignInForm, Form()]) -> Response:
    after = safe_address(form.next)
    opened = open_session(session, form.handle.strip(), form.password, at=utc_now())
    if opened is None:
        return bare_page("sessions/new.html", status=401, handle=form.handle, after=after, problem=WRONG)
    answer = RedirectResponse(after, 303)
    set_session_cookie(answer, opened)
    return answer


@router.post("/sign-out")
def delete_session(
    request: Request, session: SessionDep, signed: SignedIn, form: Annotated[PageForm, Form()]
) -> Response:
    close_session(session, request.cookies[COOKIE])
    answer = RedirectResponse("/sign-in", 303)
    clear_session_cookie(answer)
    return answer


def safe_address(after: str) -> str:
    """A page of ours to go to after signing in; anything that could lead elsewhere becomes the start."""
    try:
        parts = urlsplit(after)
    except ValueError:
        return "/"
    is_ours = after.startswith("/") and not after.startswith(("//", "/\\")) and not parts.netloc
    return after if is_ours and after.isprintable() and not parts.scheme else "/"
