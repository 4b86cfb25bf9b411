"""How the networks' own test suites judge our counting, and how long hostile texts take it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.channels.blank_lines import without_blank_lines
from app.channels.bluesky.facets import facets_in
from app.channels.counting import graphemes
from app.channels.rules import NETWORKS, measure
from app.channels.x.links import links_in
from app.evaluation.atproto_suites import atproto_suites
from app.evaluation.conformance_cases import SuiteResult
from app.evaluation.hostile_texts import hostile_texts
from app.evaluation.jsonl import UnusableFile
from app.evaluation.twitter_suites import twitter_suites
from app.evaluation.unicode_suites import unicode_suites

REPEATS = 5  # the fastest counts, as neighbours on the same core only slow it down


@dataclass(frozen=True)
class Slowest:
    """The hostile text that took a function longest, in milliseconds."""

    counter: str
    milliseconds: float
    text: str  # its name in hostile_texts.py


def run_suites(conformance: Path) -> Iterator[SuiteResult]:
    """Every suite in that folder. Raises `UnusableFile` when it is not there or not complete."""
    if not conformance.is_dir():
        raise UnusableFile(
            f"There is no folder {conformance}. Give --data the folder that holds conformance/."
        )
    yield from twitter_suites(conformance / "twitter-text")
    yield from unicode_suites(conformance / "unicode")
    yield from atproto_suites(conformance / "atproto-richtext-tests", conformance / "atproto-syntax")


def counters() -> dict[str, Callable[[str], object]]:
    """Whatever reads a whole text: the length on each network, and the parts that suites judge alone."""
    measured = {network: _measuring(network) for network in NETWORKS}
    parts = {
        "links on X": links_in,
        "facets on Bluesky": facets_in,
        "graphemes": graphemes,
        "blank lines": without_blank_lines,
    }
    return {**measured, **parts}


def time_hostile_texts(*, repeats: int = REPEATS) -> list[Slowest]:
    """The slowest text for each counter, one after the other on one thread."""
    texts = hostile_texts()
    found = []
    for name, count in counters().items():
        timed = {text_name: best_of(count, text, repeats=repeats) for text_name, text in texts.items()}
        slowest = max(timed, key=lambda text_name: timed[text_name])
        found.append(Slowest(name, timed[slowest], slowest))
    return found


def best_of(count: Callable[[str], object], text: str, *, repeats: int) -> float:
    """Milliseconds of this thread's processor time, the fastest of so many runs."""
    fastest = float("inf")
    for _ in range(repeats):
        start = time.thread_time()  # what other processes take meanwhile is not ours
        count(text)
        fastest = min(fastest, time.thread_time() - start)
    return fastest * 1000


def as_json(suites: list[SuiteResult], slowest: list[Slowest]) -> dict[str, Any]:
    """Figures by suite; `slowest_ms` is that of the counter the suite judges."""
    by_counter = {one.counter: one for one in slowest}
    return {
        "n": sum(suite.n for suite in suites),
        "passed": sum(suite.passed for suite in suites),
        "slowest_ms": max(one.milliseconds for one in slowest),
        "suites": {suite.name: _suite_as_json(suite, by_counter) for suite in suites},
        "hostile_texts": {one.counter: {"slowest_ms": one.milliseconds, "text": one.text} for one in slowest},
    }


def judged_counter(suite: str) -> str | None:
    """The counter whose work a suite judges; None where it judges names that are never longer than 2 kB."""
    if suite.startswith("Unicode"):
        return "x" if suite.endswith("X") else "graphemes"
    if suite.startswith("twitter-text"):
        return "links on X" if "urls" in suite else "x"
    if suite.endswith("blank lines"):
        return "blank lines"
    return None if suite.endswith("syntax") else "facets on Bluesky"


def _suite_as_json(suite: SuiteResult, by_counter: dict[str, Slowest]) -> dict[str, Any]:
    counter = judged_counter(suite.name)
    return {
        "n": suite.n,
        "passed": suite.passed,
        "failed": list(suite.failed),
        "left_out": list(suite.left_out),
        "slowest_ms": by_counter[counter].milliseconds if counter else None,
    }


def _measuring(network: str) -> Callable[[str], object]:
    return lambda text: measure(network, text)
