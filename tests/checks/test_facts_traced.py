"""Values are compared in a normal form and must come from an approved answer or the customer."""

from dataclasses import replace

import pytest

from app.checks.facts import facts_in
from app.checks.findings import Finding
from tests.checks.checking import PLAIN, find


@pytest.mark.parametrize(
    "pair",
    [
        ("1,000 people", "1000 people"),
        ("£5", "5.00 £"),
        ("£5", "GBP 5"),
        ("50p", "£0.50"),
        ("1.000,50 €", "EUR 1,000.50"),
        ("25 %", "25 per cent"),
        ("14:30", "2.30 pm"),
        ("14.30 Uhr", "2:30pm"),
        ("00:00", "midnight"),
        ("12 November 2026", "2026-11-12"),
        ("12.11.2026", "Nov 12, 2026"),
        ("three dogs", "3 dogs"),
        ("28-day", "28 days"),
        ("two weeks", "14 days"),
        ("twenty-five people", "25 people"),
        ("fünfundzwanzig Tage", "25 days"),
        ("open 24/7", "open 24 hours"),
        ("half past ten", "half past 10"),
        ("16h30", "16:30"),
        ("1/2 of it", "half of it"),
        ("per day", "pro Tag"),
        ("every day", "daily"),
        ("+49 (0)30 123456", "+49 30 123456"),
        ("within an hour", "within 60 minutes"),
        ("10 Werktage", "10 working days"),
        ("www.skerryline.example/Delay/", "https://SkerryLine.example/Delay"),
        ("0044 1632 960130", "+44 1632 960130"),
        ("\u0663\u0664 days", "34 days"),
        ("\u0661,\u0660\u0660\u0660 people", "1000 people"),
    ],
)
def test_one_value_in_two_forms_is_one_fact(pair: tuple[str, str]) -> None:
    one, other = ([fact.readings for fact in facts_in(text)] for text in pair)

    assert one == other
    assert len(one) == 1


@pytest.mark.parametrize(
    "pair",
    [
        ("28 days", "28 %"),
        ("28 days", "28 working days"),
        ("28 days", "28"),
        ("£5", "€5"),
        ("2:30", "2:30 pm"),
        ("skerryline.example/a", "skerryline.example/b"),
        ("Monday", "Tuesday"),
        ("weekends", "weekdays"),
        ("coach B", "coach D"),
        ("a third of it", "half of it"),
        ("March 2027", "March 2028"),
        ("£ per week", "£ per month"),
    ],
)
def test_values_of_two_kinds_are_two_facts(pair: tuple[str, str]) -> None:
    one, other = ({reading for fact in facts_in(text) for reading in fact.readings} for text in pair)

    assert one
    assert other
    assert one.isdisjoint(other)


@pytest.mark.parametrize(
    "text",
    [
        "You have 28 days.",
        "We pay 25 per cent for 30-59 minutes.",
        "The fare is 7.80 pounds.",
        "Come at 2.30 pm.",
        "It ends on 12 November.",
        "Sorry about the 70 minutes on Tuesday.",
        "@anna1987 Thank you.",
        "See skerryline.example/delay or call 0044 1632 960130.",
        "Call 01632 960130 in November 2026.",
        "@skerry_rider Thank you. Can we help with anything else today?",
    ],
)
def test_a_value_that_stands_somewhere_is_traced(text: str) -> None:
    assert find("facts_traced", text).passed


@pytest.mark.parametrize(
    ("text", "untraced"),
    [
        ("You have 30 days.", ("30 days",)),
        ("You have 28 weeks.", ("28 weeks",)),
        ("We pay 28%.", ("28%",)),
        ("The fare is £7.90.", ("£7.90",)),
        ("Come at 14:45 on Wednesday.", ("14:45", "Wednesday")),
        ("It ends on 13 November.", ("13 November",)),
        ("It ends on 12 November 2027.", ("12 November 2027",)),
        ("Call +44 1632 960131.", ("+44 1632 960131",)),
        ("See https://skerryline.example/delays.", ("https://skerryline.example/delays",)),
        ("We pay for 20 to 59 minutes.", ("20 to 59 minutes",)),
        ("Quote AB12345.", ("AB12345",)),
        ("We took 500.Please wait.", ("500",)),
        ("Ask @skerry_help.", ("@skerry_help",)),
        ("It is in coach D.", ("D",)),
        ("Quote ab12345 or 5k.", ("ab12345", "5k")),
        ("Call +44 1632 960130 24 minutes ahead.", ("24 minutes",)),
        ("A colleague is here tomorrow or at the weekend.", ("tomorrow", "weekend")),
        ("It costs \uff13\uff10 days.", ("\uff13\uff10 days",)),
    ],
)
def test_a_value_that_stands_nowhere_is_named(text: str, untraced: tuple[str, ...]) -> None:
    found = find("facts_traced", text)

    assert (found.passed, found.blocks, found.words) == (False, False, untraced)


def test_the_sentences_say_what_and_where() -> None:
    assert find("facts_traced", "You have 30 days.").detail == (
        "“30 days” stands in no approved answer and not in what the customer wrote."
    )
    assert find("facts_traced", "Within 28 days at 14:30 we pay 25%.").detail == (
        "3 facts traced to the approved answer."
    )


def test_a_text_without_sources_traces_nothing() -> None:
    nothing = replace(PLAIN, sources=(), customer_text="")

    assert find("facts_traced", "You have 28 days.", nothing).words == ("28 days",)
    assert find("sources_cited", "You have 28 days.", nothing) == Finding(
        "sources_cited", passed=False, blocks=False, detail="No approved answer stands behind this text."
    )
