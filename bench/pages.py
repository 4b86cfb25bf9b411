"""Pages as an agent's browser gets them, at two numbers of open conversations."""

import asyncio
import http.client
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from sqlalchemy import event, func, select

from app.conversations.models import Conversation
from app.core.clock import utc_now
from app.core.database import get_engine, transaction
from app.http.dependencies import COOKIE
from app.main import make_app
from app.review.queries import review_queue
from app.staff.models import Role
from app.staff.sign_in import open_session
from bench.figures import percentile
from bench.ground import Ground
from bench.many import copy_until, make_originals
from bench.processes import start, wait_until_it_answers
from tests.sandbox_process import free_port

WARM_UP = 10


@dataclass(frozen=True)
class Page:
    """One page's times and what it asks of the database."""

    p50_ms: float
    p95_ms: float
    statements: int
    bytes: int


@dataclass(frozen=True)
class Size:
    """The pages at one number of conversations."""

    conversations: int
    queue: Page
    last_queue_page: Page
    conversation: Page


@dataclass(frozen=True)
class Pages:
    hello: Page
    sizes: list[Size]


def measure_pages(ground: Ground, *, originals: int, sizes: Sequence[int], asked: int) -> Pages:
    """`asked` requests per page, one after the other, by one signed-in agent."""
    port, bare_port = free_port(), free_port()
    make_originals(originals)
    with transaction() as session:
        opened = open_session(session, "agent", ground.passwords["agent"], at=utc_now())
    if opened is None:
        raise RuntimeError("the agent of the demo cannot sign in")
    web = start("pages", "app.main", logs=ground.home, SAYSO_PORT=str(port))
    bare = start("hello", "bench.hello", str(bare_port), logs=ground.home)
    try:
        wait_until_it_answers(web, f"http://127.0.0.1:{port}/healthz")
        wait_until_it_answers(bare, f"http://127.0.0.1:{bare_port}/hello")
        hello = _page(f"http://127.0.0.1:{bare_port}", "/hello", cookie="", asked=asked, statements=0)
        browser = _Browser(f"http://127.0.0.1:{port}", opened.cookie, asked)
        return Pages(hello, [_at_size(browser, size, originals=originals) for size in sizes])
    finally:
        web.stop()
        bare.stop()


@dataclass(frozen=True)
class _Browser:
    url: str
    cookie: str
    asked: int

    def page(self, path: str) -> Page:
        statements = _statements_of(path, self.cookie)
        return _page(self.url, path, cookie=self.cookie, asked=self.asked, statements=statements)


def _at_size(browser: _Browser, size: int, *, originals: int) -> Size:
    copy_until(size, originals=originals)
    with transaction() as session:
        held = session.scalar(select(func.count(Conversation.id))) or 0
        first = review_queue(session, role=Role.AGENT, limit=1)[0]
    return Size(
        conversations=held,
        queue=browser.page("/queue"),
        last_queue_page=browser.page(f"/queue?page={max(1, held // 100)}"),
        conversation=browser.page(f"/conversations/{first.conversation_id}"),
    )


def _page(url: str, path: str, *, cookie: str, asked: int, statements: int) -> Page:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    times, size = [], 0
    for turn in range(WARM_UP + asked):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"{COOKIE}={cookie}"})
        answer = connection.getresponse()
        size = len(answer.read())
        if turn >= WARM_UP:
            times.append((time.perf_counter() - began) * 1000)
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
    connection.close()
    return Page(percentile(times, 0.5), percentile(times, 0.95), statements, size)


def _statements_of(path: str, cookie: str) -> int:
    """Statements that one request sends, counted in this process on the same database."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        sent.append(statement)

    async def ask() -> int:
        transport = httpx.ASGITransport(make_app())
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return (await client.get(path, headers={"Cookie": f"{COOKIE}={cookie}"})).status_code

    event.listen(get_engine(), "before_cursor_execute", note)
    try:
        status = asyncio.run(ask())
    finally:
        event.remove(get_engine(), "before_cursor_execute", note)
    if status != httpx.codes.OK:
        raise RuntimeError(f"{path} answered {status}")
    return len(sent)
