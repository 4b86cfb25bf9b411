"""What protects pages: cookies, CSRF tokens, the page a write comes from, headers, refusals for people."""

from collections.abc import Iterator
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Form, Response

from app.core.clock import utc_now
from app.core.database import transaction
from app.http.changes import Changes
from app.http.dependencies import (
    COOKIE,
    PageForm,
    SignedIn,
    clear_session_cookie,
    install_sign_in_redirect,
    set_session_cookie,
)
from app.http.headers import CONTENT_SECURITY_POLICY, SecurityHeaders
from app.http.problems import install_problems
from app.http.same_origin import require_same_origin
from app.http.sessions import SessionDep, session_turns
from app.staff import sign_in
from app.staff.models import Person, Role
from app.staff.passwords import hash_password
from tests.factories import make_person
from tests.web_server import running_web

router = APIRouter()


class RenameForm(PageForm):
    name: str


@router.post("/enter", dependencies=[Depends(require_same_origin)])
def enter(session: SessionDep) -> Response:
    opened = sign_in.open_session(session, "agent", "a good password", at=utc_now())
    response = Response()
    assert opened is not None
    set_session_cookie(response, opened)
    return response


@router.get("/page")
def show_page(signed_in: SignedIn) -> str:
    return signed_in.csrf_token


@router.post("/page")
def rename(signed_in: SignedIn, form: Annotated[RenameForm, Form()]) -> str:
    signed_in.person.name = form.name
    return form.name


@router.post("/leave")
def leave(signed_in: SignedIn) -> Response:
    response = Response()
    clear_session_cookie(response)
    return response


def small_app() -> FastAPI:
    """The guards without the product's pages."""
    web = FastAPI()
    web.state.session_turns = session_turns()
    web.state.changes = Changes()
    web.include_router(router)
    install_problems(web)
    install_sign_in_redirect(web)
    web.add_middleware(SecurityHeaders)
    return web


@pytest.fixture
def browser(database_url: str) -> Iterator[httpx.Client]:
    with transaction() as session:
        make_person(session, "agent", Role.AGENT).password_hash = hash_password("a good password")
    with running_web(small_app()) as url, httpx.Client(base_url=url, trust_env=False) as client:
        client.headers["Origin"] = url
        yield client


def test_a_page_without_a_session_leads_to_sign_in_and_back(browser: httpx.Client) -> None:
    read, written = browser.get("/page"), browser.post("/page", data={"name": "X"})

    assert (read.status_code, read.headers["location"]) == (303, "/sign-in?next=/page")
    assert (written.status_code, written.headers["location"]) == (303, "/sign-in")


def test_a_fragment_without_a_session_is_not_replaced_by_a_form(browser: httpx.Client) -> None:
    answer = browser.get("/page", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?next=/page")


def test_the_cookie_is_for_this_site_and_not_for_scripts(browser: httpx.Client) -> None:
    cookie = browser.post("/enter").headers["set-cookie"].lower()

    assert cookie.startswith(f"{COOKIE}=")
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in cookie.split(";")}


def test_a_cookie_of_nobody_is_no_session(browser: httpx.Client) -> None:
    browser.cookies.set(COOKIE, "made up")

    assert browser.get("/page").status_code == 303


def test_a_write_needs_the_sessions_own_token(browser: httpx.Client) -> None:
    browser.post("/enter")
    token = browser.get("/page").json()

    by_field = browser.post("/page", data={"name": "By field", "csrf_token": token})
    by_header = browser.post("/page", data={"name": "By header"}, headers={"X-CSRF-Token": token})
    without = browser.post("/page", data={"name": "Without"})
    wrong = browser.post("/page", data={"name": "Wrong", "csrf_token": "é" + token})

    assert [by_field.status_code, by_header.status_code] == [200, 200]
    assert [without.status_code, wrong.status_code] == [403, 403]
    with transaction() as session:
        assert [person.name for person in session.query(Person)] == ["By header"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_write_from_a_foreign_page_is_refused_with_the_right_token_too(
    browser: httpx.Client, headers: dict[str, str]
) -> None:
    browser.post("/enter")
    form = {"name": "X", "csrf_token": browser.get("/page").json()}

    assert browser.post("/page", data=form, headers=headers).status_code == 403
    assert browser.post("/enter", headers=headers).status_code == 403
    assert browser.post("/page", data=form, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_leaving_removes_the_cookie(browser: httpx.Client) -> None:
    browser.post("/enter")
    browser.post("/leave", headers={"X-CSRF-Token": browser.get("/page").json()})

    assert COOKIE not in browser.cookies


def test_every_answer_carries_the_policy_and_is_not_cached(browser: httpx.Client) -> None:
    for answer in (browser.get("/page"), browser.get("/nowhere")):
        assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"


def test_a_person_is_told_in_plain_words_and_an_unknown_field_is_refused(browser: httpx.Client) -> None:
    browser.post("/enter")
    form = {"name": "X", "csrf_token": browser.get("/page").json(), "is_admin": "1"}

    lost, unknown = browser.get("/nowhere"), browser.post("/page", data=form)

    assert (lost.status_code, lost.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert lost.text == "Not Found\n\nThere is nothing at this address.\n"
    assert (unknown.status_code, "The field is_admin is not known here." in unknown.text) == (422, True)
