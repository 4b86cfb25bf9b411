"""`sayso kb variants`: an approved answer worded for every kind of channel, printed and nothing else."""

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console

from app.channels.rules import rules_for
from app.cli.services import database
from app.core.database import transaction
from app.core.errors import NotFound
from app.drafting.tasks import Evidence
from app.drafting.variants import VariantProposal, propose_variants
from app.drafting.voice import get_voice
from app.knowledge.queries import PublishedVersion, current_version
from app.llm.endpoint import ModelKind
from app.llm.gateway import get_gateway

console = Console(soft_wrap=True, markup=False, highlight=False)


def variants(
    entry_id: Annotated[str, typer.Argument(help="Such as delays/compensation.")],
    voice: Annotated[str, typer.Option(help="The voice whose words and links count.")] = "skerry",
) -> None:
    """Propose wordings of an approved answer for each network and place. Publishes nothing."""
    with database():
        with transaction() as session:
            version = current_version(session, entry_id)
        if version is None:
            raise NotFound(f"There is no entry {entry_id} in force.")
        gateway = get_gateway()
        capable = gateway if gateway.kind is ModelKind.ENDPOINT else None
        for proposal in propose_variants(_evidence(version), voice=get_voice(voice), gateway=capable):
            for line in lines(proposal):
                console.print(line)


def lines(proposal: VariantProposal) -> Iterator[str]:
    """What a person reads about one wording."""
    rules = rules_for(proposal.network)
    length = proposal.length
    of = "" if length.limit is None else f" of {length.limit:,}"
    called = rules.places[proposal.place].called
    yield f"{rules.name}, {called}: {proposal.made}, {length.length:,}{of} {length.unit}"
    yield from (f"  {line}" for line in proposal.text.splitlines())
    yield from (f"  left out: {sentence}" for sentence in proposal.left_out)
    if proposal.facts_left_out:
        yield f"  facts left out: {', '.join(proposal.facts_left_out)}"
    yield from (f"  {finding.name}: {finding.detail}" for finding in proposal.findings)


def _evidence(version: PublishedVersion) -> Evidence:
    return Evidence(
        entry_id=version.entry_id,
        version=version.number,
        question=version.question,
        answer=version.answer,
        public_short=version.public_short,
        private_long=version.private_long,
        score=1.0,  # nobody searched for it
    )
