"""The FAQ to look things up in; it is edited elsewhere."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy import select
from starlette.responses import Response

from app.core.clock import utc_now
from app.core.errors import NotFound
from app.http.dependencies import SignedIn
from app.http.sessions import SessionDep
from app.knowledge.models import EntryVersion
from app.knowledge.queries import entry_list
from app.retrieval.judgements import judgements_on
from app.staff.permissions import Action, require
from app.web.pages import page
from app.web.way import SENTENCES, Done

PAGE = 100

router = APIRouter()


@router.get("/knowledge")
def list_entries(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    q: Annotated[str, Query(max_length=200)] = "",
    page_number: Annotated[int, Query(alias="page", ge=1, le=10_000)] = 1,
) -> Response:
    require(signed.person, Action.READ)
    rows = entry_list(session, q, limit=PAGE + 1, offset=(page_number - 1) * PAGE)
    return page(
        request,
        session,
        signed,
        "knowledge/index.html",
        here="knowledge",
        rows=rows[:PAGE],
        has_more=len(rows) > PAGE,
        page_number=page_number,
        q=q,
        today=utc_now().date(),
    )


@router.get("/knowledge/{entry_id:path}")
def show_entry(
    request: Request,
    session: SessionDep,
    signed: SignedIn,
    entry_id: Annotated[str, Path(max_length=200)],
    done: Done | None = None,
) -> Response:
    require(signed.person, Action.READ)
    version = session.scalar(
        select(EntryVersion).where(
            EntryVersion.entry_id == entry_id.replace("\0", " "), EntryVersion.is_current
        )
    )
    if version is None:
        raise NotFound("There is no such entry in the FAQ.")
    return page(
        request,
        session,
        signed,
        "knowledge/show.html",
        here="knowledge",
        version=version,
        asked=judgements_on(session, version.entry_id),
        done=SENTENCES[done] if done else None,
        today=utc_now().date(),
    )
