"""What the FAQ says about itself when its own phrasings are asked as if they were new."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.retrieval.calibration import PERSON_WEIGHT, STRANGER_WEIGHT, Curve, Probes, fit_curve
from app.retrieval.corpus import Kind
from app.retrieval.head import Places, even_choice
from app.retrieval.scoring import LEAST_PROBES, Learned, evidence_of, plain_scores
from app.retrieval.shelf import Shelf
from app.retrieval.views import Floats

MOST_PROBES = 1_500
MOST_CELLS = 60_000_000  # of probes times rows: 240 MB while the index is built

# What to expect where the FAQ says little: between the curves of the FAQs measured.
USUAL_HEAD = Curve(slope=8.0, middle=0.75)
USUAL_PLAIN = Curve(slope=12.0, middle=0.65)
USUAL_PASSAGES = Curve(slope=6.0, middle=0.65)

DECIDED = 0.7  # share of two near equals that are told apart rightly; below it both fit
STEEPNESS = (2.0, 200.0)  # slopes looked for
NEVER = np.float32(-1e9)
AS_IT_IS = (1.0, 0.0)  # a cosine taken for a score
LEAST_SPREAD = 0.01  # of cosines: no line goes through one place


@dataclass(frozen=True)
class Calibrated:
    curve: Curve
    undecided: float  # in the scale of scores
    newcomer: tuple[float, float]  # slope and offset from a cosine to the head's score


@dataclass(frozen=True)
class Asked:
    """Some rows asked as if they were new. The matrices are [probes, entries]."""

    owners: Places
    weights: Floats
    scores: Floats  # entries are ranked by these
    evidence: Floats
    nearest: Floats
    scores_of_strangers: Floats  # the same without any phrasing of the probe's entry
    evidence_of_strangers: Floats


def calibrate(shelf: Shelf, learned: Learned | None, *, strangers: int | None) -> Calibrated:
    """`strangers` is the entry that stands for messages nobody answers."""
    usual = _usual(shelf, learned)
    rows = _probes(shelf, learned)
    if len(rows) < LEAST_PROBES:
        return Calibrated(usual, 0.0, AS_IT_IS)
    asked = _ask(shelf, learned, rows)
    real = np.ones(len(rows), dtype=bool)
    if strangers is not None:
        real = asked.owners != strangers
        asked.scores[:, strangers] = asked.scores_of_strangers[:, strangers] = NEVER
    curve = fit_curve([_answerable(asked, real), _left_out(asked, real), _refused(asked, ~real)], usual)
    return Calibrated(curve, _undecided(asked, real), _newcomer(asked, real))


def _usual(shelf: Shelf, learned: Learned | None) -> Curve:
    if learned is not None:
        return USUAL_HEAD
    return USUAL_PASSAGES if shelf.has_passages else USUAL_PLAIN


def _probes(shelf: Shelf, learned: Learned | None) -> Places:
    possible = np.arange(len(shelf.phrasings)) if learned is None else learned.sample
    fair = possible[shelf.fair[possible]]
    most = max(1, min(MOST_PROBES, MOST_CELLS // max(len(shelf.phrasings), 1)))
    return fair[even_choice(len(fair), most)]


def _ask(shelf: Shelf, learned: Learned | None, rows: Places) -> Asked:
    owners = shelf.owners[rows]
    each = np.arange(len(rows))
    cosines = shelf.meaning[rows] @ shelf.meaning.T
    cosines[each, rows] = -1.0
    letters = np.asarray((shelf.letters[rows] @ shelf.letters.T).todense())
    letters[each, rows] = 0.0
    letters[:, ~shelf.asked] = 0.0
    nearest, shared = shelf.best_of_entries(cosines), shelf.best_of_entries(letters)
    if learned is None:
        alone = whole_entry = _plain(shelf, rows, cosines, nearest)
    else:
        place = np.searchsorted(learned.sample, rows)
        alone, whole_entry = learned.left_out.alone[place], learned.left_out.whole_entry[place]
    evidence = evidence_of(alone, nearest, shared, learned=learned is not None)
    of_strangers = evidence_of(whole_entry, nearest, shared, learned=learned is not None)
    scores, scores_of_strangers = (
        (alone.copy(), whole_entry.copy()) if learned else (evidence.copy(), of_strangers.copy())
    )
    scores_of_strangers[each, owners] = NEVER
    confirmed = np.array([shelf.phrasings[row].kind is Kind.CONFIRMED for row in rows], dtype=bool)
    weights = np.where(confirmed, PERSON_WEIGHT, 1.0).astype(np.float32)
    return Asked(owners, weights, scores, evidence, nearest, scores_of_strangers, of_strangers)


def _plain(shelf: Shelf, rows: Places, cosines: Floats, nearest: Floats) -> Floats:
    words = np.stack([shelf.words.scores(shelf.phrasings[row].text) for row in rows])
    words[np.arange(len(rows)), rows] = 0.0
    titles = cosines[:, shelf.starts[:-1]] if shelf.has_passages else None
    return plain_scores(nearest, shelf.best_of_entries(words), titles)


def _answerable(asked: Asked, real: NDArray[np.bool_]) -> Probes:
    first = asked.scores.argmax(axis=1)
    return Probes(_at(asked.evidence, first)[real], (first == asked.owners)[real], asked.weights[real])


def _left_out(asked: Asked, real: NDArray[np.bool_]) -> Probes:
    """Probes whose entry is not there: whatever comes first is wrong."""
    first = asked.scores_of_strangers.argmax(axis=1)
    return Probes(
        _at(asked.evidence_of_strangers, first)[real],
        np.zeros(int(real.sum()), dtype=bool),
        STRANGER_WEIGHT * asked.weights[real],
    )


def _refused(asked: Asked, refused: NDArray[np.bool_]) -> Probes:
    """Messages of which people said that nothing answers them."""
    first = asked.scores.argmax(axis=1)
    count = int(refused.sum())
    return Probes(
        _at(asked.evidence, first)[refused],
        np.zeros(count, dtype=bool),
        np.full(count, PERSON_WEIGHT, dtype=np.float32),
    )


def _undecided(asked: Asked, real: NDArray[np.bool_]) -> float:
    """The lead at which the first of two entries, one of them right, is the right one in DECIDED of cases.

    Leads are taken to follow 1 / (1 + exp(-slope * lead)); the slope is found by halving.
    """
    scores, owners = asked.scores[real], asked.owners[real]
    if scores.shape[1] < 2 or not len(scores):
        return 0.0
    two = np.argpartition(-scores, 1, axis=1)[:, :2]
    pair = np.take_along_axis(scores, two, axis=1)
    among = (two == owners[:, np.newaxis]).any(axis=1)
    leads = np.abs(pair[:, 0] - pair[:, 1])[among]
    right = (scores.argmax(axis=1) == owners)[among]
    low, high = STEEPNESS
    for _ in range(40):
        slope = (low + high) / 2
        rises = ((right - 1 / (1 + np.exp(-np.minimum(slope * leads, 30)))) * leads).sum() > 0
        low, high = (slope, high) if rises else (low, slope)
    return float(np.log(DECIDED / (1 - DECIDED)) / low)


def _newcomer(asked: Asked, real: NDArray[np.bool_]) -> tuple[float, float]:
    """The line from the nearest phrasing's cosine to the score, over the probes' own entries."""
    if real.sum() < LEAST_PROBES:  # nearly all were refused messages
        return AS_IT_IS
    own = asked.owners[real]
    cosines, scores = _at(asked.nearest[real], own), _at(asked.scores[real], own)
    if cosines.std() < LEAST_SPREAD:
        return AS_IT_IS
    slope, offset = np.polyfit(cosines.astype(np.float64), scores.astype(np.float64), 1)
    return float(slope), float(offset)


def _at(table: Floats, columns: Places) -> Floats:
    return table[np.arange(len(table)), columns]
