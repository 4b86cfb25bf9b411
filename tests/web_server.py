"""The product's web process on a free port, in a thread of the test: real HTTP, the test's database."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from app.main import Server, make_app
from tests.sandbox_process import free_port

SECONDS_TO_START = 10.0


@contextmanager
def running_web(web: FastAPI | None = None, *, port: int | None = None) -> Iterator[str]:
    """Base URL of a server that is gone afterwards."""
    port = port or free_port()
    server = Server(web or make_app(), host="127.0.0.1", port=port)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        _wait_until_started(server, thread)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def _wait_until_started(server: Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the web server did not start")
        time.sleep(0.01)
