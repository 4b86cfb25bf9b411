"""`sayso eval seeded-errors`: whether the fact checks notice an error put into a right draft."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.evaluation.jsonl import UnusableFile
from app.evaluation.scores_file import require_place, write_json
from app.evaluation.seeded_figures import run_seeded_errors, seeded_as_json, seeded_lines

UNTOUCHED_PER_ERROR = 10  # of one kind: the rate of false alarms is small, so it takes many drafts to see it

console = Console(soft_wrap=True, markup=False, highlight=False)
errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)


def seeded_errors(
    json: Annotated[Path | None, typer.Option("--json", help="Where to write the figures.")] = None,
    per_kind: Annotated[int, typer.Option("--per-kind", min=1, help="Errors of each kind.")] = 300,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same drafts.")] = 1,
    verbose: Annotated[bool, typer.Option("--verbose", help="Print every miss and false alarm.")] = False,
) -> None:
    """Put errors into right drafts and print how many the checks notice, and how often they err."""
    try:
        if json is not None:
            require_place(json)
        run = run_seeded_errors(per_kind=per_kind, seed=seed, untouched=UNTOUCHED_PER_ERROR * per_kind)
        for line in seeded_lines(run, verbose=verbose):
            console.print(line)
        if json is not None:
            write_json(json, seeded_as_json(run, seed=seed))
    except UnusableFile as error:
        errors.print(error.detail, style="red")
        raise typer.Exit(2) from error
