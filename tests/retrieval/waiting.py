"""Waiting for what another thread does."""

import time
from collections.abc import Callable

DEADLINE_SECONDS = 30.0


def until(claim: Callable[[], bool]) -> None:
    """Returns once the claim is true, and fails where it does not become so."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not claim():
        assert time.monotonic() < deadline, "It did not come true in time."
        time.sleep(0.01)
