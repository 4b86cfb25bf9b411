"""Ways a connection can end without an answer. They need the TCP transport, which ASGI hides."""

import asyncio
import socket
import struct
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

EXTENSION = "sandbox.transport"


class ProtocolWithTransport(H11Protocol):
    """uvicorn's HTTP/1.1, handing each request the transport it came in by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.app = self._with_transport(self.app)

    def _with_transport(self, app: ASGIApp) -> ASGIApp:
        async def call(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[EXTENSION] = self.transport
            await app(scope, receive, send)

        return call


class ConnectionReset(Response):
    """The peer sees ECONNRESET, not an orderly end."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport: asyncio.Transport = scope["extensions"][EXTENSION]
        # Lingering for 0 s makes close() send RST and drop what is unsent.
        linger = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
        await until_disconnected(receive)


class Silence(Response):
    """No byte for `seconds`, then the connection ends; sooner if the peer gives up first."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport: asyncio.Transport = scope["extensions"][EXTENSION]
        gone = asyncio.ensure_future(until_disconnected(receive))
        try:
            await asyncio.wait({gone}, timeout=self.seconds)
        finally:
            # Also when the network is stopped meanwhile: uvicorn would answer 500 to what it cancels.
            transport.abort()
        await gone


async def until_disconnected(receive: Receive) -> None:
    """uvicorn would write a 500 to an open connection left without an answer."""
    while (await receive())["type"] != "http.disconnect":
        pass
