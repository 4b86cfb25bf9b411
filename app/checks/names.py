"""Names of places, products, lines and people: words with a capital that grammar does not ask for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.checks.fact_patterns import LINKS
from app.checks.fact_words import CURRENCIES, DAYS, MONTHS, WEEKDAYS
from app.checks.folding import fold
from app.checks.ordinary_words import ALWAYS_CAPITAL, ENDINGS, GERMAN, GERMAN_NOUN, OPENERS
from app.checks.stems import stem

MOST_WORDS = 4_000  # of a text; more is no reply
WORD = re.compile(r"[^\W\d_][\w]*(?:['\u2019-][^\W\d_]\w*)*")
# What a capital follows by rule: an end of sentence, a line, a bullet, an opening quotation mark or bracket.
OPENS = re.compile(
    r"(?:\A|[.!?:;\u2026]['\"\u201d\u2019)]{0,3}\s|\n|[\u2022*>\u2013\u2014-]\s|[\"\u201c\u201e\u00ab(\[]|\d[.)]\s)\s?\Z"
)
POSSESSIVE = re.compile(r"(?:['\u2019]s?)\Z")
PLACED = re.compile(r"\b(?:nach|in|aus|von|ab|bis|über|via|richtung|zwischen)\s\Z", re.IGNORECASE)
GERMAN_SHARE = 0.12
FEWEST_GERMAN = 2


@dataclass(frozen=True)
class Name:
    """One word or several of a name and where they stand."""

    words: tuple[str, ...]  # folded, without "'s"
    shown: str
    start: int


@dataclass(frozen=True)
class Vocabulary:
    """The words of a text, which of them stand side by side, and which are only written with a capital."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    names: frozenset[str]


@dataclass(frozen=True)
class _Word:
    written: str
    plain: str  # folded, without "'s"
    start: int
    end: int
    opens: bool

    @property
    def is_capital(self) -> bool:
        return any(letter.isupper() for letter in self.written)

    @property
    def is_generic(self) -> bool:
        return any(self.plain in words for words in (ALWAYS_CAPITAL, MONTHS, WEEKDAYS, DAYS, CURRENCIES))


@lru_cache(maxsize=2048)
def vocabulary(text: str) -> Vocabulary:
    """What a source or a customer writes, with plurals and possessives as the word itself."""
    words = list(_words(text))
    plain = [stem(word.plain) for word in words]
    parts = {stem(part) for word in words for part in re.split(r"['-]", word.plain) if part}
    small = {stem(word.plain) for word in words if not word.is_capital}
    names = {stem(word.plain) for word in words if word.is_capital} - small
    return Vocabulary(frozenset(plain) | parts, frozenset(pairwise(plain)), frozenset(names))


def names_in(text: str) -> list[Name]:
    """The names of a text, words that stand together as one. Knows English and, with less, German."""
    words = list(_words(text))
    german = _is_german(words)
    runs: list[list[_Word]] = []
    for word in words:
        if not _may_name(word, german=german):
            continue
        if runs and text[runs[-1][-1].end : word.start] in (" ", "-"):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_name(text, run) for run in runs if not german or _is_german_name(text, run)]


def _words(text: str) -> Iterator[_Word]:
    addresses = iter([match.span() for match in LINKS.finditer(text)])
    start, end = next(addresses, (len(text), len(text)))
    for count, match in enumerate(WORD.finditer(text)):
        if count >= MOST_WORDS:
            return
        while match.start() >= end and start < len(text):
            start, end = next(addresses, (len(text), len(text)))
        if match.start() < start:
            plain = POSSESSIVE.sub("", fold(match.group()))
            opens = OPENS.search(text, max(0, match.start() - 6), match.start()) is not None
            yield _Word(match.group(), plain, match.start(), match.end(), opens)


def _is_german(words: list[_Word]) -> bool:
    count = sum(word.plain in GERMAN for word in words)
    return count >= FEWEST_GERMAN and count >= GERMAN_SHARE * len(words)


def _may_name(word: _Word, *, german: bool) -> bool:
    if not word.is_capital or word.is_generic or len(word.plain) < 2:
        return False
    if not word.opens:
        return True
    if any(letter.isupper() for letter in word.written[1:]):
        return True
    ordinary = (
        "'" in word.plain or stem(word.plain) in _OPENING_STEMS or ENDINGS.search(word.plain) is not None
    )
    return not german and not ordinary


_OPENING_STEMS = frozenset(map(stem, OPENERS))


def _is_german_name(text: str, run: list[_Word]) -> bool:
    """German writes every noun with a capital: a name is two, has odd capitals, or stands after "nach"."""
    if len(run) > 1 or any(letter.isupper() for letter in run[0].written[1:]):
        return True
    placed = PLACED.search(text, max(0, run[0].start - 12), run[0].start) is not None
    return placed and not GERMAN_NOUN.search(run[0].plain)


def _name(text: str, run: list[_Word]) -> Name:
    shown = text[run[0].start : run[-1].end]
    return Name(tuple(word.plain for word in run), POSSESSIVE.sub("", shown), run[0].start)
