"""Wires the network together: ledger, API, pages, webhook."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from sandbox.api import Api
from sandbox.environment import Environment
from sandbox.ledger import Ledger
from sandbox.misbehaviour import refusal
from sandbox.network import Network
from sandbox.pages import Pages
from sandbox.problems import Problem, problem_response
from sandbox.security import READING, Security
from sandbox.webhook import Webhook

log = logging.getLogger("sandbox")

STATIC = Path(__file__).parent / "static"


def build_app(environment: Environment) -> Starlette:
    """The ledger is opened here, so that a second process on it fails before it listens."""
    network = Network(Ledger(environment.home))
    webhook = Webhook(network, environment)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        telling = asyncio.create_task(webhook.run())
        telling.add_done_callback(stop_when_crashed)
        yield
        telling.cancel()
        network.ledger.close()

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)  # noqa: S101 -- registered for this class only
        if request.method not in READING:
            network.refuse(refusal(request, error.status, error.detail, mode=None, at=datetime.now(UTC)))
        return problem_response(error)

    return Starlette(
        routes=[
            *Api(network, webhook).routes(),
            *Pages(network, webhook).routes(),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(Security)],
        exception_handlers={Problem: refused, HTTPException: not_routed, Exception: failed},
        lifespan=lifespan,
    )


def stop_when_crashed(telling: asyncio.Task[None]) -> None:
    """A network that no longer tells Sayso anything must not look healthy."""
    if not telling.cancelled() and telling.exception() is not None:
        log.critical("the webhook stopped", exc_info=telling.exception())
        signal.raise_signal(signal.SIGTERM)


async def not_routed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for this class only
    headers = dict(error.headers) if error.headers else None
    return problem_response(Problem(HTTPStatus(error.status_code), error.detail), headers=headers)


async def failed(request: Request, error: Exception) -> Response:
    return problem_response(Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "The sandbox network itself failed"))
