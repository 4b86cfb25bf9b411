"""How well the support score tells replies that hold something unsupported from those that do not."""

import dataclasses
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from app.checks.support.score import support_of
from app.embeddings.encoder import Encoder
from app.evaluation.grounding_forms import GroundingCase, GroundingSet
from app.evaluation.metrics import auroc, share, wilson_interval
from app.evaluation.scores_file import figure

WORDS = {
    "n": "replies with a label",
    "unsupported": "of them with something unsupported",
    "flagged": "flagged by us",
    "auroc": "unsupported told from others (AUROC)",
    "f1": "F1 at the threshold shipped",
    "precision": "of those we flag, unsupported",
    "recall": "of the unsupported, flagged",
    "p50_ms": "milliseconds, half of them",
    "p95_ms": "milliseconds, 95 of 100",
}


@dataclass(frozen=True)
class GroundingScores:
    """Shares of 0..1, None where there was nothing to count. The names are those of the JSON."""

    n: int
    unsupported: int
    flagged: int
    auroc: float | None  # of unsupported_probability
    f1: float | None
    precision: float | None
    recall: float | None
    p50_ms: float | None  # one reply, its sources read before only where an earlier row had the same
    p95_ms: float | None


@dataclass(frozen=True)
class Judged:
    case: GroundingCase
    probability: float
    flagged: bool
    milliseconds: float


def measure_grounding(asked: GroundingSet, encoder: Encoder | None) -> GroundingScores:
    return score([judge(case, encoder) for case in asked.scored])


def judge(case: GroundingCase, encoder: Encoder | None) -> Judged:
    started = perf_counter()
    support = support_of(case.reply, case.sources, encoder=encoder)
    milliseconds = (perf_counter() - started) * 1000
    return Judged(case, support.unsupported_probability, not support.is_supported, milliseconds)


def score(judged: Sequence[Judged]) -> GroundingScores:
    wrong = [one for one in judged if one.case.unsupported]
    right = [one for one in judged if not one.case.unsupported]
    precision = share([bool(one.case.unsupported) for one in judged if one.flagged])
    recall = share([one.flagged for one in wrong])
    times = [one.milliseconds for one in judged]
    return GroundingScores(
        n=len(judged),
        unsupported=len(wrong),
        flagged=sum(one.flagged for one in judged),
        auroc=auroc([one.probability for one in right], [one.probability for one in wrong]),
        f1=_f1(precision, recall),
        precision=precision,
        recall=recall,
        p50_ms=statistics.median(times) if times else None,
        p95_ms=float(np.percentile(times, 95)) if times else None,
    )


def as_json(asked: GroundingSet, scores: GroundingScores) -> dict[str, Any]:
    return {
        **dataclasses.asdict(scores),
        "form": asked.form,
        "intervals": _intervals(scores),
        "notes": list(asked.notes),
    }


def lines(asked: GroundingSet, scores: GroundingScores) -> Iterator[str]:
    """What a person reads. A dash where there was nothing to count."""
    yield f"{asked.form[0].upper()}{asked.form[1:]}"
    for name, words in WORDS.items():
        yield f"{words:<36}{figure(getattr(scores, name)):>8}"
    yield from (f"Note: {note}" for note in asked.notes)


def _intervals(scores: GroundingScores) -> dict[str, tuple[float, float] | None]:
    """Within which bounds the true shares lie with 95 %."""
    return {
        "precision": wilson_interval(scores.precision, scores.flagged),
        "recall": wilson_interval(scores.recall, scores.unsupported),
    }


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
