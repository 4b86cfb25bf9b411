"""The commands below `sayso eval`. None needs a database; a file that cannot be used ends them with 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app.cli.eval_drafts import eval_drafts
from app.cli.eval_grounding import grounding
from app.cli.eval_injection import injection
from app.cli.eval_length import length
from app.cli.eval_private_data import private_data
from app.cli.eval_seeded_errors import seeded_errors
from app.embeddings.encoder import get_encoder
from app.evaluation import report
from app.evaluation.article_files import read_article_set
from app.evaluation.comparison import compare, print_comparison
from app.evaluation.contestants import Contestant
from app.evaluation.faq_files import read_faq_set
from app.evaluation.jsonl import UnusableFile
from app.evaluation.learning_curve import curve_as_json, learning_curve, parse_steps, print_curve
from app.evaluation.rankings import RememberingEncoder
from app.evaluation.runs import run_contestant
from app.evaluation.scores_file import as_json, lines, require_place, write_json
from app.evaluation.sets import EvalSet
from app.evaluation.suite import PUBLIC_DATA, left_out, own_sets, public_sets

evaluation = typer.Typer(
    invoke_without_command=True, help="Measure matching: alone, on the cases of this repository."
)
evaluation.command("seeded-errors")(seeded_errors)
console = Console(soft_wrap=True, markup=False, highlight=False)
errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)

Faq = Annotated[Path, typer.Option("--faq", help="JSONL: faq_id, title, examples.")]
Queries = Annotated[Path, typer.Option("--queries", help="JSONL: id, text and the right answer.")]
Learn = Annotated[Path | None, typer.Option("--learn", help="JSONL of confirmed phrasings: text, faq_id.")]
Json = Annotated[Path | None, typer.Option("--json", help="Where to write the figures.")]

evaluation.command("drafts")(eval_drafts)
evaluation.command("length")(length)
evaluation.command("grounding")(grounding)


@evaluation.callback()
def evaluate(context: typer.Context) -> None:
    """Measure matching on the cases of this repository, or on files with one of the commands below."""
    if context.invoked_subcommand is None:
        raise typer.Exit(report.run(Console(soft_wrap=True)))


evaluation.command("private-data")(private_data)


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


@evaluation.command("learning")
def learning(
    faq: Faq,
    queries: Queries,
    learn: Annotated[Path, typer.Option("--learn", help="JSONL of confirmed phrasings: text, faq_id.")],
    steps: Annotated[str, typer.Option("--steps", help="Confirmations per entry.")] = "0,1,2,5,10,20,all",
    json: Json = None,
) -> None:
    """Show how matching gets better as confirmed phrasings arrive."""
    with _files_are_usable(json):
        wanted = parse_steps(steps)
        asked = read_faq_set(faq, queries, learn=learn)
        curve = list(learning_curve(asked, wanted, RememberingEncoder(get_encoder())))
        print_curve(console, curve, asked.notes)
        if json is not None:
            write_json(json, curve_as_json(curve, asked.notes))


@evaluation.command("all")
def all_sets(
    data: Annotated[Path, typer.Option("--data", help="The folder of public data.")] = PUBLIC_DATA,
) -> None:
    """Compare our matcher with two plain ones, on this repository's cases and on public data beside it."""
    remembering = RememberingEncoder(get_encoder())
    compared = []
    with _files_are_usable(None):
        for named in (*own_sets(), *public_sets(data)):
            asked = named.asked
            errors.print(f"{named.name}: {len(asked.entries)} entries, {len(asked.cases)} questions")
            compared.append((named, compare(named, remembering)))
    print_comparison(console, compared)
    for sentence in left_out(data):
        console.print(sentence)
    console.print("`sayso eval` lists every case of this repository that went wrong.")


evaluation.command("injection")(injection)


def _measure(asked: EvalSet, json: Path | None) -> None:
    run = run_contestant(Contestant.OURS, asked, RememberingEncoder(get_encoder()))
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
        errors.print(error.detail, style="red")
        raise typer.Exit(2) from error
