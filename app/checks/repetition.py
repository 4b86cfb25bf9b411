"""Words we used in public a short while ago: whoever reads several such replies takes them for a machine's.

Approved fact sentences are left out, because they must stay word for word; greeting and signature as well.
"""

from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, distinct, passed, quoted, warned
from app.checks.phrases import tokens
from app.checks.sentences import sentences

NAME = "repetition"
FEWEST_WORDS = 3  # a shorter sentence is nobody's wording
SHINGLE = 3  # words that follow one another
LONG = 8  # words from which on a sentence also counts when it is nearly the same
ALIKE = 0.8  # share of shingles in common, of all shingles of both

Words = tuple[str, ...]


def check_repetition(checked: CheckedText) -> Finding:
    """Warns of each sentence that a recent public reply of this account holds, or nearly holds."""
    exempt = frozenset[Words]().union(*map(said_in, (*checked.sources, *checked.fixed_parts)))
    repeated = {
        sentence: earlier
        for sentence in sentences(checked.text)
        if (words := _words(sentence)) not in exempt and (earlier := _earlier(words, checked.recent_replies))
    }
    if not repeated:
        return passed(NAME, "No wording of our recent public replies comes again.")
    earlier = next(iter(repeated.values()))
    found = distinct(repeated)
    return warned(
        NAME,
        f"{quoted(found)}: we said “{earlier[:120]}” in public a short while ago. Say it in other words.",
        found,
    )


@lru_cache(maxsize=1024)
def said_in(text: str) -> frozenset[Words]:
    """The sentences of a text as words, dressed down."""
    return frozenset(_words(sentence) for sentence in sentences(text))


def _words(sentence: str) -> Words:
    return tuple(word for word in tokens(sentence) if word[0].isalnum())


def _earlier(words: Words, replies: tuple[str, ...]) -> str | None:
    """The sentence of a recent reply that is the same or nearly so."""
    if len(words) < FEWEST_WORDS:
        return None
    for reply in replies:
        for sentence, said in _sentences_of(reply):
            if said == words or (min(len(said), len(words)) >= LONG and _overlap(said, words) >= ALIKE):
                return sentence
    return None


@lru_cache(maxsize=1024)
def _sentences_of(reply: str) -> tuple[tuple[str, Words], ...]:
    return tuple((sentence, _words(sentence)) for sentence in sentences(reply))


def _overlap(one: Words, other: Words) -> float:
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / len(first | second)


@lru_cache(maxsize=4096)
def _shingles(words: Words) -> frozenset[Words]:
    return frozenset(words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1))
