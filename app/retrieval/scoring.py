"""How the kinds of evidence become one score: by what the FAQ itself says works for it.

Where entries have examples, a classifier learned from them ranks (`head`); which views it mixes is chosen by
asking every phrasing as if it were new. Where they have none, plain evidence ranks: nearest phrasing or
passage, shared letters, shared words. docs/decisions/matching.md has the figures.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.retrieval.head import (
    MOST_ENTRIES,
    MOST_POINTS,
    Head,
    LeftOut,
    Places,
    even_choice,
    fit_head,
    leave_out,
)
from app.retrieval.views import Floats, Mix, Views

# In order of trust: a later one must be better by more than chance to be chosen.
MIXES = (
    Mix(meaning=0.8, inner=0.0, letters=0.2, sharpness=2.0),
    Mix(meaning=1.0, inner=0.0, letters=0.0, sharpness=1.5),
    Mix(meaning=0.6, inner=0.4, letters=0.0, sharpness=2.0),
    Mix(meaning=0.5, inner=0.35, letters=0.15, sharpness=2.0),
)
MOST_COMPARED = 1_500  # phrasings the mixes are compared on
MOST_LEFT_OUT = 4_000  # phrasings the calibration learns from
LEAST_PROBES = 20  # phrasings with a sibling; with fewer there is nothing to learn

# Plain evidence, when there is no head.
LETTERS, WORDS, PASSAGE_WORDS, TITLE, SUBJECT = 0.2, 0.1, 0.15, 0.1, 1.0
# What counts beside the head's score when it is asked how sure it is: the head says which entry is most
# alike, the nearest phrasing whether anything is alike at all.
SURE_NEAREST, SURE_LETTERS = 0.5, 0.25


@dataclass(frozen=True)
class Learned:
    """A head, and what it said of a sample of its own phrasings when they were left out."""

    head: Head
    sample: Places  # rows
    left_out: LeftOut


def learn(
    points: Views, rows: Places, owners: Places, fair: NDArray[np.bool_], entries: int
) -> Learned | None:
    """The best head for these phrasings, None where there are too few examples to learn from.

    `rows` says where each point lies on its shelf, `owners` which entry it belongs to, and `fair` which are
    like what customers write.
    """
    if fair.sum() < LEAST_PROBES or not 2 <= entries <= MOST_ENTRIES:
        return None
    compared = even_choice(len(points), MOST_COMPARED)
    mix = _best_mix(points.take(compared), owners[compared], fair[compared], entries)
    fitted = even_choice(len(points), MOST_POINTS)
    head = fit_head(mix, points.take(fitted), owners[fitted], entries)
    sample = even_choice(len(points), MOST_LEFT_OUT)
    return Learned(head, rows[sample], leave_out(mix, points.take(sample), owners[sample], entries))


def _best_mix(points: Views, owners: Places, fair: NDArray[np.bool_], entries: int) -> Mix:
    """The first mix that no later one beats by more than one standard error of the difference.

    Source: McNemar (1947), on the phrasings that only one of the two gets right. One alone is chance.
    """
    asked = fair & (np.bincount(owners, minlength=entries)[owners] > 1)
    possible = [mix for mix in MIXES if not mix.inner or points.inner.shape[1]]
    rights = [
        (leave_out(mix, points, owners, entries).alone.argmax(axis=1) == owners)[asked] for mix in possible
    ]
    best = 0
    for place in range(1, len(possible)):
        gained = rights[place].astype(np.intp) - rights[best]
        if gained.sum() > np.sqrt(np.abs(gained).sum()):
            best = place
    return possible[best]


def plain_scores(nearest: Floats, words: Floats, titles: Floats | None) -> Floats:
    """Per entry, without letters and subject. `titles` are cosines with titles, where answers are long."""
    if titles is None:
        short: Floats = nearest + np.float32(WORDS) * words
        return short
    # A long message holds many words of no use, so that even the best text reaches little of what they could.
    shared = words / np.maximum(words.max(axis=-1, keepdims=True), 1e-9)
    long: Floats = nearest + np.float32(PASSAGE_WORDS) * shared + np.float32(TITLE) * titles
    return long


def evidence_of(scores: Floats, nearest: Floats, letters: Floats, *, learned: bool) -> Floats:
    """What the probability is read from. In plain matching it is also what entries are ranked by."""
    if learned:
        scores = scores + np.float32(SURE_NEAREST) * nearest + np.float32(SURE_LETTERS) * letters
    else:
        scores = scores + np.float32(LETTERS) * letters
    return scores
