"""An approved value that stands where an approved answer has another one."""

from dataclasses import replace

import pytest

from tests.checks.checking import PLAIN, find

FARES = replace(
    PLAIN,
    sources=(
        "We pay back 25% of a single fare for 30 to 59 minutes, 50% for 60 to 119 minutes and"
        " 100% for 120 minutes or more. The rover costs £24 for adults and £12 for children. "
        "The desk is open daily 06:00 to 22:00. Book 2 hours ahead for trains and 12 hours "
        "ahead for boats.",
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "For 60 to 119 minutes you get 50% of a single fare.",
        "You get 100% back for 120 minutes or more.",
        "Children pay £12, adults pay £24 for the rover.",
        "Please book 12 hours ahead for boats and 2 hours ahead for trains.",
        "Our desk is open from 6 am until 10 pm.",
        "50% of a single fare is paid.",
    ],
)
def test_values_in_their_own_place_pass_in_any_order(text: str) -> None:
    assert find("values_in_place", text, FARES).passed


@pytest.mark.parametrize(
    ("text", "misplaced"),
    [
        ("We pay back 25% for 120 minutes or more.", ("25%",)),
        ("The rover costs £12 for adults and £24 for children.", ("£12", "£24")),
        ("Book 12 hours ahead for trains.", ("12 hours",)),
        ("The desk is open daily 22:00 to 06:00.", ("06:00",)),
        ("The desk is open daily 06:00 to 06:00.", ("06:00",)),
    ],
)
def test_a_value_in_anothers_place_is_shown(text: str, misplaced: tuple[str, ...]) -> None:
    found = find("values_in_place", text, FARES)

    assert find("facts_traced", text, FARES).passed
    assert (found.passed, found.blocks) == (False, False)
    assert set(misplaced) <= set(found.words)
