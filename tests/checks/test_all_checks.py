"""All checks together: one finding each, in order, on any text."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks.findings import check_text
from tests.checks.checking import APPROVED, PLAIN, find

NAMES = [
    "length",
    "not_empty",
    "hidden_characters",
    "links_allowed",
    "private_data",
    "asks_for_private_data",
    "placeholders",
    "facts_traced",
    "values_in_place",
    "names_traced",
    "promises",
    "negation",
    "conditions",
    "banned_words",
    "sources_cited",
    "support",
    "fault_owned",
    "acknowledged",
    "next_step",
    "channel_move",
    "bounce_back",
    "public_risk",
    "repetition",
    "voice",
]


def test_an_approved_answer_passes_every_check() -> None:
    findings = check_text(replace(PLAIN, text=APPROVED[1]))

    assert [(found.name, found.detail) for found in findings if not found.passed] == []
    assert [found.name for found in findings] == NAMES


@given(st.text(st.characters(exclude_categories=[])), st.text(st.characters(exclude_categories=[])))
def test_no_text_stops_the_checks(text: str, said: str) -> None:
    findings = check_text(replace(PLAIN, text=text, customer_text=said, sources=(said,)))

    assert [found.name for found in findings] == NAMES
    assert all(found.passed or found.detail for found in findings)


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "9,",
        "1.2.",
        "£",
        "+1",
        "a@",
        "https:",
        "we will. ",
        "\u0301\u0316",
        "\U0001f1f3",
        "\u00bd",
        "mr. ",
    ],
)
def test_a_long_hostile_text_ends_with_its_findings(piece: str) -> None:
    text = (piece * 25_000)[:25_000]

    assert [found.name for found in check_text(replace(PLAIN, text=text))] == NAMES


@pytest.mark.parametrize(
    "piece", ["1 May {} or £{} to {} pm. ", "Bob{} will pay {} at Zed{}, if not. ", "9,{}-"]
)
def test_the_time_for_a_hostile_text_grows_with_its_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = "".join(piece.replace("{}", str(count)) for count in range(length))[:length]
        start = time.process_time()
        check_text(replace(PLAIN, text=text))
        return time.process_time() - start

    seconds(100)  # the sources are read

    assert seconds(25_000) < 20 * seconds(5_000)  # five times as long; twenty-five were quadratic


def test_a_text_with_too_many_sentences_and_values_is_said_to_be_too_long() -> None:
    text = "".join(f"We pay {count}. " for count in range(1_500))

    assert find("negation", text).detail.startswith("The text holds too many sentences")
    assert find("facts_traced", text).detail == "The text states 1,000 facts or more, too many to trace."


@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_found_can_be_stored(text: str) -> None:
    for found in check_text(replace(PLAIN, text=f"We will {text} pay, see https://evil.com{text}")):
        assert all(character.isprintable() for character in "".join((found.detail, *found.words)))
