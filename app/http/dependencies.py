"""Who is asking: programs with a token, people with a cookie."""

import secrets
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from app.core.clock import utc_now
from app.core.settings import get_settings
from app.http.same_origin import READING, FromElsewhere, require_same_origin
from app.http.sessions import SessionDep
from app.staff import sign_in
from app.staff.models import Person, SignInSession

COOKIE = "sayso_session"
CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf_token"
SIGN_IN = "/sign-in"

bearer = HTTPBearer(auto_error=False, description="A personal token: sayso token PERSON")


class PageForm(BaseModel):
    """What every form of a page has; anything unknown is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    csrf_token: str = ""  # checked by `signed_in`, before the form's own fields


class NotSignedIn(Exception):
    """Nobody is signed in; `after` is the page to come back to."""

    def __init__(self, after: str) -> None:
        self.after = after


def person_of_request(
    session: SessionDep, given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> Person:
    """Whose token this is; without a valid one 401."""
    person = sign_in.person_of_token(session, given.credentials) if given else None
    if person is None:
        detail = "Send a valid personal token in the header: Authorization: Bearer sayso_..."
        raise HTTPException(401, detail, headers={"WWW-Authenticate": 'Bearer realm="sayso"'})
    return person


BearerPerson = Annotated[Person, Depends(person_of_request, scope="function")]


async def signed_in(request: Request, session: SessionDep) -> SignInSession:
    """The session of this browser. For anything but reading, the page must be ours and prove it."""
    found = await run_in_threadpool(current_sign_in, request, session)
    if found is None:
        raise NotSignedIn(request.url.path if request.method in READING else "/")
    if request.method not in READING:
        require_same_origin(request)
        await _require_csrf_token(request, found)
    return found


SignedIn = Annotated[SignInSession, Depends(signed_in, scope="function")]


def current_sign_in(request: Request, session: SessionDep) -> SignInSession | None:
    """The session of this browser, if somebody is signed in. Checks nothing else."""
    cookie = request.cookies.get(COOKIE)
    return sign_in.current_session(session, cookie, at=utc_now()) if cookie else None


def set_session_cookie(response: Response, opened: sign_in.OpenedSession) -> None:
    response.set_cookie(
        COOKIE,
        opened.cookie,
        max_age=int(sign_in.SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=get_settings().secure_cookies,
    )


def clear_session_cookie(response: Response) -> None:
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=get_settings().secure_cookies)


def install_sign_in_redirect(app: FastAPI) -> None:
    app.add_exception_handler(NotSignedIn, _to_sign_in)


async def _require_csrf_token(request: Request, found: SignInSession) -> None:
    token = request.headers.get(CSRF_HEADER) or (await request.form()).get(CSRF_FIELD)
    if not isinstance(token, str) or not secrets.compare_digest(token.encode(), found.csrf_token.encode()):
        raise FromElsewhere


def _to_sign_in(request: Request, error: Exception) -> Response:
    after = error.after if isinstance(error, NotSignedIn) else "/"
    address = f"{SIGN_IN}?next={quote(after)}" if after != "/" else SIGN_IN
    if request.headers.get("hx-request"):  # a fragment must not be replaced by a sign-in form
        return Response(status_code=401, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)
