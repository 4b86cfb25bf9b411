"""The web process: pages and JSON API on one port. Wiring only."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

import app.api.routes
import app.web.routes
from app.core.logging import configure_logging
from app.core.settings import get_settings
from app.http.body import BodyLimit
from app.http.changes import Changes
from app.http.dependencies import install_sign_in_redirect
from app.http.headers import SecurityHeaders
from app.http.problems import install_problems
from app.http.sessions import session_turns
from app.http.timing import Timing

SECONDS_TO_FINISH = 3  # for requests in flight when the process is told to stop


@asynccontextmanager
async def lifespan(web: FastAPI) -> AsyncIterator[None]:
    listening = asyncio.create_task(web.state.changes.listen())
    yield
    web.state.changes.end()
    listening.cancel()


def make_app() -> FastAPI:
    """Pages and API. It connects to nothing before the first request or its start."""
    web = FastAPI(
        title="Sayso",
        summary="Drafts of replies to customers, signed by people, posted word for word, once.",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,  # their pages load scripts from other people's servers
        redoc_url=None,
        redirect_slashes=False,  # an address is right or wrong; a program must not lose its body on the way
        lifespan=lifespan,
    )
    web.state.session_turns = session_turns()
    web.state.changes = Changes()
    install_problems(web)
    install_sign_in_redirect(web)
    web.include_router(app.api.routes.router)
    web.include_router(app.web.routes.router)
    app.web.routes.install(web)
    for outwards in (BodyLimit, SecurityHeaders, Timing):
        web.add_middleware(outwards)
    return web


class Server(uvicorn.Server):
    """Ends open streams of changes when told to stop, instead of waiting for browsers to leave."""

    def __init__(self, web: FastAPI, *, host: str, port: int) -> None:
        super().__init__(
            uvicorn.Config(
                web,
                host=host,
                port=port,
                ws="none",
                access_log=False,
                server_header=False,
                log_config=None,
                timeout_graceful_shutdown=SECONDS_TO_FINISH,
            )
        )
        self._changes: Changes = web.state.changes

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._changes.end()
        await super().shutdown(sockets)


def main() -> None:
    configure_logging()
    settings = get_settings()
    Server(make_app(), host=settings.host, port=settings.port).run()


if __name__ == "__main__":
    main()
