"""The HTTP client below the openai client: bounded in time and in bytes, and it follows nobody elsewhere."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from contextvars import ContextVar
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2

from app.llm.faults import FaultKind, ModelFault

MOST_BYTES = 1_000_000  # a draft is a few thousand; what is larger is a fault or an attack
CONNECT_SECONDS = 5.0

# The openai client also sends what it finds in the environment (organisation, project, headers of the user's
# own) and a description of this machine. An endpoint gets what it needs to answer, and nothing else.
SENT_HEADERS = frozenset(
    {
        "host",
        "authorization",
        "content-type",
        "content-length",
        "accept",
        "accept-encoding",
        "connection",
        "user-agent",
        "x-stainless-raw-response",  # the openai client's note to itself, read back from the request
    }
)


class Watch:
    """Cuts the connection of one call when its time is up, however steadily the other side drips.

    Time-outs per read cannot do that: every byte starts them anew.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._token = _watch.set(self)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        _watch.reset(self._token)

    def notice(self, event: str, details: dict[str, Any]) -> None:
        """Hear of the connection's progress; remember its latest socket (TLS replaces the plain one)."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = details["return_value"].get_extra_info("socket")
            if self.expired:
                self._cut()

    def _expire(self) -> None:
        self.expired = True
        self._cut()

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # closed already: that is what was wanted
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


_watch: ContextVar[Watch] = ContextVar("watch")


class _Bounded(httpx2.SyncByteStream):
    """The body of an answer, up to the largest that is believed."""

    def __init__(self, body: httpx2.SyncByteStream) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        received = 0
        for chunk in self._body:
            received += len(chunk)
            if received > MOST_BYTES:
                raise ModelFault(FaultKind.TOO_LARGE, f"The answer is longer than {MOST_BYTES} bytes.")
            yield chunk

    def close(self) -> None:
        self._body.close()


def bounded_client(base_url: str, *, timeout_seconds: float) -> httpx2.Client:
    """A client for one endpoint; its calls run inside a `Watch`.

    Every call has a connection of its own: a call takes seconds, and a kept connection may have been closed
    by the server in between. Proxies of the environment are used, but never for this machine itself.
    """
    return httpx2.Client(
        trust_env=not is_loopback(base_url),
        follow_redirects=False,  # a redirect would carry the key and the customer's words elsewhere
        timeout=httpx2.Timeout(timeout_seconds, connect=min(CONNECT_SECONDS, timeout_seconds)),
        limits=httpx2.Limits(max_keepalive_connections=0),
        event_hooks={"request": [_strip], "response": [_bound]},
    )


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _strip(request: httpx2.Request) -> None:
    for name in set(request.headers) - SENT_HEADERS:
        del request.headers[name]
    request.headers["accept-encoding"] = (
        "identity"  # so that the bytes that are counted are the bytes there are
    )
    request.extensions = {**request.extensions, "trace": _watch.get().notice}


def _bound(response: httpx2.Response) -> None:
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise ModelFault(FaultKind.NO_COMPLETION, "The answer is compressed, which was not asked for.")
    if isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _Bounded(response.stream)
