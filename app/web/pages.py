"""How a page is made: one environment, everything escaped, nothing undefined goes unnoticed."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse

from app.core.clock import utc_now
from app.http.problems import Problem
from app.staff.models import SignInSession
from app.staff.permissions import Action, may
from app.web.marks import name_of_label, plain, segments
from app.web.sending_state import sending_state
from app.web.static_files import address_of
from app.web.words import NETWORKS, ROLES, due_in_words, exact_time, listed

HERE = Path(__file__).parent

TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals.update(NETWORKS=NETWORKS, ROLES=ROLES, Action=Action, may=may, static=address_of)
TEMPLATES.filters.update(segments=segments, listed=listed, name_of_label=name_of_label, plain=plain)


def page(
    request: Request,
    session: Session,
    signed: SignInSession,
    template: str,
    *,
    status: int = 200,
    here: str = "",
    **context: Any,
) -> HTMLResponse:
    """A page of somebody who is signed in. `here` names the part of the site it belongs to."""
    now = utc_now()
    body = TEMPLATES.get_template(template).render(
        person=signed.person,
        csrf_token=signed.csrf_token,
        sending=sending_state(session),
        here=here,
        changes=request.state.changes,
        **_clock(now),
        **context,
    )
    return html(body, status)


def bare_page(template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page for somebody unknown: it tells nothing about the house."""
    rendered = TEMPLATES.get_template(template).render(person=None, here="", **_clock(utc_now()), **context)
    return html(rendered, status)


def partial_page(template: str, **context: Any) -> HTMLResponse:
    """One region, for HTMX."""
    return html(TEMPLATES.get_template(template).render(**_clock(utc_now()), **context), 200)


def problem_page(request: Request, problem: Problem) -> HTMLResponse:
    """What a person sees when something was refused."""
    answer = bare_page("problems/show.html", status=problem.status, problem=problem)
    answer.headers.update(problem.headers)
    return answer


def html(body: str, status: int) -> HTMLResponse:
    # What was asked for may hold text that no encoding can: an answer is still an answer.
    return HTMLResponse(body.encode("utf-8", "replace"), status)


def _clock(now: datetime) -> dict[str, Any]:
    return {
        "now": now,
        "due_words": partial(due_in_words, now=now),
        "exact": partial(exact_time, now=now),
    }
