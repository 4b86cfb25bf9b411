"""`sayso eval private-data`: how much private data is found, in marked texts of a file or in made-up ones."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.evaluation.jsonl import UnusableFile
from app.evaluation.private_data import MarkedText, TypeScores, read_marked, score_private_data
from app.evaluation.private_messages import SEED, private_messages
from app.evaluation.scores_file import figure, require_place, write_json

console = Console(soft_wrap=True, markup=False, highlight=False)
errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)


def private_data(
    cases: Annotated[
        Path | None, typer.Option("--cases", help="JSONL: text, spans (type, start, end, value).")
    ] = None,
    generated: Annotated[
        int | None, typer.Option("--generated", min=1, help="So many made-up values of each kind instead.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives other made-up values.")] = SEED,
    json: Annotated[Path | None, typer.Option("--json", help="Where to write the figures.")] = None,
) -> None:
    """Find private data in marked texts and print how much of it was found."""
    try:
        if json is not None:
            require_place(json)
        texts = _texts(cases, generated, seed=seed)
        scores = score_private_data(texts)
        _print(texts, scores)
        if json is not None:
            by_type = {name: dataclasses.asdict(found) for name, found in scores.items()}
            write_json(json, {"n": len(texts), "by_type": by_type})
    except UnusableFile as error:
        errors.print(error.detail, style="red")
        raise typer.Exit(2) from error


def _texts(cases: Path | None, generated: int | None, *, seed: int) -> list[MarkedText]:
    if (cases is None) == (generated is None):
        raise UnusableFile("Give either --cases with a JSONL file or --generated with a number.")
    return list(private_messages(generated, seed=seed)) if generated else read_marked(cases or Path())


def _print(texts: list[MarkedText], scores: dict[str, TypeScores]) -> None:
    console.print(f"{len(texts)} texts")
    console.print(f"{'type':<18}{'values':>8}{'recall':>8}{'precision':>11}{'veiled':>8}")
    for name, found in scores.items():
        shares = f"{figure(found.recall):>8}{figure(found.precision):>11}{figure(found.veiled):>8}"
        console.print(f"{name:<18}{found.n:>8}{shares}")
