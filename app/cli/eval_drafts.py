"""`sayso eval drafts`: what is drafted for messages whose answer is known, and whether it holds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from app.cli.measured_model import measured_model
from app.core.settings import CHECKOUT
from app.embeddings.encoder import get_encoder
from app.evaluation.draft_cases import AskedDraft, read_draft_cases
from app.evaluation.draft_page import draft_page
from app.evaluation.drafts import Drafted, as_json, draft_all
from app.evaluation.jsonl import UnusableFile
from app.evaluation.scores_file import require_place, write_json

CASES = CHECKOUT / "evals" / "cases" / "drafts.jsonl"

WORDS = {
    "n": "messages",
    "drafted": "drafted",
    "handed_over": "handed to a person",
    "within_limits": "drafts within the network's limit",
    "ready": "drafts offered as ready",
    "untraced_facts_in_ready": "of them with an untraced figure or link",
    "p50_ms": "milliseconds, half of them",
}

console = Console(soft_wrap=True, markup=False, highlight=False)
errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)

Cases = Annotated[Path, typer.Option("--cases", help="JSONL: id, message, entry, network, visibility.")]
Json = Annotated[Path | None, typer.Option("--json", help="Where to write the figures and drafts.")]
Page = Annotated[Path | None, typer.Option("--page", help="Where to write the drafts for people to read.")]


def eval_drafts(cases: Cases = CASES, json: Json = None, page: Page = None) -> None:
    """Draft with the model that is configured, else the bundled one, and print what the checks find."""
    try:
        for place in (json, page):
            if place is not None:
                require_place(place)
        asked = read_draft_cases(cases)
        drafted, figures = _measured(asked)
        _print(figures, drafted)
        if json is not None:
            write_json(json, figures)
        if page is not None:
            page.write_text(draft_page(drafted, figures), encoding="utf-8")
    except UnusableFile as error:
        errors.print(error.detail, style="red")
        raise typer.Exit(2) from error


def _measured(asked: Sequence[AskedDraft]) -> tuple[list[Drafted], dict[str, Any]]:
    with measured_model() as gateway:
        drafted = list(draft_all(asked, gateway=gateway, encoder=get_encoder()))
        return drafted, as_json(drafted, model=gateway.model or "none")


def _print(figures: dict[str, Any], drafted: list[Drafted]) -> None:
    console.print(f"{'model':<40}{figures['model']:>8}")
    for name, words in WORDS.items():
        console.print(f"{words:<40}{figures[name]!s:>8}")
    for one in drafted:
        if not one.ready:
            failed = ", ".join(finding["name"] for finding in one.findings)
            console.print(f"{one.id}: {failed or one.note}")
