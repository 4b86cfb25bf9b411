"""`sayso eval grounding`: the support score on replies that people judged."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.embeddings.encoder import get_encoder
from app.evaluation.grounding import as_json, lines, measure_grounding
from app.evaluation.grounding_forms import read_grounding
from app.evaluation.jsonl import UnusableFile
from app.evaluation.scores_file import require_place, write_json

console = Console(soft_wrap=True, markup=False, highlight=False)
errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)


def grounding(
    cases: Annotated[Path, typer.Option("--cases", help="JSONL: replies, their sources and labels.")],
    json: Annotated[Path | None, typer.Option("--json", help="Where to write the figures.")] = None,
    words_alone: Annotated[bool, typer.Option("--words-alone", help="Do not ask the encoder.")] = False,
) -> None:
    """Measure how well replies that say more than their sources are told from others."""
    try:
        if json is not None:
            require_place(json)
        asked = read_grounding(cases)
        scores = measure_grounding(asked, None if words_alone else get_encoder())
        for line in lines(asked, scores):
            console.print(line)
        if json is not None:
            write_json(json, as_json(asked, scores))
    except UnusableFile as error:
        errors.print(error.detail, style="red")
        raise typer.Exit(2) from error
