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


def states_something(sentence: str, *, approved: Collection[str] = ()) -> bool:
    """Whether a sentence says anything that needs a source.

    `approved` are whole phrases of the voice, such as its openings and closings; they need none.
    """
    words = words_of(FEEL_FREE.sub("", GREETING.sub("", sentence, count=1)))
    if not words.content or tokens(sentence) in [tokens(one) for one in _whole_and_parts(approved)]:
        return False
    return bool(words.facts) or not (sentence.rstrip().endswith("?") or words.about <= KIND_WORDS)


def _whole_and_parts(phrases: Collection[str]) -> Iterator[str]:
    for phrase in phrases:
        yield phrase
        yield from split_sentences(phrase)
