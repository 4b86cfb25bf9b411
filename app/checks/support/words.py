"""A sentence as the words it is about, its facts, its names and how often it says no. Plain code."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.checks.fact_readings import Reading
from app.checks.facts import facts_in

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SPACES = re.compile(r"\W+")
GRAM = 5  # characters
LONGEST_SENTENCE = 2_000  # characters; more of one sentence is not read
# They say how a sentence is built, not what it is about.
PLAIN_WORDS = frozenset(Path(__file__).with_name("plain_words.txt").read_text().split())
# The weights were fitted to these, so they stay apart from the lists of other checks.
NEGATIONS = frozenset(Path(__file__).with_name("negations.txt").read_text().split())
# Endings taken off, what replaces them, and how long a word must be to lose them; the first that fits.
ENDINGS = (
    ("'s", "", 3),
    ("ies", "y", 5),
    ("sses", "ss", 5),
    ("ings", "", 6),
    ("ing", "", 6),
    ("edly", "", 7),
    ("ied", "y", 5),
    ("ed", "", 5),
    ("ly", "", 5),
    ("es", "", 5),
    ("s", "", 4),
    ("e", "", 4),
)


@dataclass(frozen=True)
class Words:
    """One sentence, read once."""

    words: tuple[str, ...]  # in lower case
    stems: tuple[str, ...]  # of the same words
    content: tuple[int, ...]  # places of the words that say what it is about
    about: frozenset[str]  # their stems
    names: tuple[int, ...]  # places of those written with a capital inside the sentence
    negations: int
    facts: tuple[frozenset[Reading], ...]
    grams: frozenset[str]

    @property
    def is_statement(self) -> bool:
        return bool(self.content)


@lru_cache(maxsize=8192)
def words_of(sentence: str) -> Words:
    """The sentence taken apart; approved answers are the same for many drafts, so each is read once."""
    text = sentence[:LONGEST_SENTENCE].replace("\u2019", "'")
    found = list(WORD.finditer(text))
    words = tuple(match.group().lower() for match in found)
    content = tuple(place for place, word in enumerate(words) if _is_content(word))
    stems = tuple(map(stem, words))
    return Words(
        words=words,
        stems=stems,
        content=content,
        about=frozenset(stems[place] for place in content),
        names=tuple(place for place in content if _is_name(text, found[place])),
        negations=sum(map(_is_negation, words)),
        facts=tuple(fact.readings for fact in facts_in(text)),
        grams=_grams(text),
    )


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without the endings of English inflection: rough, but the same for both sides."""
    for ending, instead, shortest in ENDINGS:
        if word.endswith(ending) and len(word) >= shortest and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def weight(word: str) -> float:
    """Long words are rarer and tell more. 0.4 to 1.3."""
    return min(len(word), 10) / 10 + 0.3


def _is_content(word: str) -> bool:
    return word not in PLAIN_WORDS and (len(word) > 1 or word.isdigit())


def _is_negation(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


def _is_name(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].rstrip()[-1:]
    return match.group()[0].isupper() and before != "" and before not in '.!?:"“'


def _grams(text: str) -> frozenset[str]:
    even = SPACES.sub(" ", text.lower())
    return frozenset(even[start : start + GRAM] for start in range(len(even) - GRAM + 1))
