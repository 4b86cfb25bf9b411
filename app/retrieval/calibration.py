"""From evidence to the probability that the entry found first answers the message."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.retrieval.views import Floats

# A phrasing whose entry is left out stands for a message that nobody answers. It is a hard one: it lies
# among the brand's own topics, nearer than most strangers do, so it weighs a quarter of one to be answered.
STRANGER_WEIGHT = 0.25
PERSON_WEIGHT = 3.0  # what a person said of a real message, against an example somebody made up
PRIOR_WEIGHT = 20.0  # probes that the usual curve is worth, where the FAQ itself says little
LEAST_SLOPE = 0.1  # more evidence never speaks against an entry
STEPS = 50
SHORTEST_STEP = 1e-6

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Probes:
    """Evidence for the first entry found, and whether it was the right one."""

    evidence: Floats  # [n]
    right: NDArray[np.bool_]  # [n]
    weights: Floats  # [n]


@dataclass(frozen=True)
class Curve:
    """Probability = 1 / (1 + exp(-slope * (evidence - middle)))."""

    slope: float
    middle: float

    def probability(self, evidence: float) -> float:
        return float(1 / (1 + np.exp(-np.clip(self.slope * (evidence - self.middle), -30, 30))))


def fit_curve(probes: Sequence[Probes], usual: Curve) -> Curve:
    """Platt's logistic fit, drawn towards the usual curve as far as there are few probes.

    Source: Platt, "Probabilistic outputs for support vector machines" (1999).
    """
    grid = np.linspace(usual.middle - 3 / usual.slope, usual.middle + 3 / usual.slope, 9)
    evidence = np.concatenate([grid, *(one.evidence for one in probes)])
    targets = np.concatenate([[usual.probability(x) for x in grid], *(one.right for one in probes)])
    weights = np.concatenate([np.full(9, PRIOR_WEIGHT / 9), *(one.weights for one in probes)])
    design = np.stack([evidence, np.ones_like(evidence)], axis=1)
    slope, offset = _newton(design, targets, weights, [usual.slope, -usual.slope * usual.middle])
    if slope < LEAST_SLOPE:
        slope = LEAST_SLOPE
        (offset,) = _newton(design[:, 1:], targets, weights, [0.0], given=slope * evidence)
    return Curve(float(slope), float(-offset / slope))


def _newton(
    design: Numbers,
    targets: Numbers,
    weights: Numbers,
    start: Sequence[float],
    *,
    given: Numbers | float = 0.0,
) -> Numbers:
    """Where the logistic loss of `design @ numbers + given` is least. Whole steps may leap over it."""

    def loss(numbers: Numbers) -> float:
        reached = design @ numbers + given
        return float(weights @ (np.logaddexp(0.0, reached) - targets * reached))

    numbers = np.array(start, dtype=np.float64)
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-np.clip(design @ numbers + given, -30, 30)))
        gradient = design.T @ (weights * (expected - targets))
        curvature = (design * (weights * expected * (1 - expected))[:, np.newaxis]).T @ design
        step = np.linalg.solve(curvature + 1e-9 * np.eye(len(numbers)), gradient)
        while np.abs(step).max() >= SHORTEST_STEP and loss(numbers - step) > loss(numbers):
            step = step / 2
        if np.abs(step).max() < SHORTEST_STEP:
            break
        numbers = numbers - step
    return numbers
