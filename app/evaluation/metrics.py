"""The figures of an eval as pure functions. Each is None where there is nothing to count."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

BINS = 15  # of equal width over 0..1, as in Guo et al. 2017, "On Calibration of Modern Neural Networks"
WILSON_Z = 1.959964  # 95 % of a normal distribution lie within


def share(rights: Sequence[bool]) -> float | None:
    """How many of them are true, 0..1."""
    return sum(rights) / len(rights) if rights else None


def mean_reciprocal_rank(places: Sequence[int | None]) -> float | None:
    """Mean of 1 / place, where 1 is the first place and None, not found, counts 0."""
    return sum(1 / place if place else 0.0 for place in places) / len(places) if places else None


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """How often one of `outside` scores above one of `inside`; a tie counts half. Area under the ROC curve.

    The Mann-Whitney statistic over all pairs, 0..1; 0.5 is what chance gives.
    """
    if not inside or not outside:
        return None
    ordered = np.sort(np.asarray(inside, dtype=np.float64))
    below = np.searchsorted(ordered, outside, side="left")
    not_above = np.searchsorted(ordered, outside, side="right")
    return float((below + not_above).sum() / (2 * len(inside) * len(outside)))


def expected_calibration_error(probabilities: ArrayLike, rights: Sequence[bool]) -> float | None:
    """Mean gap between the probability promised and the share that was right, over 15 bins. 0..1.

    A bin holds probabilities above its lower edge up to its upper one, the first also 0; each weighs as much
    as it holds cases.
    """
    promised = np.asarray(probabilities, dtype=np.float64)
    if len(promised) == 0:
        return None
    kept = np.asarray(rights, dtype=np.float64)
    bins = np.clip(np.ceil(promised * BINS).astype(int) - 1, 0, BINS - 1)
    gaps = [abs(float((promised[bins == one] - kept[bins == one]).sum())) for one in range(BINS)]
    return sum(gaps) / len(promised)


def hindsight_best_accuracy(
    probabilities: Sequence[float], rights: Sequence[bool], in_scope: Sequence[bool]
) -> float | None:
    """Overall accuracy if the best single threshold had been known. A diagnosis, never a setting.

    A case at or above the threshold is answered with its top entry, and right when that is; below it, only
    a case out of scope is right. The threshold may also lie above all of them.
    """
    if not probabilities:
        return None
    order = np.argsort(-np.asarray(probabilities), kind="stable")
    ordered = np.asarray(probabilities)[order]
    gained = np.asarray(rights, dtype=int)[order] - (~np.asarray(in_scope, dtype=bool)[order]).astype(int)
    answered = np.concatenate([[0], np.cumsum(gained)])
    ends_a_tie = np.concatenate([[True], np.append(ordered[1:] != ordered[:-1], True)])
    outside = len(in_scope) - sum(in_scope)
    return float(outside + answered[ends_a_tie].max()) / len(in_scope)


def wilson_interval(proportion: float | None, count: int) -> tuple[float, float] | None:
    """Where the true share lies with 95 %, when `proportion` of `count` cases were right (Wilson 1927)."""
    if proportion is None or count == 0:
        return None
    spread = WILSON_Z**2 / count
    centre = (proportion + spread / 2) / (1 + spread)
    half = WILSON_Z * math.sqrt(proportion * (1 - proportion) / count + spread / (4 * count)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)
