"""The sources of a reply, taken apart once: which words, phrases and facts they hold, and where."""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.checks.fact_readings import Reading
from app.checks.sentences import sentences
from app.checks.support.words import Words, stem, words_of

MOST_SENTENCES = 400  # of all sources together; what stands after them supports nothing
MOST_PLACES = 50  # of one word; more would only make hostile text slow
APART = 3  # words between two sentences when distances are counted
NEVER_NEAR = 1_000_000
# Copied texts often miss the space after a sentence.
GLUED = re.compile(r"(?<=[a-z][.!?])(?=[A-Z][a-z])")
FIELD_LINE = re.compile(r"[A-Za-z][\w &']{0,60}: [^.!?]{1,80}")  # of a record; it stays whole
HAS_WORD = re.compile(r"\w")
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class SourceSentence:
    source: int  # which of the sources, from 0
    text: str


@dataclass(frozen=True)
class Sources:
    """Everything that sentences of a reply are held against."""

    sentences: tuple[SourceSentence, ...]
    words: tuple[Words, ...]  # of the same sentences
    stems: frozenset[str]
    pairs: frozenset[Phrase]  # neighbours
    triples: frozenset[Phrase]
    topics: frozenset[Phrase]  # neighbours among the words it is about
    grams: frozenset[str]
    readings: frozenset[Reading]
    values: frozenset[str]  # the same without their kind: 28 of "28 days"
    answers: tuple[int, ...]  # sentences that are no questions, if there are any
    holders: dict[str, tuple[int, ...]]  # which of these hold a stem
    places: dict[str, tuple[int, ...]]  # where it stands in the running text
    length: int  # in words

    def shared(self, about: frozenset[str]) -> Counter[int]:
        """How many of these stems each sentence holds; those that hold none are left out."""
        return Counter(number for one in about for number in self.holders.get(one, ()))

    def distance(self, one: str, other: str) -> int:
        """Words between the nearest occurrences of two stems."""
        seldom, often = sorted((self.places.get(one, ()), self.places.get(other, ())), key=len)
        return min((_nearest(often, place) for place in seldom), default=NEVER_NEAR)


@lru_cache(maxsize=256)
def read_sources(texts: tuple[str, ...]) -> Sources:
    """The sources taken apart. Time and space grow with their length."""
    found = [
        SourceSentence(number, piece) for number, text in enumerate(texts) for piece in split_sentences(text)
    ][:MOST_SENTENCES]
    words = tuple(words_of(one.text) for one in found)
    stated = tuple(number for number, one in enumerate(found) if not one.text.endswith("?"))
    answers = stated or tuple(range(len(found)))
    readings = frozenset(reading for one in words for fact in one.facts for reading in fact)
    return Sources(
        sentences=tuple(found),
        words=words,
        stems=frozenset(one for sentence in words for one in sentence.stems) | _joined(words),
        pairs=_phrases([sentence.stems for sentence in words], 2),
        triples=_phrases([sentence.stems for sentence in words], 3),
        topics=frozenset(pair for sentence in words for pair in topics(sentence)),
        grams=frozenset[str]().union(*(sentence.grams for sentence in words)),
        readings=readings | {reading[:3] for reading in readings if reading[0] == "date"},
        values=frozenset(reading[-1] for reading in readings),
        answers=answers,
        holders=_holders(words, answers),
        places=_places(words),
        length=sum(len(sentence.words) for sentence in words),
    )


def split_sentences(text: str) -> list[str]:
    """Sentences that hold a word, and each line "name: value" as one."""
    pieces = [piece for line in text.splitlines() for piece in _pieces(line.strip())]
    return [piece for piece in pieces if HAS_WORD.search(piece)]


def _pieces(line: str) -> list[str]:
    if FIELD_LINE.fullmatch(line):
        return [line]
    return [piece for sentence in sentences(line) for piece in GLUED.split(sentence)]


def topics(sentence: Words) -> list[Phrase]:
    stems = [sentence.stems[place] for place in sentence.content]
    return list(pairwise(stems))


def phrases(stems: Sequence[str], size: int) -> list[Phrase]:
    return [tuple(stems[start : start + size]) for start in range(len(stems) - size + 1)]


def _phrases(sentences_stems: Sequence[Sequence[str]], size: int) -> frozenset[Phrase]:
    return frozenset(phrase for stems in sentences_stems for phrase in phrases(stems, size))


def _joined(words: Sequence[Words]) -> frozenset[str]:
    """Neighbours written as one, so that "take out" vouches for "takeout"."""
    return frozenset(stem(one + other) for sentence in words for one, other in pairwise(sentence.words))


def _holders(words: Sequence[Words], answers: Sequence[int]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number in answers:
        for one in words[number].about:
            found[one].append(number)
    return {one: tuple(numbers) for one, numbers in found.items()}


def _places(words: Sequence[Words]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    place = 0
    for sentence in words:
        for one in sentence.stems:
            if len(found[one]) < MOST_PLACES:
                found[one].append(place)
            place += 1
        place += APART
    return {one: tuple(places) for one, places in found.items()}


def _nearest(places: tuple[int, ...], place: int) -> int:
    after = bisect(places, place)
    return min(abs(place - near) for near in places[max(0, after - 1) : after + 1])
