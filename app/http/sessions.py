"""The one database session of a request: committed before the answer leaves."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from app.core.crash_points import crash_point
from app.core.database import session_factory

# Fewer than the engine has connections: a request that got its turn never waits for a connection
# in a thread that the others need to finish.
OPEN_AT_ONCE = 16


def session_turns() -> asyncio.Semaphore:
    """What `make_app` puts on `app.state.session_turns`."""
    return asyncio.Semaphore(OPEN_AT_ONCE)


async def session_scope(request: Request) -> AsyncIterator[Session]:
    """One session, committed when the route has returned, rolled back on any error."""
    async with request.app.state.session_turns:
        session = await run_in_threadpool(session_factory())
        try:
            yield session
            await run_in_threadpool(session.commit)
        finally:
            await run_in_threadpool(session.close)


SessionDep = Annotated[Session, Depends(session_scope, scope="function")]


def read_one_moment(session: Session) -> None:
    """From here on this session sees the database as it is now, whatever commits meanwhile.

    A page that is read in several statements must not show a reply as sent and its draft as waiting.
    """
    session.commit()
    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def commit_step(session: Session, step: str) -> None:
    """Commit here, for steps whose kill tests need to know where: `intake`, `edit`, `sign_off`."""
    crash_point(f"{step}.before_commit")
    session.commit()
    crash_point(f"{step}.after_commit")
