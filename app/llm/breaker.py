"""Leaving a model alone that does not answer, so that every draft need not wait for it in vain."""

import threading
from collections.abc import Callable
from time import monotonic

from app.llm.faults import ABSENCE, USELESS, FaultKind, ModelFault

FAILURES = 3  # in a row
USELESS_ANSWERS = 10  # in a row: each was paid for, and a few may be the fault of what was asked
LONGEST_OBEYED_SECONDS = 900.0  # of a Retry-After; then the endpoint is asked whether it still means it


class Breaker:
    """Open after some failures in a row. When its pause is over, one call at a time may try again."""

    def __init__(self, *, pause_seconds: float, now: Callable[[], float] = monotonic) -> None:
        self._pause_seconds = pause_seconds
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._useless = 0
        self._closed_from = 0.0
        self._asked_until = 0.0  # the endpoint itself asked to be left alone
        self._last: ModelFault | None = None

    def require_closed(self, *, is_probe: bool = False) -> None:
        """Raises `ModelFault` (skipped) while the model is left alone; for a probe, if it asked for that."""
        with self._lock:
            now = self._now()
            wait = self._asked_until - now if is_probe else self._wait(now)
            if wait > 0:
                raise ModelFault(
                    FaultKind.SKIPPED, f"{self._why()}; it is asked again in {wait:.0f} seconds."
                )
            if self._is_tripped():
                self._closed_from = now + self._pause_seconds  # for everybody but this caller

    def has_failed(self) -> bool:
        """Whether the last calls brought no answer at all."""
        with self._lock:
            return self._failures >= FAILURES

    def hear(self, fault: ModelFault | None, *, is_probe: bool = False) -> None:
        """Take note of how a call ended; None for a good answer. A good probe does not make drafts good."""
        with self._lock:
            if fault is None:
                self._failures = 0
                self._useless = self._useless if is_probe else 0
            else:
                self._take_note(fault)

    def _take_note(self, fault: ModelFault) -> None:
        if fault.kind in ABSENCE:
            self._failures += 1
        else:
            self._failures = 0
            self._useless += fault.kind in USELESS
        self._last = fault
        self._closed_from = self._now() + self._pause_seconds
        if fault.retry_after_seconds is not None:
            self._asked_until = self._now() + min(fault.retry_after_seconds, LONGEST_OBEYED_SECONDS)

    def _is_tripped(self) -> bool:
        return self._failures >= FAILURES or self._useless >= USELESS_ANSWERS

    def _wait(self, now: float) -> float:
        return max(self._asked_until, self._closed_from if self._is_tripped() else 0.0) - now

    def _why(self) -> str:
        last = self._last.kind if self._last else FaultKind.MISSING
        if self._failures >= FAILURES:
            return f"The model failed {self._failures} times in a row (lastly: {last})"
        if self._useless >= USELESS_ANSWERS:
            return f"The model's last {self._useless} answers could not be used (lastly: {last})"
        return "The endpoint asked to be left alone for a while"
