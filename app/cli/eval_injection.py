"""`sayso eval injection`: how well orders to the machine are noticed in texts."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.checks.orders import orders_in
from app.embeddings.encoder import get_encoder
from app.evaluation.injection import OWN_CASES, Judged, by_group, figures, judge, noticed, p50_ms, read_texts
from app.evaluation.jsonl import UnusableFile
from app.evaluation.scores_file import figure, require_place, write_json

console = Console(soft_wrap=True, markup=False, highlight=False)
errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)


def injection(
    cases: Annotated[
        Path, typer.Option("--cases", help="JSONL: id, text, label (1: gives orders), source, category.")
    ] = OWN_CASES,
    json: Annotated[Path | None, typer.Option("--json", help="Where to write the figures.")] = None,
    signs_only: Annotated[
        bool, typer.Option("--signs-only", help="Without the encoder, as where none is at hand.")
    ] = False,
) -> None:
    """Notice orders to the machine in labelled texts and print how often that is right."""
    try:
        if json is not None:
            require_place(json)
        texts = read_texts(cases)
        judged = judge(texts, partial(orders_in, encoder=None if signs_only else get_encoder()))
        _print(judged)
        if json is not None:
            write_json(json, figures(judged))
    except UnusableFile as error:
        errors.print(error.detail, style="red")
        raise typer.Exit(2) from error


def _print(judged: list[Judged]) -> None:
    whole = noticed(judged)
    for name in ("n", "attacks", "recall", "precision", "false_alarm_rate"):
        bounds = whole.intervals.get(name)
        within = f"  (95 %: {bounds[0]:.3f} to {bounds[1]:.3f})" if bounds else ""
        console.print(f"{name:<36}{figure(getattr(whole, name)):>8}{within}")
    console.print(f"{'milliseconds, half of them':<36}{figure(p50_ms(judged)):>8}")
    for name, part in by_group(judged, lambda one: one.case.category).items():
        caught = part.recall if part.attacks else part.false_alarm_rate
        what = "noticed" if part.attacks else "false alarms"
        console.print(f"  {name[:33]:<34}{part.n:>6}  {what} {figure(caught)}")
