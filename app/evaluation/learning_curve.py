"""How much better matching gets as people confirm: the same questions after more and more confirmations."""

import dataclasses
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from app.evaluation.contestants import Contestant
from app.evaluation.jsonl import UnusableFile
from app.evaluation.rankings import RememberingEncoder
from app.evaluation.runs import Run, run_contestant
from app.evaluation.scores_file import figure
from app.evaluation.sets import EvalSet
from app.retrieval.corpus import Entry

SEED = 20261123  # confirmations arrive in one shuffled order, the same in every run
ALL = "all"
NUMBER = re.compile(r"[0-9]{1,6}")
BAR = 50  # characters of a share of 1
COLUMNS = (
    "per entry",
    "confirmations",
    "top 1",
    "AUROC",
    "right",
    "hindsight",
    "ECE",
)


@dataclass(frozen=True)
class Step:
    """How the questions went when each entry had at most so many confirmations."""

    per_entry: int | None  # None: all there are
    confirmations: int
    run: Run

    @property
    def name(self) -> str:
        return ALL if self.per_entry is None else str(self.per_entry)


def parse_steps(text: str) -> list[int | None]:
    """Numbers of confirmations per entry, parted by commas; `all` is None. Raises `UnusableFile`."""
    parts = [part.strip() for part in text.split(",")]
    wrong = [part for part in parts if part != ALL and not NUMBER.fullmatch(part)]
    if wrong:
        raise UnusableFile(
            f"--steps: {wrong[0]!r} is no number. Write numbers and commas, such as 0,1,5,all."
        )
    return [None if part == ALL else int(part) for part in parts]


def learning_curve(
    asked: EvalSet, steps: Sequence[int | None], remembering: RememberingEncoder
) -> Iterator[Step]:
    """One step after the other, each with an index of its own, as if the confirmations had just arrived."""
    questions = RememberingEncoder(remembering)  # the clock is not read here, so none is encoded twice
    shuffled = _shuffled(asked.entries)
    for per_entry in steps:
        entries = tuple(
            dataclasses.replace(entry, confirmed=entry.confirmed[:per_entry]) for entry in shuffled
        )
        run = run_contestant(Contestant.OURS, dataclasses.replace(asked, entries=entries), questions)
        yield Step(per_entry, sum(len(entry.confirmed) for entry in entries), run)


def print_curve(console: Console, steps: Sequence[Step], notes: Sequence[str]) -> None:
    """The figures as a table, and below it as bars."""
    table = Table(*COLUMNS, title="Learning")
    for step in steps:
        table.add_row(step.name, str(step.confirmations), *_figures(step))
    console.print(table)
    for title, name in (("top 1", "top1"), ("right entry, or rightly none", "overall_accuracy")):
        console.print(f"\n{title}")
        for step in steps:
            share = getattr(step.run.scores(), name)
            console.print(f"{step.name:>5} {'█' * round((share or 0.0) * BAR):<{BAR}} {figure(share)}")
    for note in notes:
        console.print(f"Note: {note}")


def curve_as_json(steps: Sequence[Step], notes: Sequence[str]) -> dict[str, Any]:
    """Each step with the figures that `sayso eval match` writes, but for the times."""
    return {"seed": SEED, "steps": [_as_json(step) for step in steps], "notes": list(notes)}


def _shuffled(entries: Sequence[Entry]) -> list[Entry]:
    order = random.Random(SEED)  # noqa: S311 -- an order that repeats, not a secret
    return [
        dataclasses.replace(entry, confirmed=tuple(order.sample(entry.confirmed, len(entry.confirmed))))
        for entry in entries
    ]


def _figures(step: Step) -> list[str]:
    scores = step.run.scores()
    return [
        figure(scores.top1),
        figure(scores.oos_auroc),
        figure(scores.overall_accuracy),
        figure(scores.hindsight_best_accuracy),
        figure(scores.expected_calibration_error),
    ]


def _as_json(step: Step) -> dict[str, Any]:
    figures = dataclasses.asdict(step.run.scores())
    del figures["p50_ms"], figures["p95_ms"]
    return {
        "per_entry": ALL if step.per_entry is None else step.per_entry,
        "confirmations": step.confirmations,
        **figures,
        "threshold": step.run.threshold,
    }
