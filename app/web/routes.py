"""All pages, and what they need of the application."""

from fastapi import APIRouter, Depends, FastAPI

from app.web import (
    conversations,
    deliveries,
    drafts,
    events,
    judgements,
    knowledge,
    messages,
    queue,
    replies,
    sending,
    sessions,
    sign_offs,
)
from app.web.pages import problem_page
from app.web.static_files import static_files

router = APIRouter(include_in_schema=False, dependencies=[Depends(events.remember_state)])
for part in (
    sessions,
    queue,
    conversations,
    drafts,
    sign_offs,
    messages,
    judgements,
    replies,
    deliveries,
    sending,
    knowledge,
    events,
):
    router.include_router(part.router)


def install(app: FastAPI) -> None:
    """Static files, and a page for every refusal."""
    app.mount("/static", static_files(), name="static")
    app.state.html_problem = problem_page
