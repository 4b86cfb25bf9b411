"""The facts of a text in a normal form, each with its place.

A fact of one kind never equals one of another: 28 days are not 28 %. Where a form can be read in two ways
(16.20 is a time and a number) it has both readings, and either may be traced.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, pairwise

from app.channels.normalising import normalise
from app.channels.x.tlds import TLDS
from app.checks.fact_patterns import (
    AT,
    CODED,
    EACH,
    FACT,
    FIRST_WORDS,
    LETTER,
    LINKS,
    OF_A_MONTH,
    RANGE,
    SPELLED,
    START,
    WORDED,
)
from app.checks.fact_readings import READERS, TRAILING, Reading
from app.checks.fact_words import A_PART, DAYS, MONTHS, MONTHS_ALONE, NUMBER_WORDS, WEEKDAYS

DIGIT = re.compile(r"(?![0-9])\d")  # of another script
UNIT_AFTER = re.compile(r"^(?:[\d.,]+|[a-zäöüß]+)[ -]?(\S.*)$", re.IGNORECASE)
SYMBOL_BEFORE = re.compile(r"^([£€$¥₹])\s?\d")
RESERVED_TLDS = ("example", "test", "invalid")  # RFC 2606
MOST_FACTS = 1_000  # what a text states beyond that is not read
LONGEST_NAME = 100  # of a host or a mailbox, near enough
WRITTEN_ON = frozenset(
    ".@:/-_+0123456789\u0660\u0661\u0662\u0663"
)  # after a word: perhaps an address or a code
HOURS = 24
A_WHOLE_DAY = frozenset({("quantity", "minute", "1440")})  # "24 hours a day" says no more than "24 hours"
OFFERING = re.compile(r"\b(?:help|assist|do|else|with)\b[^.!?]{0,20}\Z", re.IGNORECASE)  # "help you today?"


@dataclass(frozen=True)
class Fact:
    """One fact and where it stands; `readings` are its normal forms, `shown` its words as the text has them.

    Places count in the text as `plain` gives it, of the same length unless one character became several.
    """

    kind: str
    readings: frozenset[Reading]
    shown: str
    start: int
    end: int


def facts_in(text: str) -> list[Fact]:
    """The numbers, amounts, dates, times, durations, links, addresses and codes of a text, in their order.

    Linear in the length of the text. Reads at most `MOST_FACTS`.
    """
    return list(_facts_in(text))


@lru_cache(maxsize=256)
def _facts_in(text: str) -> tuple[Fact, ...]:
    """Several checks ask for the facts of one draft, so they are kept for a while."""
    read = plain(text)
    facts = list(islice(_facts(read), MOST_FACTS))
    facts = _with_ranges(read, facts)
    if read == text or len(read) != len(text):
        return tuple(facts)
    return tuple(replace(fact, shown=text[fact.start : fact.start + len(fact.shown)]) for fact in facts)


def plain(text: str) -> str:
    """The text with the digits 0 to 9 and letters of one width."""
    return DIGIT.sub(lambda digit: str(int(digit.group())), normalise("NFKC", text))


def _facts(text: str) -> Iterator[Fact]:
    position = 0
    previous: Fact | None = None
    while (start := START.search(text, position)) is not None:
        found = _fact_at(text, start, previous)
        position = start.end()
        if found is not None:
            yield found
            previous = found
            position = max(found.end, start.start() + 1)


def _fact_at(text: str, start: re.Match[str], previous: Fact | None) -> Fact | None:
    place, word = start.start(), start["word"]
    follows = (
        previous is not None
        and previous.readings != A_WHOLE_DAY
        and place - previous.end <= 1
        and previous.kind in ("money", "number")
    )
    if follows and previous is not None and (each := EACH.match(text, previous.end)) is not None:
        return _read(each)
    if (link := _link_at(text, place)) is not None:
        return link
    if word is not None:
        return _word_at(text, place, word)
    match = FACT.match(text, place)
    return None if match is None else _timed(text, _read(match))


def _link_at(text: str, place: int) -> Fact | None:
    beginning = text[place : place + LONGEST_NAME].split(" ", 1)[0]
    if "." not in beginning and "@" not in beginning and "://" not in beginning:
        return None
    match = LINKS.match(text, place)
    if match is None or (match["bare"] and not is_tld(match["tld"])):
        return None
    return _read(match)


def _word_at(text: str, place: int, word: str) -> Fact | None:
    lower = word.lower()
    if lower in MONTHS and (match := OF_A_MONTH.match(text, place)) is not None:
        return _read(match)
    if lower in FIRST_WORDS and (match := WORDED.match(text, place)) is not None:
        return _read(match)
    if (spelled := _spelled_at(text, place, lower)) is not None:
        return _timed(text, spelled)
    if (day := _day_of(text, place, word)) is not None:
        return Fact(day[0], frozenset([day]), word, place, place + len(word))
    following = text[place + len(word) : place + len(word) + 1]
    if following in WRITTEN_ON and (code := CODED.match(text, place)) is not None:
        return _read(code)
    if len(word) == 1 and text[max(0, place - 2) : place - 1].isalnum():
        return None if (letter := LETTER.match(text, place)) is None else _read(letter)
    return None


def _spelled_at(text: str, place: int, word: str) -> Fact | None:
    if word not in NUMBER_WORDS:
        return None
    matches = (pattern.match(text, place) for pattern in SPELLED)
    match = next((one for one in matches if one and one["digits"].lower() in NUMBER_WORDS), None)
    return None if match is None else _read(match)


def _day_of(text: str, place: int, word: str) -> Reading | None:
    """A weekday, a part of the week, a month or a share that needs no number beside it."""
    lower = word.lower()
    if lower in WEEKDAYS:
        return ("weekday", str(WEEKDAYS[lower]))
    if word in ("Sat", "Sun"):
        return ("weekday", "5" if word == "Sat" else "6")
    if lower == "today" and OFFERING.search(text[max(0, place - 30) : place]):
        return None
    if lower in DAYS or word == "morgen":
        return ("day", DAYS.get(lower, "tomorrow"))
    if word[0].isupper() and (lower in MONTHS_ALONE and lower != "may"):
        return ("month", str(MONTHS[lower]))
    if lower in A_PART and (
        A_PART[lower] == "1/2" or text.startswith((" of ", " de", " d"), place + len(word))
    ):
        return ("part", A_PART[lower])
    return None


def _read(match: re.Match[str]) -> Fact | None:
    kind = match.lastgroup or ""
    readings = frozenset(READERS[kind](match))
    if not readings:
        return None
    shown = match.group().strip().rstrip(TRAILING)
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    return Fact(kind, readings, shown, start, match.end())


def _timed(text: str, fact: Fact | None) -> Fact | None:
    """A bare hour after "at" or "until" may be a time of day."""
    if fact is None or fact.kind != "number" or len(fact.readings) > 1:
        return fact
    ((kind, *value),) = fact.readings
    if (
        kind == "number"
        and value[0].isdigit()
        and int(value[0]) <= HOURS
        and AT.search(text[: fact.start][-8:])
    ):
        return replace(fact, readings=fact.readings | {("time", str(int(value[0]) % HOURS * 60))})
    return fact


def is_tld(label: str) -> bool:
    """A top-level domain of the internet or of examples, as in skerryline.example."""
    return label.lower() in TLDS or label.lower() in RESERVED_TLDS


def _with_ranges(text: str, facts: list[Fact]) -> list[Fact]:
    """The lower end of "30 to 59 minutes" takes the unit of the upper one, the upper of "£5 to 10" the £."""
    ranged = list(facts)
    for lower, upper in pairwise(range(len(facts))):
        first, second = facts[lower], facts[upper]
        if "number" not in (first.kind, second.kind) or not RANGE.fullmatch(text, first.end, second.start):
            continue
        if first.kind == "number" and (unit := UNIT_AFTER.search(second.shown)) is not None:
            shown = text[first.start : second.end].strip()
            ranged[lower] = _lent(first, f"{first.shown} {unit.group(1)}", "number", shown)
        elif second.kind == "number" and (symbol := SYMBOL_BEFORE.search(first.shown)) is not None:
            ranged[upper] = _lent(second, f"{symbol.group(1)}{second.shown}", "money", second.shown)
    return ranged


def _lent(fact: Fact, written: str, kind: str, shown: str) -> Fact:
    """The fact as it reads when written out, or as it was when that is no such fact."""
    match = FACT.fullmatch(written)
    if match is None or not match[kind]:
        return fact
    return replace(fact, readings=frozenset(READERS[kind](match)), shown=shown)
