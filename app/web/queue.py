"""The queue: what waits for agents or for Legal, first due first."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep
from app.review.queries import queue_count, review_queue
from app.staff.permissions import Action, require
from app.web.forms import Queue
from app.web.pages import page
from app.web.queue_view import queue_lines
from app.web.way import SENTENCES, Done, own_queue

PAGE = 50

router = APIRouter()


@router.get("/")
def home(signed: SignedIn) -> Response:
    return RedirectResponse(f"/queue?role={own_queue(signed.person).value}", 303)


@router.get("/queue")
def show_queue(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    role: Queue | None = None,
    page_number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    done: Done | None = None,
    was: Annotated[int, Query(ge=0, lt=2**63)] = 0,
) -> Response:
    require(signed.person, Action.READ)
    queue = role or own_queue(signed.person)
    waiting = queue_count(session, role=queue.role)
    rows = review_queue(session, role=queue.role, limit=PAGE, offset=(page_number - 1) * PAGE)
    return page(
        request,
        session,
        signed,
        "queue/show.html",
        here=queue.value,
        queue=queue,
        rows=queue_lines(rows),
        waiting=waiting,
        page_number=page_number,
        pages=max(1, -(-waiting // PAGE)),
        first=(page_number - 1) * PAGE + 1,
        done=SENTENCES[done] if done else None,
        was=was,
    )
