"""One case of a network's own test suite, and how a suite of them went."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """What our code found for one text, and what the suite says it should."""

    name: str
    found: Any  # whatever the suite compares: a number, places, words
    expected: Any


@dataclass(frozen=True)
class SuiteResult:
    name: str
    n: int
    failed: tuple[str, ...]  # names of the cases
    left_out: tuple[str, ...]  # what was not run, and why

    @property
    def passed(self) -> int:
        return self.n - len(self.failed)


def judged(name: str, cases: Iterable[Case], *, left_out: tuple[str, ...] = ()) -> SuiteResult:
    ran = list(cases)
    failed = tuple(case.name for case in ran if case.found != case.expected)
    return SuiteResult(name, len(ran), failed, left_out)
