"""Learning everything anew in the background: soon after it was asked for, and once at a time."""

import threading
import time
from collections.abc import Callable

import structlog
from threadpoolctl import threadpool_limits

from app.core.errors import ServiceError

QUIET_SECONDS = 5.0  # publications come in a row
PATIENCE_SECONDS = 60.0  # however many come, it is not put off for longer
FIRST_PAUSE_SECONDS = 5.0  # after a failure; doubled each time
LONGEST_PAUSE_SECONDS = 300.0
log = structlog.get_logger()


class Relearning:
    """Its thread lives while there is something to do. What fails is logged and tried again."""

    def __init__(
        self,
        work: Callable[[], None],
        *,
        quiet_seconds: float = QUIET_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
        first_pause_seconds: float = FIRST_PAUSE_SECONDS,
    ) -> None:
        """Work asked for while `work` runs is done by another run after it."""
        self._work = work
        self._quiet_seconds = quiet_seconds
        self._patience_seconds = patience_seconds
        self._first_pause_seconds = first_pause_seconds
        self._pause_seconds = first_pause_seconds
        self._changed = threading.Condition()
        self._due_at: float | None = None  # of time.monotonic()
        self._put_off_until = 0.0
        self._thread: threading.Thread | None = None

    def ask(self, *, at_once: bool = False) -> None:
        """Soon after the last time this was called, or at once."""
        now = time.monotonic()
        with self._changed:
            if self._due_at is None:
                self._put_off_until = now + self._patience_seconds
            self._due_at = now if at_once else min(now + self._quiet_seconds, self._put_off_until)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="index-relearning", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        while self._is_due():
            try:
                # On all cores one answer in twenty waited 0.3 s instead of 0.03 s.
                with threadpool_limits(limits=1, user_api="blas"):
                    self._work()
            except ServiceError as error:
                log.warning("index.not_learned", why=error.detail, again_in_seconds=self._again())
            except Exception:
                log.exception("index.not_learned", again_in_seconds=self._again())
            else:
                self._pause_seconds = self._first_pause_seconds

    def _is_due(self) -> bool:
        """Waits until it is. False, and the thread ends, when nothing was asked for."""
        with self._changed:
            while self._due_at is not None:
                wait = self._due_at - time.monotonic()
                if wait <= 0:
                    self._due_at = None
                    return True
                self._changed.wait(wait)
            self._thread = None
            return False

    def _again(self) -> float:
        """Ask for another try; seconds until then."""
        with self._changed:
            pause = self._pause_seconds
            self._pause_seconds = min(2 * pause, LONGEST_PAUSE_SECONDS)
            self._due_at = time.monotonic() + pause
            return pause
