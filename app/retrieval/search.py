"""One search over one shelf: evidence for each entry, then a closer look at the best of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.retrieval.calibration import Curve
from app.retrieval.corpus import Entry, Phrasing
from app.retrieval.head import Head, Places
from app.retrieval.lexical import LetterStatistics, WordStatistics
from app.retrieval.scoring import LETTERS, SUBJECT, evidence_of, plain_scores
from app.retrieval.shelf import Shelf
from app.retrieval.views import Floats, Views, centred, shared_letters

LOOKED_AT = 60  # entries whose letters are compared


@dataclass(frozen=True)
class Question:
    """A text as the index compares it."""

    text: str
    whole: Floats  # one row of `Encoder.encode_whole`
    turns: tuple[str, ...] = ()  # what was said before, oldest first


@dataclass(frozen=True)
class Scored:
    """How well one entry answers a text, and by which of its texts."""

    entry: Entry
    phrasing: Phrasing
    score: float  # entries are ranked by it
    likeness: float  # 0..1, of the text to that phrasing
    probability: float  # 0..1, that this entry answers


@dataclass(frozen=True)
class Fitted:
    """What was learned from the whole corpus. Entries changed since are weighed by it, not added to it."""

    dimensions: int  # of meaning; the numbers after it are of inner layers
    letters: LetterStatistics
    words: WordStatistics
    centre: Floats  # of the inner layers
    head: Head | None
    curve: Curve
    undecided: float  # two entries whose scores differ by less both fit
    newcomer: tuple[float, float]  # slope and offset from a cosine to the head's scale

    def views(self, question: Question) -> Views:
        return Views(
            question.whole[np.newaxis, : self.dimensions],
            centred(question.whole[np.newaxis, self.dimensions :], self.centre),
            self.letters.rows([question.text]),
        )


def search_shelf(
    shelf: Shelf, fitted: Fitted, question: Question, views: Views, *, alive: NDArray[np.bool_], learned: bool
) -> list[Scored]:
    """The best living entries, in no order. `learned` says whether the head knows this shelf."""
    if not alive.any():
        return []
    cosines = shelf.nearest.cosines(views.meaning[0])
    meant = shelf.subjects.scores([*question.turns, question.text])
    scores = _scores(shelf, fitted, question, views, cosines, learned=learned) + SUBJECT * meant
    best = _first(np.where(alive, scores, -np.inf), LOOKED_AT)
    best = best[alive[best]]
    return _look_closer(shelf, fitted, views, best, cosines, scores[best], meant[best])


def _scores(
    shelf: Shelf, fitted: Fitted, question: Question, views: Views, cosines: Floats, *, learned: bool
) -> Floats:
    """For each entry, whatever its subject."""
    if fitted.head is not None and learned:
        by_head: Floats = fitted.head.scores(views)[0]
        return by_head
    nearest = shelf.best_of_entries(cosines)
    if fitted.head is not None:
        slope, offset = fitted.newcomer
        return np.float32(slope) * nearest + np.float32(offset)
    words = shelf.best_of_entries(shelf.words.scores(question.text))
    return plain_scores(nearest, words, cosines[shelf.starts[:-1]] if shelf.has_passages else None)


def _look_closer(
    shelf: Shelf,
    fitted: Fitted,
    views: Views,
    entries: Places,
    cosines: Floats,
    scores: Floats,
    meant: Floats,
) -> list[Scored]:
    """With the letters compared and the best phrasing found. `scores` and `meant` have one per entry given.

    An entry about some other place than the one that was named is as improbable as its name was unlike.
    """
    rows, starts = shelf.rows_of(entries)
    letters = shared_letters(views.letters, shelf.letters[rows])[0]
    shared = np.maximum.reduceat(np.where(shelf.asked[rows], letters, 0.0), starts)
    nearest = np.maximum.reduceat(cosines[rows], starts)
    learned = fitted.head is not None
    evidence = evidence_of(scores - SUBJECT * meant, nearest, shared, learned=learned)
    ranked_by = scores if learned else evidence + SUBJECT * meant
    likeness = np.split(np.clip((cosines[rows] + LETTERS * letters) / (1 + LETTERS), 0.0, 1.0), starts[1:])
    about = np.where(shelf.subjects.named[entries], meant, 1.0)
    return [
        Scored(
            entry=shelf.entries[entry],
            phrasing=shelf.phrasings[rows[starts[place] + int(likeness[place].argmax())]],
            score=float(ranked_by[place]),
            likeness=float(likeness[place].max()),
            probability=fitted.curve.probability(float(evidence[place])) * float(about[place]),
        )
        for place, entry in enumerate(entries)
    ]


def _first(scores: Floats, count: int) -> Places:
    """Places of the highest scores, in no order."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(-scores, count)[:count]
