"""What each value of a sentence is attached to: the words and the other values around it.

Of "25% for 30 to 59 minutes, 50% for 60 to 119", 25 % is attached to 30 and 59 minutes and not to 60: between
two values of one kind, the last comma or "and" before the second one parts them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.checks.fact_readings import Reading
from app.checks.facts import Fact, facts_in, plain
from app.checks.folding import fold
from app.checks.opposites import POLES
from app.checks.sentences import sentence_spans
from app.checks.stems import PIECE, is_content, stem

MARK = re.compile(r"[,;:()\u2013\u2014]\s|\s(?:and|or|but|und|oder|aber|et|ou|mais)\s", re.IGNORECASE)
PART = re.compile(r"[,;:()]\s")
OF = re.compile(r"\s(?:of|von|vom|de|du)\s(?:(?:an?|the|your|our)\s)?\w+(?:\s\w+)?", re.IGNORECASE)
ROUTE = re.compile(r"\b(?:between|from|zwischen|von|entre)\s", re.IGNORECASE)
# Verbs that say only that a value follows.
_LITTLE = "cost pay get give take be have need allow valid last come go up to each also kostet zahl gilt"
LITTLE = frozenset(map(stem, _LITTLE.split()))
# Kinds whose values are told apart by what they are attached to.
COMPARED = frozenset(
    {"money", "percent", "quantity", "time", "number", "phone", "link", "mail", "date", "weekday"}
)
TIMES = frozenset(("minute", "day", "working day", "night", "month"))
MOST_VALUES = 100
BETWEEN = re.compile(r"\b(?:between|zwischen|entre)\s\Z", re.IGNORECASE)
UP_TO = re.compile(r"\s?(?:to|until|till|through|bis|à|-|\u2013|\u2014)\s?", re.IGNORECASE)
AND = re.compile(r"\s(?:and|und|et)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Attached:
    """One value with the words and values it stands with."""

    fact: Fact
    kind: str
    words: frozenset[str]
    shared: frozenset[str]  # words of the sentence that it shares with all values of its kind
    partners: frozenset[Reading]  # values of other kinds


@dataclass(frozen=True)
class Values:
    """The values of a text with their surroundings, and both ends of each range."""

    attached: tuple[Attached, ...]
    ranges: tuple[tuple[Fact, Fact], ...]


@lru_cache(maxsize=2048)
def values_in(text: str) -> Values:
    """The first `MOST_VALUES` of a text, sentence by sentence. Of a source they are read once."""
    facts = facts_in(text)[:MOST_VALUES]
    read = plain(text)
    attached: list[Attached] = []
    place = 0
    for start, end in sentence_spans(read):
        first = place
        while place < len(facts) and facts[place].start < end:
            place += 1
        if place > first:
            attached.extend(_attached(read, (start, end), facts[first:place]))
    ranges = tuple((low, high) for low, high in pairwise(facts) if _is_range(read, low, high))
    return Values(tuple(attached), ranges)


def kind_of(fact: Fact) -> str:
    """What the value counts: £ and € are one kind, minutes and days too, minutes and metres are two."""
    reading = min(fact.readings)
    if reading[0] != "quantity":
        return reading[0]
    return "quantity of time" if reading[1] in TIMES else f"quantity of {reading[1]}"


def _attached(text: str, sentence: tuple[int, int], facts: Sequence[Fact]) -> Iterator[Attached]:
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_kind[kind_of(fact)].append(fact)
    for kind, alike in by_kind.items():
        if kind.partition(" ")[0] not in COMPARED:
            continue
        shared = _words(text, (sentence[0], alike[0].start), facts) | _of_what(text, alike[0], facts)
        for fact, (start, end) in zip(alike, _spans(text, sentence, alike), strict=True):
            partners = frozenset(
                reading
                for other in facts
                if start <= other.start < end and kind_of(other) != kind
                for reading in other.readings
            )
            words = _words(text, (start, end), facts) | _route(text, fact, alike, sentence[1], facts)
            yield Attached(fact, kind, words, shared, partners)


def _of_what(text: str, fact: Fact, facts: Sequence[Fact]) -> frozenset[str]:
    """Of "25% of a single fare for ..., 50% for ..." what all shares are taken of."""
    match = OF.match(text, fact.end)
    return _words(text, match.span(), facts) if match else frozenset()


def _route(text: str, fact: Fact, alike: Sequence[Fact], end: int, facts: Sequence[Fact]) -> frozenset[str]:
    """Of "£7 single or £13 return between A and B" the places, which both fares are for."""
    part_end = next((match.start() for match in PART.finditer(text, fact.end, end)), end)
    last = [one for one in alike if fact.start <= one.start < part_end][-1]
    match = ROUTE.search(text, last.end, part_end)
    return _words(text, (match.start(), part_end), facts) if match else frozenset()


def _spans(text: str, sentence: tuple[int, int], facts: Sequence[Fact]) -> Iterator[tuple[int, int]]:
    """From the mark after the value before to the mark before the next one; both ends of a range share it."""
    start, last = sentence
    together = 1
    for fact, following in pairwise(facts):
        if _is_range(text, fact, following):
            together += 1
            continue
        marks = [match.end() for match in MARK.finditer(text, fact.end, following.start)]
        end = marks[-1] if marks else following.start
        yield from [(start, end)] * together
        start, together = end, 1
    yield from [(start, last)] * together


def _words(text: str, span: tuple[int, int], facts: Sequence[Fact]) -> frozenset[str]:
    """Stems of the words there that are part of no value."""
    start, end = span
    cut = list(text[start:end])
    for fact in facts:
        for place in range(max(fact.start, start), min(fact.end, end)):
            cut[place - start] = " "
    pieces = PIECE.findall(fold("".join(cut)))
    stems = (stem(piece) for piece in pieces if is_content(piece) and piece not in POLES)
    return frozenset(stems) - LITTLE


def _is_range(text: str, first: Fact, second: Fact) -> bool:
    if kind_of(first) != kind_of(second):
        return False
    if UP_TO.fullmatch(text, first.end, second.start):
        return True
    before = text[max(0, first.start - 10) : first.start]
    return AND.fullmatch(text, first.end, second.start) is not None and BETWEEN.search(before) is not None
