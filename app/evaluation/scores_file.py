"""The figures of one run as JSON for machines and as lines for people."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.evaluation.jsonl import UnusableFile
from app.evaluation.metrics import wilson_interval
from app.evaluation.runs import Run
from app.evaluation.scoring import Scores
from app.evaluation.sets import EvalSet

WORDS = {
    "n": "questions",
    "in_scope": "of them with an answer",
    "top1": "right entry first",
    "top3": "right entry among three",
    "top5": "right entry among five",
    "mrr": "mean reciprocal rank (first 50)",
    "oos_auroc": "answerable told from others (AUROC)",
    "answered_precision": "answers given that were right",
    "answered_recall": "answerable answered rightly",
    "overall_accuracy": "right entry, or rightly none",
    "hindsight_best_accuracy": "  with the best threshold known",
    "expected_calibration_error": "gap of promised probability (ECE)",
    "p50_ms": "milliseconds, half of them",
    "p95_ms": "milliseconds, 95 of 100",
}


def require_place(out: Path) -> None:
    """Raises `UnusableFile` when nothing can be written there: better before a long run than after it."""
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise UnusableFile(f"{out} cannot be written. Give --json a file in a folder that exists.")


def write_json(out: Path, content: dict[str, Any]) -> None:
    """Raises `UnusableFile` when it cannot be written."""
    try:
        out.write_text(json.dumps(content, indent=2, allow_nan=False) + "\n")
    except OSError as error:
        raise UnusableFile(f"{out} cannot be written: {error.strerror}. Give --json another file.") from error


def as_json(run: Run, asked: EvalSet) -> dict[str, Any]:
    """The figures by name at the top, and beside them what explains them."""
    languages = {language: dataclasses.asdict(run.scores(language=language)) for language in run.languages()}
    scores = run.scores()
    return {
        **dataclasses.asdict(scores),
        "threshold": run.threshold,
        "intervals": intervals(scores),
        "notes": list(asked.notes),
        **({"by_language": languages} if languages else {}),
    }


def intervals(scores: Scores) -> dict[str, tuple[float, float] | None]:
    """Within which bounds the true shares lie with 95 %."""
    found = {
        name: wilson_interval(getattr(scores, name), scores.in_scope) for name in ("top1", "top3", "top5")
    }
    return {**found, "overall_accuracy": wilson_interval(scores.overall_accuracy, scores.n)}


def lines(run: Run, asked: EvalSet) -> Iterator[str]:
    """What a person reads. A dash where there was nothing to count."""
    scores = run.scores()
    bounds = intervals(scores)
    for name, words in WORDS.items():
        yield f"{words:<36}{figure(getattr(scores, name)):>8}{_within(bounds.get(name))}"
    yield f"{'threshold':<36}{figure(run.threshold):>8}"
    yield from (f"Note: {note}" for note in asked.notes)


def figure(number: float | None) -> str:
    if number is None:
        return "-"
    return str(number) if isinstance(number, int) else f"{number:.3f}"


def _within(bounds: tuple[float, float] | None) -> str:
    return f"  (95 %: {bounds[0]:.3f} to {bounds[1]:.3f})" if bounds else ""
