"""What a matcher's rankings are worth against the right answers."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.evaluation import metrics
from app.evaluation.rankings import Ranking
from app.evaluation.sets import Case


@dataclass(frozen=True)
class Outcome:
    """How one case went."""

    case: Case
    place: int | None  # of the first right entry, from 1; None: not among the first 50
    probability: float  # 0..1
    answered: bool
    milliseconds: float

    @property
    def is_top_right(self) -> bool:
        return self.place == 1

    @property
    def is_right(self) -> bool:
        """The right entry, or rightly none."""
        return self.answered == self.case.in_scope and (self.is_top_right or not self.case.in_scope)


@dataclass(frozen=True)
class Scores:
    """Shares of 0..1. None where there was nothing to count. The names are those of the JSON."""

    n: int
    in_scope: int
    top1: float | None  # of the cases in scope; top-k and mrr look past the threshold
    top3: float | None
    top5: float | None
    mrr: float | None  # over the first 50 entries
    oos_auroc: float | None  # of 1 - probability, out of scope against in scope
    answered_precision: float | None  # of the answers given, those that were right: a wrong one is the danger
    answered_recall: float | None  # of the cases in scope, those answered rightly
    overall_accuracy: float | None  # right entry, or rightly none
    expected_calibration_error: float | None  # 15 bins
    p50_ms: float | None  # one question, encoded and searched
    p95_ms: float | None
    hindsight_best_accuracy: float | None  # overall accuracy had the best threshold been known


def outcome(case: Case, ranking: Ranking, names: Mapping[str, str], milliseconds: float) -> Outcome:
    """Entries that share a gold name, such as translations, count as one, at the place of the best."""
    found = list(dict.fromkeys(names.get(key, key) for key in ranking.keys))
    places = [place for place, name in enumerate(found, start=1) if name in case.gold]
    return Outcome(case, places[0] if places else None, ranking.probability, ranking.answered, milliseconds)


def score(outcomes: Sequence[Outcome]) -> Scores:
    inside = [one for one in outcomes if one.case.in_scope]
    probabilities = [one.probability for one in outcomes]
    tops = [one.is_top_right for one in outcomes]
    times = [one.milliseconds for one in outcomes]
    return Scores(
        n=len(outcomes),
        in_scope=len(inside),
        top1=_among_first(inside, 1),
        top3=_among_first(inside, 3),
        top5=_among_first(inside, 5),
        mrr=metrics.mean_reciprocal_rank([one.place for one in inside]),
        oos_auroc=metrics.auroc(
            [1 - one.probability for one in inside],
            [1 - one.probability for one in outcomes if not one.case.in_scope],
        ),
        answered_precision=metrics.share([one.is_right for one in outcomes if one.answered]),
        answered_recall=metrics.share([one.is_right for one in inside]),
        overall_accuracy=metrics.share([one.is_right for one in outcomes]),
        expected_calibration_error=metrics.expected_calibration_error(probabilities, tops),
        p50_ms=statistics.median(times) if times else None,
        p95_ms=float(np.percentile(times, 95)) if times else None,
        hindsight_best_accuracy=metrics.hindsight_best_accuracy(
            probabilities, tops, [one.case.in_scope for one in outcomes]
        ),
    )


def _among_first(inside: Sequence[Outcome], count: int) -> float | None:
    return metrics.share([one.place is not None and one.place <= count for one in inside])
