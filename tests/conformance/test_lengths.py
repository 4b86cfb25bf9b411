"""The networks' own test suites for counting and links, read from beside the checkout, and hostile texts."""

from collections.abc import Callable

import pytest

from app.core.settings import CHECKOUT
from app.evaluation.conformance_cases import SuiteResult
from app.evaluation.hostile_texts import MOST, hostile_texts
from app.evaluation.length import best_of, counters, run_suites

pytestmark = pytest.mark.conformance

CONFORMANCE = CHECKOUT.parent / "shared" / "data" / "conformance"
# Three times the limit, which is one of a quiet machine; `sayso eval length` prints the figures.
MOST_MILLISECONDS = 150.0
RUNS = 15  # the fastest counts: the other cores are busy with other tests
TELLING = 20.0  # milliseconds; less tells nothing
MOST_GROWTH = 12.0  # the caches of a busy machine favour the shorter text
FEWEST = {  # cases a suite had when it was last looked at: fewer, and something is no longer read
    "twitter-text configuration": 1,
    "twitter-text WeightedTweetsWithDiscountedEmojiCounterTest": 22,
    "twitter-text UnicodeDirectionalMarkerCounterTest": 2,
    "twitter-text WeightedTweetsCounterTest": 20,
    "twitter-text tweets": 8,
    "twitter-text urls": 91,
    "twitter-text urls_with_indices": 10,
    "twitter-text urls_with_directional_markers": 2,
    "twitter-text tco_urls_with_params": 5,
    "Unicode graphemes": 600,
    "Unicode emoji as graphemes": 3_655,
    "Unicode emoji on X": 3_655,
    "AT Protocol mentions and links": 40,
    "AT Protocol tags": 39,
    "AT Protocol cashtags": 18,
    "AT Protocol blank lines": 13,
    "AT Protocol lengths": 3,
    "AT Protocol segments": 10,
    "AT Protocol handle syntax": 119,
    "AT Protocol did syntax": 42,
}


@pytest.fixture(scope="module")
def suites() -> dict[str, SuiteResult]:
    return {suite.name: suite for suite in run_suites(CONFORMANCE)}


@pytest.mark.parametrize("name", FEWEST)
def test_every_case_of_a_suite_passes(name: str, suites: dict[str, SuiteResult]) -> None:
    assert suites[name].failed == ()
    assert suites[name].n >= FEWEST[name]


def test_no_suite_is_new_and_unlisted(suites: dict[str, SuiteResult]) -> None:
    assert list(suites) == list(FEWEST)


@pytest.mark.parametrize("counter", counters())
def test_no_text_of_25_000_characters_takes_much_more_than_50_milliseconds(counter: str) -> None:
    count = counters()[counter]

    slow = {
        name: milliseconds
        for name, text in hostile_texts().items()
        if (milliseconds := _fastest(count, text)) > MOST_MILLISECONDS
    }

    assert slow == {}


@pytest.mark.parametrize("counter", counters())
def test_a_text_four_times_as_long_takes_about_four_times_as_long(counter: str) -> None:
    """Quadratic time would make it sixteen times; small times are left out, as they tell nothing."""
    count = counters()[counter]
    quarter, whole = hostile_texts(MOST // 4), hostile_texts(MOST)

    slow = {name: text for name, text in whole.items() if best_of(count, text, repeats=1) > TELLING}
    grown = {
        name: best_of(count, text, repeats=RUNS) / best_of(count, quarter[name], repeats=RUNS)
        for name, text in slow.items()
    }

    assert {name: times for name, times in grown.items() if times > MOST_GROWTH} == {}


def _fastest(count: Callable[[str], object], text: str) -> float:
    once = best_of(count, text, repeats=1)
    return once if once <= MOST_MILLISECONDS else best_of(count, text, repeats=RUNS)
