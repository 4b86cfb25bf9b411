"""When the model is left alone, and how long an endpoint may make us wait."""

from datetime import UTC, datetime

import pytest

from app.core.retry_after import retry_after
from app.llm.breaker import Breaker
from app.llm.faults import FaultKind, ModelFault

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ABSENT = ModelFault(FaultKind.TIMED_OUT, "No answer.")
USELESS = ModelFault(FaultKind.REFUSED, "It declined.")


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def is_open(breaker: Breaker) -> bool:
    try:
        breaker.require_closed()
    except ModelFault as fault:
        return fault.kind is FaultKind.SKIPPED
    return False


@pytest.mark.parametrize(
    ("heard", "opens"),
    [
        ([ABSENT] * 2, False),
        ([ABSENT] * 3, True),
        ([ABSENT, ABSENT, None, ABSENT], False),
        ([ABSENT, ABSENT, USELESS, ABSENT], False),
        ([USELESS] * 5, False),
    ],
)
def test_only_absences_in_a_row_open_the_breaker(heard: list[ModelFault | None], opens: bool) -> None:
    breaker = Breaker(pause_seconds=30, now=Clock())
    for fault in heard:
        breaker.hear(fault)

    assert is_open(breaker) is opens


def test_after_the_pause_one_caller_tries_and_decides_for_the_others() -> None:
    clock = Clock()
    breaker = Breaker(pause_seconds=30, now=clock)
    for _ in range(3):
        breaker.hear(ABSENT)
    clock.seconds = 29.9
    before = is_open(breaker)
    clock.seconds = 30.1
    after = [is_open(breaker), is_open(breaker)]
    breaker.hear(None)

    assert (before, after, is_open(breaker)) == (True, [False, True], False)


def test_a_failed_attempt_starts_the_pause_anew() -> None:
    clock = Clock()
    breaker = Breaker(pause_seconds=30, now=clock)
    for _ in range(3):
        breaker.hear(ABSENT)
    clock.seconds = 31
    breaker.require_closed()
    breaker.hear(ABSENT)
    clock.seconds = 60

    assert is_open(breaker)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("Fri, 20 Nov 2026 12:01:30 GMT", 90.0),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0.0),
        ("Fri, 20 Nov 2026 12:01:30", None),
        ("-3", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_or_a_date_or_nothing(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, at=NOON) == seconds
