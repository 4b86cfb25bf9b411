"""What a text says, sentence by sentence and clause by clause, in a form that can be compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.checks.fact_words import NO_NUMBER, NUMBER_WORDS
from app.checks.folding import fold
from app.checks.opposites import NEGATIONS, PHRASE, PHRASES, POLES, without_prefix
from app.checks.sentences import sentences
from app.checks.stems import PIECE, is_content, stem

# More than any reply has; a text beyond that is compared up to here and shown as too long for it.
MOST_SENTENCES = 200
MOST_CHARACTERS = 10_000
CLAUSE_ENDS = frozenset((",", "and", "but", "or", "und", "aber", "oder", "et", "mais"))
ANSWERS = frozenset(("yes", "no", "ja", "nein", "oui", "non", "doch"))  # to a question: they turn nothing
TELEPHONE = re.compile(r"(?<!\w)\+?\(?\d[\d ()/-]{7,20}\d(?!\w)")
AFTER_A_NUMBER = frozenset(("atleast", "atmost", "before", "after", "vor", "nach"))
FEWEST_IN_A_CLAUSE = 3  # words that say what it is about


# A number, the axis and side of the word that bounds it, and whether its sentence says no: at least 10.
Bound = tuple[str, int, int, bool]


@dataclass(frozen=True, eq=False)
class Statement:
    """A sentence or a clause: its words, what they are about, and how it says yes or no."""

    text: str  # as written
    pieces: tuple[str, ...]  # folded words, values and marks in their order
    about: frozenset[str]  # stems of what it is about
    keys: frozenset[str]  # the same and the axes it takes a side on, for finding what is like it
    negations: int
    poles: frozenset[tuple[int, int]]  # axes of `opposites` and the side taken on each
    bounds: frozenset[Bound]


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence as a whole and, where it has several, its clauses."""

    whole: Statement
    clauses: tuple[Statement, ...]


@lru_cache(maxsize=2048)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Up to `MOST_SENTENCES` different sentences. The same text is read once: many drafts share a source."""
    different = list(dict.fromkeys(sentences(text[:MOST_CHARACTERS])))[:MOST_SENTENCES]
    return tuple(map(_sentence, different))


def sources_of(sources: Iterable[str]) -> list[Sentence]:
    """The sentences of all cited versions, each once."""
    return list({one.whole.text: one for source in sources for one in sentences_of(source)}.values())


def holds_too_much(text: str) -> bool:
    return len(text) > MOST_CHARACTERS or len(sentences_of(text)) >= MOST_SENTENCES


def _sentence(text: str) -> Sentence:
    plain = TELEPHONE.sub(" ", fold(text))  # written in many ways, and traced as a fact
    pieces = [_in_one_form(piece) for piece in PIECE.findall(_with_phrases(plain))]
    if pieces[1:2] == [","] and pieces[0] in ANSWERS:
        pieces = pieces[2:]
    clauses = (_statement(text, part) for part in _clauses(pieces))
    return Sentence(
        _statement(text, pieces), tuple(one for one in clauses if len(one.about) >= FEWEST_IN_A_CLAUSE)
    )


def _clauses(pieces: Sequence[str]) -> Iterator[Sequence[str]]:
    """The parts between commas and ands; nothing where there is only one."""
    cuts = [place for place, piece in enumerate(pieces) if piece in CLAUSE_ENDS]
    if cuts:
        yield from (pieces[start:end] for start, end in pairwise([0, *cuts, len(pieces)]))


def _with_phrases(folded: str) -> str:
    """At least, free of charge and the like as one word each."""
    return PHRASE.sub(lambda match: PHRASES[int((match.lastgroup or "p0")[1:])][1], folded)


def _in_one_form(piece: str) -> str:
    """Five as 5 and a link without its protocol, so that both forms meet. "One" is mostly no number."""
    if "://" in piece:
        return piece.partition("://")[2].removeprefix("www.")
    return str(NUMBER_WORDS[piece]) if piece in NUMBER_WORDS and piece not in NO_NUMBER else piece


def _statement(text: str, pieces: Sequence[str]) -> Statement:
    about, poles, negations = set[str](), set[tuple[int, int]](), 0
    for piece in pieces:
        positive = without_prefix(piece)
        if piece in NEGATIONS or piece.endswith("n't") or positive is not None:
            negations += 1
        if piece in POLES:
            poles.add(POLES[piece])
        elif piece not in NEGATIONS and is_content(piece):
            about.add(stem(positive or piece))
    return Statement(
        text=text,
        pieces=tuple(pieces),
        about=frozenset(about),
        keys=frozenset(about | {f"axis {axis}" for axis, _ in poles}),
        negations=negations,
        poles=frozenset(poles),
        bounds=frozenset((*bound, negations > 0) for bound in _bounds(pieces)),
    )


def _bounds(pieces: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Of "at least 10", "10 or more" and "10 minutes before" the 10 with its side."""
    for place, piece in enumerate(pieces):
        if not piece[0].isdigit():
            continue
        if place and pieces[place - 1] in POLES:
            yield (piece, *POLES[pieces[place - 1]])
        for after in pieces[place + 1 : place + 3]:
            if after in AFTER_A_NUMBER:
                yield (piece, *POLES[after])
