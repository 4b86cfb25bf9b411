"""What changed, as server-sent events: pages then fetch the regions it concerns."""

import asyncio
import secrets
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from app.core.database import session_factory
from app.http.changes import Changes
from app.http.dependencies import NotSignedIn, current_sign_in

BEAT_SECONDS = 15.0
GATHER_SECONDS = 0.2
PROCESS = secrets.token_hex(4)
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

router = APIRouter()


@router.get("/events", include_in_schema=False)
def stream_events(request: Request) -> StreamingResponse:
    # Not SessionDep: a stream lives for hours and must not hold a database connection.
    with session_factory()() as session:
        if current_sign_in(request, session) is None:
            raise NotSignedIn("/")
    return StreamingResponse(
        _events(request.app.state.changes), media_type="text/event-stream", headers=HEADERS
    )


async def _events(changes: Changes) -> AsyncIterator[str]:
    """`conversation-7` and `queue` as things change; `beat` meanwhile: silence means trouble."""
    subjects = changes.subscribe()
    waiting = asyncio.ensure_future(anext(subjects, None))
    await asyncio.sleep(0)  # lets the subscription begin: what comes after the first beat is not missed
    try:
        yield _event("beat", state_of(changes))
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=BEAT_SECONDS)
            if not done:
                yield _event("beat")
                continue
            subject = waiting.result()
            if subject is None:
                return
            names = dict.fromkeys(event_names(subject))
            waiting = asyncio.ensure_future(anext(subjects, None))
            # What changes in quick succession is told once and after the last of it: a page that
            # counted events itself would have to drop some.
            await asyncio.sleep(GATHER_SECONDS)
            while waiting.done():
                if (subject := waiting.result()) is None:
                    return
                names |= dict.fromkeys(event_names(subject))
                waiting = asyncio.ensure_future(anext(subjects, None))
                await asyncio.sleep(0)
            for name in names:
                yield _event(name)
    finally:
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


def event_names(subject: str) -> tuple[str, ...]:
    """The events of one subject: conversation:7 concerns its page and the queue."""
    kind, _, key = subject.partition(":")
    if kind == "conversation" and key.isdecimal():
        return (f"conversation-{key}", "queue")
    return ("everything",)


def state_of(changes: Changes) -> str:
    """Differs when anything changed in between, or when another process answers."""
    return f"{PROCESS}.{changes.heard}"


def remember_state(request: Request) -> None:
    """Before a page reads anything: what it shows is at least as new as this."""
    request.state.changes = state_of(request.app.state.changes)


def _event(name: str, told: str = "") -> str:
    return f"event: {name}\ndata: {told}\n\n"
