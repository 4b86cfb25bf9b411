"""Hearing that something was published: one listening connection, in a thread of its own."""

import threading
from collections.abc import Callable

import psycopg
import structlog
from sqlalchemy.exc import DBAPIError

from app.core.database import get_engine
from app.core.errors import ServiceError
from app.knowledge.revision import CHANNEL

LOOK_SECONDS = 5.0  # also without word: a connection can be dead without anybody having said so
FIRST_PAUSE_SECONDS = 0.5  # doubled each time
LONGEST_PAUSE_SECONDS = 15.0
log = structlog.get_logger()


class Listening:
    """Calls `refresh` at the start, at every word, and every few seconds: a lost word costs only time."""

    def __init__(
        self,
        refresh: Callable[[], None],
        *,
        look_seconds: float = LOOK_SECONDS,
        first_pause_seconds: float = FIRST_PAUSE_SECONDS,
    ) -> None:
        self._refresh = refresh
        self._look_seconds = look_seconds
        self._first_pause_seconds = first_pause_seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index-listening", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends at its next look."""
        self._stopping.set()

    def join(self, seconds: float) -> None:
        """Wait for its end."""
        self._thread.join(seconds)

    def _run(self) -> None:
        pause = self._first_pause_seconds
        while not self._stopping.is_set():
            try:
                with _connection() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._refresh()
                    pause = self._first_pause_seconds
                    self._hear(connection)
            except (psycopg.Error, DBAPIError, ServiceError) as error:
                log.warning("index.not_refreshed", why=_why(error), again_in_seconds=pause)
            except Exception:
                log.exception("index.not_refreshed", again_in_seconds=pause)
            self._stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _hear(self, connection: psycopg.Connection) -> None:
        while not self._stopping.is_set():
            for _ in connection.notifies(timeout=self._look_seconds, stop_after=1):
                pass
            self._refresh()


def _connection() -> psycopg.Connection:
    url = get_engine().url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(url, autocommit=True, application_name="sayso index")


def _why(error: Exception) -> str:
    return error.detail if isinstance(error, ServiceError) else type(error).__name__
