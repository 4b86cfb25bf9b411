"""A real HTTP server in the place of a language model: it answers as told, or misbehaves as told.

with start_model_server(answers("yes"), status(500)) as model:
    ...  # the first call is answered, every later one fails
model.received[0].body["messages"]
"""

import gzip
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
        self.send_header("content-length", str(len(body)))
        for name, value in {"content_type": "application/json", **headers}.items():
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


def floods(size: int = 10_000_000, code: int = 200) -> Behaviour:
    """A good answer, but ten megabytes of it."""
    return lambda handler, _: handler.give(code, completion("a" * size))


def floods_in_chunks(size: int = 10_000_000) -> Behaviour:
    """The same without telling before how long it is."""
    body = completion("a" * size)
    parts = [body[start : start + 65_536] for start in range(0, len(body), 65_536)]
    return sends(CHUNKED_HEAD, *(chunk(part) for part in parts), chunk(b""))


def sends(*parts: bytes) -> Behaviour:
    """Exactly these bytes on the wire, then the end of the connection."""

    def behave(handler: Handler, body: Json) -> None:
        handler.close_connection = True
        for part in parts:
            handler.wfile.write(part)
            handler.wfile.flush()

    return behave


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
CHUNKED_HEAD = HEAD + b"transfer-encoding: chunked\r\n\r\n"


def chunk(part: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(part), part)


def answers_in_chunks(text: str) -> Behaviour:
    """A good answer in pieces of a few bytes."""
    body = completion(text)
    pieces = [chunk(body[start : start + 7]) for start in range(0, len(body), 7)]
    return sends(CHUNKED_HEAD, *pieces, chunk(b""))


def cuts_the_stream(*, in_chunks: bool = True) -> Behaviour:
    """Half an answer, and the connection ends."""
    body = completion("Yes, bikes travel for 4 pounds each way.")
    half = body[: len(body) // 2]
    if in_chunks:
        return sends(CHUNKED_HEAD, chunk(half))
    return sends(HEAD + b"content-length: %d\r\n\r\n" % len(body), half)


def streams_events() -> Behaviour:
    """Server-sent events although none were asked for."""
    pieces = [{"choices": [{"index": 0, "delta": {"content": word}}]} for word in ("Yes", " you", " can")]
    events = b"".join(b"data: %s\n\n" % json.dumps(piece).encode() for piece in pieces)
    return gives(events + b"data: [DONE]\n\n", content_type="text/event-stream")


def shows_a_page(code: int = 200) -> Behaviour:
    """The HTML of a proxy or a login."""
    return gives(b"<!doctype html><title>Sign in</title><p>Please sign in.", code, content_type="text/html")


def compresses(text: str) -> Behaviour:
    """A good answer, compressed although that was not asked for."""
    return gives(gzip.compress(completion(text)), content_encoding="gzip")


def says(choices: Any, **fields: Any) -> Behaviour:
    """A completion with just these choices."""
    return gives(json.dumps({"object": "chat.completion", "choices": choices, **fields}).encode())


def calls_a_tool() -> Behaviour:
    """No words, only the wish to call a tool."""
    call = {"id": "t", "type": "function", "function": {"name": "refund", "arguments": "{}"}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return says([{"index": 0, "message": message, "finish_reason": "tool_calls"}])


def nests(depth: int = 100_000) -> Behaviour:
    """An answer whose JSON is nested deeper than anybody reads."""
    return gives(completion("[" * depth + "]" * depth))


def redirects(url: str) -> Behaviour:
    return lambda handler, _: handler.give(307, b"", location=f"{url}/chat/completions")
