"""A small real HTTP server in Sayso's place. It answers what it is told and keeps what it was sent."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self


@dataclass(frozen=True)
class Delivered:
    path: str
    authorization: str
    message: dict[str, Any]


@dataclass
class SaysoStub:
    """`answers` are used up one per request, as (status, body); then everything is taken with 202.

    A message that says `breaks_at` gets no answer: the connection is closed on it.
    """

    port: int = 0
    breaks_at: str | None = None
    answers: list[tuple[int, bytes]] = field(default_factory=list)
    received: list[Delivered] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), handler_for(self))
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def texts(self) -> list[str]:
        return [each.message["text"] for each in self.received]


def handler_for(stub: SaysoStub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            authorization = self.headers["Authorization"] or ""
            stub.received.append(Delivered(self.path, authorization, json.loads(body)))
            if stub.breaks_at == stub.received[-1].message["text"]:
                self.close_connection = True
                return
            status, answer = stub.answers.pop(0) if stub.answers else (202, b"{}")
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Quiet: the tests look at what was received."""

    return Handler


def wait_until(condition: Callable[[], bool], *, seconds: float = 8.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
