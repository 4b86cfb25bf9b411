"""Sentences that state nothing: greetings, thanks, apologies, offers of help, questions without a fact."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from app.checks.phrases import tokens
from app.checks.support.sources import split_sentences
from app.checks.support.words import stem, words_of

KIND_WORDS = frozenset(map(stem, Path(__file__).with_name("kind_words.txt").read_text().split()))
FEEL_FREE = re.compile(r"\bfeel free\b", re.I)  # the one "free" that costs nobody anything
GREETING = re.compile(
    r"\A\W*(?:hi|hello|hey|dear|hallo|lieber?|guten \w+)\b(?:[ ,]+\w[\w'.-]*){0,3}(?:[,!.]|$)", re.I
)

GAP = re.compile(r"\{\w+\}")  # in an approved phrase: "Thanks for asking about {topic}."
MOST_FILLED_IN = 6  # words


def states_something(sentence: str, *, approved: Collection[str] = ()) -> bool:
    """Whether a sentence says anything that needs a source.

    `approved` are whole phrases of the voice, such as its openings and closings; they need none.
    """
    words = words_of(FEEL_FREE.sub("", GREETING.sub("", sentence, count=1)))
    if not words.content or tokens(sentence) in [tokens(one) for one in _whole_and_parts(approved)]:
        return False
    if not words.facts and any(_is_filled_in(sentence, phrase) for phrase in approved):
        return False
    return bool(words.facts) or not (sentence.rstrip().endswith("?") or words.about <= KIND_WORDS)


def _whole_and_parts(phrases: Collection[str]) -> Iterator[str]:
    for phrase in phrases:
        yield phrase
        yield from split_sentences(phrase)


def _is_filled_in(sentence: str, phrase: str) -> bool:
    """Whether the sentence is an approved phrase with a few words in its gap."""
    if len(around := GAP.split(phrase)) != 2:
        return False
    before, after, said = tokens(around[0]), tokens(around[1]), tokens(sentence)
    filled = len(said) - len(before) - len(after)
    ends_alike = not after or said[-len(after) :] == after
    return 1 <= filled <= MOST_FILLED_IN and said[: len(before)] == before and ends_alike
