"""How long answers take, counted per route for /metrics."""

import time

from prometheus_client import CollectorRegistry, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REGISTRY = CollectorRegistry()  # of this process
SECONDS = Histogram(
    "sayso_http_request_seconds",
    "Time until an answer began, by route and status.",
    ["method", "route", "status"],
    registry=REGISTRY,
)
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Timing:
    """Measures until the answer begins: a stream of changes stays open for hours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()

        async def send_and_measure(message: Message) -> None:
            if message["type"] == "http.response.start":
                SECONDS.labels(_method(scope), _route(scope), message["status"]).observe(
                    time.perf_counter() - began
                )
            await send(message)

        await self.app(scope, receive, send_and_measure)


def _route(scope: Scope) -> str:
    """The name of the function that answers: few and ours, whatever addresses strangers try."""
    return getattr(scope.get("endpoint"), "__name__", "none")


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in KNOWN_METHODS else "other"
