"""A real HTTP server in the place of a language model: it answers as told, or misbehaves as told.

with start_model_server(answers("yes"), status(500)) as model:
    ...  # the first call is answered, every later one fails
model.received[0].body["messages"]
"""

import json
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]
Behaviour = Callable[["Handler", Json], None]


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]  # names in lower case
    body: Json

    @property
    def user(self) -> str:
        """What the last message of the call says."""
        return str(self.body["messages"][-1]["content"])


@dataclass
class ModelServer:
    """Its behaviours are used up one call at a time; the last one stays."""

    url: str
    behaviours: list[Behaviour]
    received: list[Received] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def next_behaviour(self) -> Behaviour:
        return self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model: ModelServer

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        body = json.loads(self.rfile.read(length))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.model.received.append(Received(self.path, headers, body))
        with suppress(ConnectionError):  # whoever asked may have hung up
            self.model.next_behaviour()(self, body)

    def give(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on the tests' terminal."""


@contextmanager
def start_model_server(*behaviours: Behaviour) -> Iterator[ModelServer]:
    """A model server on a free port of this machine; without behaviours it answers "yes"."""

    class Bound(Handler):
        """The handler of this one server."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    server.daemon_threads = True
    model = ModelServer(f"http://127.0.0.1:{server.server_port}/v1", list(behaviours) or [answers("yes")])
    Bound.model = model
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def completion(text: str | None, *, finish_reason: str = "stop", refusal: str | None = None) -> bytes:
    """The body of a chat completion."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    usage = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}
    return json.dumps(
        {
            "id": "c1",
            "object": "chat.completion",
            "created": 1,
            "model": "stand-in",
            "choices": [choice],
            "usage": usage,
        }
    ).encode()


def answers(text: str | Json | Callable[[Json], str]) -> Behaviour:
    """A good answer: this text, this JSON, or what a function makes of the call's body."""

    def behave(handler: Handler, body: Json) -> None:
        said = text(body) if callable(text) else text
        handler.give(200, completion(said if isinstance(said, str) else json.dumps(said)))

    return behave


def gives(body: bytes, code: int = 200, **headers: str) -> Behaviour:
    """Exactly these bytes."""
    return lambda handler, _: handler.give(code, body, **headers)


def status(code: int, **headers: str) -> Behaviour:
    """An HTTP error; headers are written with underscores."""
    return gives(b'{"error": {"message": "as told", "type": "test", "code": null}}', code, **headers)


def refuses() -> Behaviour:
    return gives(completion(None, refusal="I would rather not."))


def filters() -> Behaviour:
    return gives(completion("Half a", finish_reason="content_filter"))


def cuts_off() -> Behaviour:
    return gives(completion("And then we", finish_reason="length"))


def hangs() -> Behaviour:
    """Take the call and say nothing until the server closes."""

    def behave(handler: Handler, body: Json) -> None:
        handler.model.closing.wait(60)

    return behave


def resets() -> Behaviour:
    """Break the connection off with a TCP reset."""

    def behave(handler: Handler, body: Json) -> None:
        linger_not = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
        handler.close_connection = True
        os.close(handler.connection.detach())

    return behave


def drips(every_seconds: float = 0.05, *, in_headers: bool = False) -> Behaviour:
    """Send one byte at a time, for longer than anybody should wait."""

    def behave(handler: Handler, body: Json) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        handler.wfile.write(b"x-slow: " if in_headers else b"content-length: 9999\r\n\r\n")
        while not handler.model.closing.is_set():
            handler.wfile.write(b" ")
            time.sleep(every_seconds)

    return behave


def floods(size: int = 10_000_000) -> Behaviour:
    """A good answer, but ten megabytes of it."""
    return lambda handler, _: handler.give(200, completion("a" * size))


def redirects(url: str) -> Behaviour:
    return lambda handler, _: handler.give(307, b"", location=f"{url}/chat/completions")
