"""`sayso eval length`: the networks' own test suites and hostile texts, against our counting."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.evaluation.conformance_cases import SuiteResult
from app.evaluation.jsonl import UnusableFile
from app.evaluation.length import Slowest, as_json, run_suites, time_hostile_texts
from app.evaluation.scores_file import require_place, write_json
from app.evaluation.suite import PUBLIC_DATA

console = Console(soft_wrap=True, markup=False, highlight=False)
errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)


def length(
    data: Annotated[Path, typer.Option("--data", help="The folder that holds conformance/.")] = PUBLIC_DATA,
    json: Annotated[Path | None, typer.Option("--json", help="Where to write the figures.")] = None,
) -> None:
    """Hold the counting of lengths to the networks' own test suites, and time hostile texts."""
    try:
        if json is not None:
            require_place(json)
        suites = list(run_suites(data / "conformance"))
        slowest = time_hostile_texts()
        for line in _lines(suites, slowest):
            console.print(line)
        if json is not None:
            write_json(json, as_json(suites, slowest))
    except UnusableFile as error:
        errors.print(error.detail, style="red")
        raise typer.Exit(2) from error


def _lines(suites: list[SuiteResult], slowest: list[Slowest]) -> Iterator[str]:
    for suite in suites:
        yield f"{suite.name:<60}{suite.passed:>6} of {suite.n:>5}"
        yield from (f"  failed: {case!r}" for case in suite.failed)
        yield from (f"  left out: {reason}" for reason in suite.left_out)
    yield "Slowest of the hostile texts of 25,000 characters:"
    for one in slowest:
        yield f"{one.counter:<24}{one.milliseconds:>8.1f} ms  {one.text}"
