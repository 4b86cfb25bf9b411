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
STEPS = 50


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
    slope, offset = usual.slope, -usual.slope * usual.middle
    design = np.stack([evidence, np.ones_like(evidence)], axis=1)
    for _ in range(STEPS):  # Newton's method; the loss is convex
        expected = 1 / (1 + np.exp(-np.clip(design @ [slope, offset], -30, 30)))
        gradient = design.T @ (weights * (expected - targets))
        curvature = (design * (weights * expected * (1 - expected))[:, np.newaxis]).T @ design
        step = np.linalg.solve(curvature + 1e-9 * np.eye(2), gradient)
        slope, offset = slope - step[0], offset - step[1]
        if np.abs(step).max() < 1e-6:
            break
    slope = max(float(slope), 0.1)  # more evidence never speaks against an entry
    return Curve(slope, float(-offset / slope))
