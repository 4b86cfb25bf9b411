"""The web process ends at once, however many pages listen for changes."""

import threading
import time

import httpx
from fastapi import FastAPI, Request
from starlette.responses import StreamingResponse

from app.http.changes import Changes
from app.main import SECONDS_TO_FINISH
from tests.web_server import running_web

OPEN_PAGES = 5


def app_with_stream() -> FastAPI:
    web = FastAPI()
    web.state.changes = Changes()

    @web.get("/stream")
    async def stream(request: Request) -> StreamingResponse:
        return StreamingResponse(request.app.state.changes.subscribe(), media_type="text/event-stream")

    return web


def test_open_streams_do_not_hold_up_the_end() -> None:
    endings: list[str] = []

    def listen(url: str, open_pages: threading.Barrier) -> None:
        with httpx.Client(trust_env=False, timeout=20) as client, client.stream("GET", url) as answer:
            open_pages.wait(10)
            endings.append(answer.read().decode())

    pages = []
    with running_web(app_with_stream()) as url:
        all_open = threading.Barrier(OPEN_PAGES + 1)
        for _ in range(OPEN_PAGES):
            pages.append(threading.Thread(target=listen, args=(f"{url}/stream", all_open)))
            pages[-1].start()
        all_open.wait(10)
        told_to_stop = time.monotonic()
    seconds = time.monotonic() - told_to_stop
    for page in pages:
        page.join()

    assert seconds < SECONDS_TO_FINISH / 2
    assert endings == [""] * OPEN_PAGES
