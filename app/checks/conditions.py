"""A sentence that lost the condition of the approved sentence it stands on, or turned it.

"If we cancel your train, you get the full fare back" is approved; "You get the full fare back" is not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.statements import Sentence, Statement, sentences_of, sources_of
from app.checks.stems import is_content, stem

NAME = "conditions"


class Kind(StrEnum):
    IF = "if"
    UNLESS = "unless"  # turns an "if" round
    EXCEPT = "except"
    UNTIL = "until"
    ONLY = "only"
    SCOPE = "scope"  # "With an Access Card, ..." before a comma


MARKERS = {
    word: kind
    for kind, words in {
        Kind.IF: "if when whenever once provided wenn falls sofern sobald solange soweit si lorsque should",
        Kind.UNLESS: "unless",
        Kind.EXCEPT: "except excepting außer ausgenommen sauf",
        Kind.UNTIL: "until till jusqu",
        Kind.ONLY: "only solely exclusively nur ausschließlich lediglich seulement uniquement",
    }.items()
    for word in words.split()
}
_SCOPE_WORDS = "with for on after at from during outside bei mit für nach am im ab avec pour"
SCOPES = frozenset(_SCOPE_WORDS.split())
LIMITED = 2  # words after "only" that it limits
EVEN = frozenset(("even", "whether", "regardless", "auch", "selbst", "egal", "même"))
MARK = re.compile(r"[,;:.!?()\u2013\u2014]")
MAIN_KEPT = 0.75  # share of the main part's words that a sentence must hold to stand on it
SENTENCE_FILLED = 0.5  # share of the sentence's own words that the main part gives
CONDITION_KEPT = 0.67  # of the condition's words; fewer, and it is lost
SCOPE_KEPT = 0.25
SAID_PLAINLY = 0.8  # share of its words that an approved sentence without condition must hold to allow it
FEWEST_WORDS = 2


@dataclass(frozen=True)
class Conditioned:
    """An approved sentence in two parts, as stems: what it says, and under which condition."""

    kind: Kind
    main: frozenset[str]
    condition: frozenset[str]
    alike: int  # conditions of this kind in the sentence


@dataclass(frozen=True)
class Place:
    """A sentence of the text and what stands beside it, where its condition may have moved to."""

    words: frozenset[str]
    nearby: frozenset[str]
    kinds: Counter[Kind]
    is_even: bool


def check_conditions(checked: CheckedText) -> Finding:
    """Shows each sentence that stands on an approved one but leaves out or turns its condition."""
    approved = sources_of(checked.sources)
    conditions = [found for one in approved if (found := _conditions_of(one.whole))]
    plain = [_without_values(_stems(one.whole.pieces)) for one in approved if not _conditions_of(one.whole)]
    spoken = sentences_of(checked.text)
    places = zip(spoken, _places(spoken), strict=True)
    lost = distinct(one.whole.text for one, place in places if _is_lost(place, conditions, plain))
    if lost:
        leaves = agreeing(lost, "leaves", "leave")
        return warned(
            NAME, f"{quoted(lost)} {leaves} out or turns the condition of an approved answer.", lost
        )
    return passed(NAME, "No sentence lost the condition of the approved one it stands on.")


@lru_cache(maxsize=4096)
def _conditions_of(sentence: Statement) -> tuple[Conditioned, ...]:
    """Each condition of a sentence apart from the rest of it."""
    return tuple(_conditioned(sentence.pieces))


def _conditioned(pieces: Sequence[str]) -> Iterator[Conditioned]:
    kinds = _kinds(pieces)
    for place, piece in enumerate(pieces):
        kind = MARKERS.get(piece)
        if kind is None and place == 0 and piece in SCOPES:
            kind = Kind.SCOPE
        if kind is None or (piece in ("once", "should") and place) or pieces[place - 1] in EVEN:
            continue
        start, end = _span(pieces, place, kind)
        main = _without_values(_stems((*pieces[:start], *pieces[end:])))
        condition = _stems(pieces[start + 1 : end])
        found = Conditioned(kind, main, condition, kinds[kind])
        if kind is Kind.ONLY:
            found = replace(found, condition=_stems(pieces[place + 1 : place + 1 + LIMITED]))
        if len(found.main) >= FEWEST_WORDS and (found.condition or kind is Kind.ONLY):
            yield found


def _span(pieces: Sequence[str], place: int, kind: Kind) -> tuple[int, int]:
    """From the marker up to the next mark; nothing at all for a scope that no comma ends."""
    if kind is Kind.ONLY:
        return place, place + 1
    marks = (at for at in range(place + 1, len(pieces)) if MARK.fullmatch(pieces[at]))
    end = next(marks, len(pieces))
    if kind is Kind.SCOPE and (end == len(pieces) or pieces[end] != ","):
        return place, place + 1
    return place, end


def _stems(pieces: Sequence[str]) -> frozenset[str]:
    return frozenset(stem(piece) for piece in pieces if piece not in MARKERS and is_content(piece))


def _without_values(words: frozenset[str]) -> frozenset[str]:
    """A value may be written in another way, and is traced as a fact."""
    return frozenset(word for word in words if not word[0].isdigit())


def _places(spoken: Sequence[Sentence]) -> Iterator[Place]:
    words = [_stems(one.whole.pieces) for one in spoken]
    for place, one in enumerate(spoken):
        pieces = one.whole.pieces
        nearby = frozenset[str]().union(*words[max(0, place - 1) : place + 2])
        yield Place(_without_values(words[place]), nearby, _kinds(pieces), not EVEN.isdisjoint(pieces))


def _kinds(pieces: Sequence[str]) -> Counter[Kind]:
    return Counter(MARKERS[piece] for piece in pieces if piece in MARKERS)


def _is_lost(
    place: Place, conditions: Sequence[tuple[Conditioned, ...]], plain: Sequence[frozenset[str]]
) -> bool:
    """Whether each approved sentence it may stand on has a condition that it lacks."""
    if len(place.words) < FEWEST_WORDS:
        return False
    if any(len(place.words & words) >= SAID_PLAINLY * len(place.words) for words in plain):
        return False
    standing = [found for each in conditions if (found := [one for one in each if _stands_on(place, one)])]
    return bool(standing) and all(any(_is_without(place, one) for one in found) for found in standing)


def _stands_on(place: Place, approved: Conditioned) -> bool:
    if approved.kind is Kind.ONLY and not approved.condition <= place.nearby:
        return False
    shared = len(place.words & approved.main)
    fills = len(place.words & (approved.main | approved.condition))
    return shared >= MAIN_KEPT * len(approved.main) and fills >= SENTENCE_FILLED * len(place.words)


def _is_without(place: Place, approved: Conditioned) -> bool:
    if approved.kind is Kind.ONLY:
        return not place.kinds[Kind.ONLY]
    kept = len(place.nearby & approved.condition) / len(approved.condition)
    if approved.kind is Kind.SCOPE:
        return kept < SCOPE_KEPT
    if kept < CONDITION_KEPT:
        return place.kinds[approved.kind] < approved.alike
    if approved.kind is Kind.IF:
        return bool(place.kinds[Kind.UNLESS]) or (place.is_even and bool(place.kinds[Kind.IF]))
    return approved.kind is Kind.UNLESS and not place.kinds[Kind.UNLESS] and bool(place.kinds[Kind.IF])
