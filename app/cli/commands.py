"""Every command of `sayso`, each a few lines over what does the work."""

import os
import secrets
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from sqlalchemy.exc import OperationalError

from app.audit import chain
from app.cli import coverage
from app.cli.account_limits import limits
from app.cli.approved_wordings import check_wordings
from app.cli.evaluation import evaluation
from app.cli.import_messages import import_messages
from app.cli.kb_variants import variants
from app.cli.run import run as run_all
from app.cli.services import database
from app.core.clock import utc_now
from app.core.database import transaction
from app.core.errors import ServiceError
from app.core.postgres_place import EmbeddedPostgresFailed
from app.core.settings import CHECKOUT
from app.knowledge.import_kb import import_kb
from app.knowledge.kb_files import check_kb
from app.knowledge.problems import KbProblems
from app.review.policy import rules
from app.sop.rules import run_examples
from app.staff.passwords import hash_password
from app.staff.sign_in import find_person, make_token

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Drafts that people approve, word for word.",
)
importing = typer.Typer(no_args_is_help=True, help="Bring data in.")
kb = typer.Typer(no_args_is_help=True, help="The FAQ in kb/.")
account = typer.Typer(no_args_is_help=True, help="Our own accounts on networks.")
audit = typer.Typer(no_args_is_help=True, help="The record of decisions.")
sop = typer.Typer(no_args_is_help=True, help="The rules that ask for signatures.")
GROUPS = {
    "import": importing,
    "kb": kb,
    "account": account,
    "audit": audit,
    "sop": sop,
    "eval": evaluation,
}
for name, group in GROUPS.items():
    cli.add_typer(group, name=name)
kb.command("variants")(variants)
account.command("limits")(limits)

console = Console(soft_wrap=True)
KbFolder = Annotated[Path, typer.Argument(help="The folder with faq/ in it.")]


@cli.command()
def run() -> None:
    """Start database, model, worker, pages and sandbox network together."""
    run_all(console)


@cli.command("web")
def web_process() -> None:
    """Start the pages and the API alone."""
    _become("app.main")


@cli.command("worker")
def worker_process() -> None:
    """Start one worker alone. Give each its own SAYSO_WORKER_ID."""
    _become("app.worker")


@cli.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    with database():
        console.print("The database is up to date.")


@cli.command()
def token(person: Annotated[str, typer.Argument(help="Handle, such as agent.")]) -> None:
    """Print a new personal token for the JSON API, and nothing else."""
    with database(), transaction() as session:
        made = make_token(session, find_person(session, person), at=utc_now())
    sys.stdout.write(f"{made}\n")


@cli.command()
def password(person: Annotated[str, typer.Argument(help="Handle, such as agent.")]) -> None:
    """Give somebody a new password and print it, and nothing else."""
    made = secrets.token_urlsafe(9)
    with database(), transaction() as session:
        find_person(session, person).password_hash = hash_password(made)
    sys.stdout.write(f"{made}\n")


@importing.command("messages")
def import_messages_command(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Import customers' messages from a JSONL file; refused lines are reported."""
    with database():
        status = import_messages(console, file)
    raise typer.Exit(status)


@kb.command("import")
def import_kb_command(folder: KbFolder = CHECKOUT / "kb") -> None:
    """Publish the FAQ of a folder: changed entries get a new version."""
    with database(), transaction() as session:
        done = import_kb(session, folder, at=utc_now())
    console.print(
        f"{done.added} added, {done.changed} changed, {done.unchanged} unchanged, {done.retired} retired."
    )


@kb.command("check")
def check_kb_command(folder: KbFolder = CHECKOUT / "kb") -> None:
    """Check the FAQ of a folder, and the voices that will say it, without publishing it."""
    found = check_kb(folder)
    check_wordings(found, folder)
    console.print(f"{len(found.entries)} entries in {len(found.topics)} topics: nothing to complain about.")


@audit.command("verify")
def verify_audit() -> None:
    """Check the chain of the record from the first row to the last."""
    with database(), transaction() as session:
        checked, broken = chain.verify(session)
    if broken is not None:
        console.print(f"Broken at row {broken.number}: {broken.reason}.", style="red")
        raise typer.Exit(1)
    console.print(f"{checked} rows; the chain holds.")


@audit.command("coverage")
def audit_coverage() -> None:
    """Prove that no message is forgotten and nothing went out unapproved or twice."""
    with database(), transaction() as session:
        counts = coverage.count(session, at=utc_now())
    for line in counts.lines():
        console.print(line)
    raise typer.Exit(0 if counts.holds else 1)


@sop.command("test")
def test_sop() -> None:
    """Run the examples that every rule carries."""
    failed = run_examples(rules())
    for example in failed:
        console.print(str(example), style="red", markup=False)
    console.print(f"{len(failed)} examples fail." if failed else "All examples hold.")
    raise typer.Exit(1 if failed else 0)


def main() -> None:
    """Entry of the console script: every foreseeable problem is a sentence, not a stack trace."""
    try:
        cli()
    except ServiceError as error:
        _fail(error.detail)
    except (KbProblems, EmbeddedPostgresFailed) as error:
        _fail(str(error))
    except OperationalError as error:
        _fail(f"The database cannot be reached: {error.orig}")


def _become(module: str) -> NoReturn:
    """Turn this process into one of the long-running ones, so that signals reach it directly."""
    os.execv(sys.executable, [sys.executable, "-m", module])  # noqa: S606 -- our own module, no shell


def _fail(sentence: str) -> None:
    Console(stderr=True).print(sentence, style="red", markup=False, highlight=False)
    sys.exit(1)
