"""What changed, told to open pages: one listening connection per process, many subscribers."""

import asyncio
from collections.abc import AsyncIterator

import psycopg
import structlog

from app.core.changes import CHANNEL
from app.core.database import get_engine

EVERYTHING = "everything"  # told when notifications may have been missed
END = ""  # ends a subscription
RETRY_SECONDS = 1.0
WAITING_AT_MOST = 100  # subjects a slow subscriber may have waiting
log = structlog.get_logger()


class Changes:
    """Broadcasts subjects such as conversation:7. Lives on `app.state.changes`, in one event loop."""

    def __init__(self) -> None:
        self.heard = 0  # so far in this process: a page tells by it whether something came meanwhile
        self._subscribers: set[asyncio.Queue[str]] = set()
        self._ended = False

    async def subscribe(self) -> AsyncIterator[str]:
        """Subjects as they change, until the process ends. Subscribed from the first `anext` on."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._subscribers.add(queue)
        try:
            while not self._ended and (subject := await queue.get()) != END:
                yield subject
        finally:
            self._subscribers.discard(queue)

    def broadcast(self, subject: str) -> None:
        self.heard += 1
        for queue in self._subscribers:
            if queue.qsize() >= WAITING_AT_MOST:
                _empty(queue)
                queue.put_nowait(EVERYTHING)
            else:
                queue.put_nowait(subject)

    def end(self) -> None:
        """Let every subscriber finish, so that open streams do not hold up the process's end."""
        self._ended = True
        self.broadcast(END)

    async def listen(self) -> None:
        """Runs until cancelled; reconnects by itself when the database goes away."""
        lost = False
        while True:
            try:
                await self._listen_once(was_lost=lost)
            except psycopg.Error as error:
                if not lost:
                    log.warning("changes.lost", because=type(error).__name__)
                lost = True
            await asyncio.sleep(RETRY_SECONDS)

    async def _listen_once(self, *, was_lost: bool) -> None:
        url = get_engine().url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await psycopg.AsyncConnection.connect(
            url, autocommit=True, application_name="sayso changes"
        )
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            if was_lost:
                log.info("changes.back")
                self.broadcast(EVERYTHING)
            async for notification in connection.notifies():
                self.broadcast(notification.payload)


def _empty(queue: asyncio.Queue[str]) -> None:
    while not queue.empty():
        queue.get_nowait()
