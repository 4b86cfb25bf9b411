"""The commands below `sayso eval`. None needs a database; a file that cannot be used ends them with 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.evaluation import report
from app.evaluation.article_files import read_article_set
from app.evaluation.contestants import Contestant, RememberingEncoder
from app.evaluation.faq_files import read_faq_set
from app.evaluation.jsonl import UnusableFile
from app.evaluation.runs import run_contestant
from app.evaluation.scores_file import as_json, lines, require_place, write_json
from app.evaluation.sets import EvalSet

evaluation = typer.Typer(
    invoke_without_command=True, help="Measure matching: alone, on the cases of this repository."
)
console = Console(soft_wrap=True, markup=False, highlight=False)

Faq = Annotated[Path, typer.Option("--faq", help="JSONL: faq_id, title, examples.")]
Queries = Annotated[Path, typer.Option("--queries", help="JSONL: id, text and the right answer.")]
Learn = Annotated[Path | None, typer.Option("--learn", help="JSONL of confirmed phrasings: text, faq_id.")]
Json = Annotated[Path | None, typer.Option("--json", help="Where to write the figures.")]


@evaluation.callback()
def evaluate(context: typer.Context) -> None:
    """Measure matching on the cases of this repository, or on files with one of the commands below."""
    if context.invoked_subcommand is None:
        raise typer.Exit(report.run(Console(soft_wrap=True)))


@evaluation.command("match")
def match(
    faq: Faq,
    queries: Queries,
    json: Json = None,
    learn: Learn = None,
    hide_near_oos: Annotated[
        bool, typer.Option("--hide-near-oos", help="Take out entries with hidden_in_near_oos_run.")
    ] = False,
) -> None:
    """Match questions to a FAQ with examples and print how often that is right."""
    with _files_are_usable(json):
        _measure(read_faq_set(faq, queries, learn=learn, hide_near_oos=hide_near_oos), json)


@evaluation.command("articles")
def articles(
    kb: Annotated[Path, typer.Option("--kb", help="JSONL of articles or snippets.")],
    queries: Queries,
    json: Json = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--kb-language", help="Only articles in this language; may be repeated."),
    ] = None,
) -> None:
    """Match questions to help articles and print how often that is right."""
    with _files_are_usable(json):
        _measure(read_article_set(kb, queries, languages=language or ()), json)


def _measure(asked: EvalSet, json: Path | None) -> None:
    run = run_contestant(Contestant.OURS, asked, RememberingEncoder())
    for line in lines(run, asked):
        console.print(line)
    if json is not None:
        write_json(json, as_json(run, asked))


@contextmanager
def _files_are_usable(out: Path | None) -> Iterator[None]:
    """Turns an unusable file into a sentence and exit code 2, as for a wrong option."""
    try:
        if out is not None:
            require_place(out)
        yield
    except UnusableFile as error:
        Console(stderr=True, soft_wrap=True).print(error.detail, style="red", markup=False, highlight=False)
        raise typer.Exit(2) from error
