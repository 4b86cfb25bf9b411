"""A classifier learned from the phrasings of the FAQ's own entries: kernel ridge regression.

Each phrasing pulls the score of its entry to 1 and every other entry's to 0. Scores of left-out phrasings
have a closed form, which the choice of the mix and the calibration stand on.

Source: Rifkin and Lippert, "Notes on Regularized Least-Squares" (2007).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from app.retrieval.views import Floats, Mix, Views

RIDGE = 0.05
# Fitting takes memory with the square and time with the cube of the phrasings: 15,000 take 1 GB and half
# a minute. Landmarks (Nyström) were tried to make it cheaper: with 2,000 of 15,000 one answer in 40 more was
# wrong.
MOST_POINTS = 16_000
MOST_ENTRIES = 2_000
SEED = 20261123

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Head:
    mix: Mix
    points: Views
    weights: Floats  # [points, entries]

    def scores(self, views: Views) -> Floats:
        """[len(views), entries], around 0..1."""
        return self.mix.kernel(views, self.points) @ self.weights


@dataclass(frozen=True)
class LeftOut:
    """Scores of phrasings that were not learned from. [phrasings, entries]"""

    alone: Floats  # without the phrasing itself
    whole_entry: Floats  # without any phrasing of its entry: as a stranger to the FAQ


def fit_head(mix: Mix, points: Views, owners: Places, entries: int) -> Head:
    """`owners` holds the entry of each point, 0..entries-1."""
    kernel = mix.kernel(points, points)
    kernel[np.diag_indices(len(kernel))] += RIDGE
    weights = linalg.solve(
        kernel,
        _targets(owners, entries),
        assume_a="pos",
        overwrite_a=True,
        overwrite_b=True,
        check_finite=False,
    )
    return Head(mix, points, np.asarray(weights, dtype=np.float32))


def leave_out(mix: Mix, points: Views, owners: Places, entries: int) -> LeftOut:
    """Every point scored as if it, and as if its whole entry, had not been learned from. Exact."""
    kernel = mix.kernel(points, points)
    kernel[np.diag_indices(len(kernel))] += RIDGE
    inverse: Floats = np.linalg.inv(kernel).astype(np.float32)
    targets = _targets(owners, entries)
    weights = inverse @ targets
    alone: Floats = targets - weights / np.diag(inverse)[:, np.newaxis]
    whole_entry = np.empty_like(targets)
    for entry in np.unique(owners):
        own = np.flatnonzero(owners == entry)
        whole_entry[own] = targets[own] - np.linalg.solve(inverse[np.ix_(own, own)], weights[own])
    return LeftOut(alone, whole_entry)


def even_choice(count: int, most: int) -> Places:
    """An even choice of at most `most` of so many places, in order."""
    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(SEED).choice(count, most, replace=False))


def _targets(owners: Places, entries: int) -> Floats:
    targets = np.zeros((len(owners), entries), dtype=np.float32)
    targets[np.arange(len(owners)), owners] = 1.0
    return targets
