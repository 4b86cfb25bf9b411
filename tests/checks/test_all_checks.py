"""All checks together: one finding each, in order, on any text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks.findings import check_text
from tests.checks.checking import APPROVED, PLAIN

NAMES = [
    "length",
    "not_empty",
    "hidden_characters",
    "links_allowed",
    "private_data",
    "facts_traced",
    "promises",
    "negation",
    "banned_words",
    "sources_cited",
    "support",
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


@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_found_can_be_stored(text: str) -> None:
    for found in check_text(replace(PLAIN, text=f"We will {text} pay, see https://evil.com{text}")):
        assert all(character.isprintable() for character in "".join((found.detail, *found.words)))
