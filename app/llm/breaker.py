"""Leaving a model alone that does not answer, so that every draft need not wait for it in vain."""

import threading
from collections.abc import Callable
from time import monotonic

from app.llm.faults import ABSENCE, FaultKind, ModelFault

FAILURES = 3  # in a row


class Breaker:
    """Open after some absences in a row. When its pause is over, one call at a time may try again."""

    def __init__(self, *, pause_seconds: float, now: Callable[[], float] = monotonic) -> None:
        self._pause_seconds = pause_seconds
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_from = 0.0
        self._last: ModelFault | None = None

    def require_closed(self) -> None:
        """Raises `ModelFault` (skipped) while the model is left alone."""
        with self._lock:
            if self._failures < FAILURES:
                return
            wait = self._closed_from - self._now()
            if wait > 0:
                last = self._last.kind if self._last else FaultKind.MISSING
                raise ModelFault(
                    FaultKind.SKIPPED,
                    f"The model failed {self._failures} times in a row (lastly: {last}); "
                    f"it is asked again in {wait:.0f} seconds.",
                )
            self._closed_from = self._now() + self._pause_seconds  # for everybody but this caller

    def hear(self, fault: ModelFault | None) -> None:
        """Take note of how a call ended; None for a good answer."""
        with self._lock:
            if fault is None or fault.kind not in ABSENCE:
                self._failures = 0
                return
            self._failures += 1
            self._last = fault
            self._closed_from = self._now() + self._pause_seconds
