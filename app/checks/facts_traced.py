"""Every number, amount, date, time, link and address of a text must come from somewhere."""

from collections.abc import Iterable
from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.echoes import is_ours, is_quoted
from app.checks.fact_readings import Reading
from app.checks.facts import MOST_FACTS, Fact, facts_in, plain

NAME = "facts_traced"
LONGEST_PREFIX = 3  # digits of a country in a telephone number


def check_facts_traced(checked: CheckedText) -> Finding:
    """Names each fact that stands neither in a cited version nor in what the customer wrote.

    What only the customer wrote may be repeated as theirs; it is no source for what the brand states.
    """
    facts = [fact for fact in facts_in(checked.text) if not _opens(checked.text, fact)]
    if not facts:
        return passed(NAME, "The text states no number, date, time or link.")
    if len(facts) >= MOST_FACTS:
        return warned(NAME, f"The text states {MOST_FACTS:,} facts or more, too many to trace.")
    approved = vouched_for(checked.sources)
    foreign = [fact for fact in facts if not fact.readings & approved]
    said = _vouched_in(checked.customer_text) if foreign else frozenset()
    untraced = distinct(fact.shown for fact in foreign if not fact.readings & said)
    if untraced:
        stands = agreeing(untraced, "stands", "stand")
        return warned(
            NAME,
            f"{quoted(untraced)} {stands} in no approved answer and not in what the customer wrote.",
            untraced,
        )
    if taken := _taken_over(checked.text, foreign):
        return warned(
            NAME,
            f"{quoted(taken)} {agreeing(taken, 'comes', 'come')} from the customer alone, "
            "and the text states it as ours.",
            taken,
        )
    if misquoted := _misquoted(checked, facts):
        return warned(NAME, f"The customer wrote another value than {quoted(misquoted)}.", misquoted)
    return passed(NAME, _traced(len(facts), only_approved=not foreign))


def vouched_for(sources: Iterable[str]) -> frozenset[Reading]:
    """What the cited versions state, in every form in which it may be repeated."""
    return frozenset[Reading]().union(*map(_vouched_in, sources))


def _opens(text: str, fact: Fact) -> bool:
    """A mention at the very beginning only says whom the reply is for."""
    return fact.kind == "handle" and all(word.startswith("@") for word in text[: fact.start].split())


def _taken_over(text: str, foreign: list[Fact]) -> tuple[str, ...]:
    read = plain(text) if foreign else text
    return distinct(fact.shown for fact in foreign if is_ours(read, fact))


def _misquoted(checked: CheckedText, facts: list[Fact]) -> tuple[str, ...]:
    """Values that the text says the customer named, where they named another one of that kind."""
    said = _vouched_in(checked.customer_text)
    kinds = {reading[0] for reading in said}
    read = plain(checked.text)
    return distinct(
        fact.shown
        for fact in facts
        if not fact.readings & said
        and kinds.intersection(reading[0] for reading in fact.readings)
        and is_quoted(read, fact)
    )


def _traced(count: int, *, only_approved: bool) -> str:
    traced = "1 fact" if count == 1 else f"{count} facts"
    if only_approved:
        return f"{traced} traced to the approved answer."
    return f"{traced} traced to the approved answer or to what the customer wrote."


@lru_cache(maxsize=1024)
def _vouched_in(text: str) -> frozenset[Reading]:
    """Approved answers are the same for many drafts, so each is read once."""
    readings = {reading for fact in facts_in(text) for reading in fact.readings}
    return frozenset(readings.union(*map(_also, readings), _together(readings)))


def _also(reading: Reading) -> list[Reading]:
    """What else a fact says. "12 November 2026" vouches for "12 November", not the other way round."""
    kind, *values = reading
    if kind == "date":
        year = [("number", values[2]), ("month", values[1], values[2])] if len(values) > 2 else []
        return [reading[:3], ("month", values[1]), *year]
    if kind == "month":
        return [reading[:2], *[("number", year) for year in values[1:]]]
    if kind == "phone":
        # Without its country's digits, which one writes with a 0 instead.
        return [("phone", values[0][length:]) for length in range(1, LONGEST_PREFIX + 1)]
    if kind == "percent" and values[0] in ("50", "25"):
        return [("part", "1/2" if values[0] == "50" else "1/4")]
    if reading == ("part", "1/2"):
        return [("percent", "50")]
    if reading == ("quantity", "minute", "1440"):
        return [("day", "daily")]
    return []


def _together(readings: set[Reading]) -> list[Reading]:
    """Monday to Friday are the weekdays, Saturday and Sunday the weekend."""
    days = {reading[1] for reading in readings if reading[0] == "weekday"}
    weekend: list[Reading] = [("day", "weekend")] if {"5", "6"} <= days else []
    return weekend + ([("day", "workdays")] if {"0", "4"} <= days else [])
