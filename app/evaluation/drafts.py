"""From a message and the entry that answers it to a draft with all its checks, as production makes it."""

import re
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from app.checks.findings import Finding
from app.conversations.lengths import measure_for
from app.conversations.models import Account, Brand, Department, Message, Network, Region
from app.drafting.tasks import Proposal
from app.embeddings.encoder import Encoder
from app.evaluation.draft_cases import AskedDraft, DraftCase
from app.knowledge.queries import PublishedVersion
from app.llm.gateway import Gateway
from app.retrieval.corpus import Kind
from app.retrieval.matching import Match, Matches
from app.review.proposing import Case, proposal_for, words_of
from app.review.revisions import findings_for

BRAND, VOICE = "Skerry Line", "skerry"

# Findings that say a claim has no ground; with one of them, or one that blocks, a draft is not ready to sign.
ABOUT_FACTS = frozenset(
    {"facts_traced", "values_in_place", "names_traced", "links_allowed", "promises", "negation", "conditions"}
)

FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")


@dataclass(frozen=True)
class Drafted:
    """What became of one case."""

    id: str
    network: str
    visibility: str
    message: str
    entry: str
    text: str | None  # None: it is handed to a person
    strategy: str | None
    note: str | None  # what the reviewer is told, or why a person has to write
    length: int | None
    limit: int | None
    within_limit: bool | None
    ready: bool  # no finding that blocks and none about facts
    untraced: list[str]  # figures and links that stand in no source, by a comparison that knows no check
    findings: list[dict[str, Any]]  # the checks that did not pass
    milliseconds: float


def draft_all(cases: Iterable[AskedDraft], *, gateway: Gateway, encoder: Encoder) -> Iterator[Drafted]:
    """One after the other, in the order of the file."""
    for case, version in cases:
        started = time.perf_counter()
        asked = Case(_message(case), _account(case.network), tuple(case.thread), recent_replies=())
        proposal, reason = proposal_for(
            asked, _as_matched(version), [version], encoder=encoder, gateway=gateway
        )
        milliseconds = (time.perf_counter() - started) * 1000
        yield _drafted(case, version, proposal, reason, asked.account, milliseconds=milliseconds)


def as_json(drafted: Sequence[Drafted], *, model: str) -> dict[str, Any]:
    made = [one for one in drafted if one.text is not None]
    return {
        "n": len(drafted),
        "drafted": len(made),
        "handed_over": len(drafted) - len(made),
        "within_limits": sum(bool(one.within_limit) for one in made),
        "ready": sum(one.ready for one in made),
        "untraced_facts_in_ready": sum(one.ready and bool(one.untraced) for one in made),
        "by_strategy": dict(sorted(Counter(one.strategy for one in made).items())),
        "p50_ms": round(statistics.median(one.milliseconds for one in drafted), 1) if drafted else None,
        "model": model,
        "cases": [asdict(one) for one in drafted],
    }


def untraced(text: str, sources: Iterable[str]) -> list[str]:
    """The figures and links of a text that no source holds literally."""
    known = " ".join(sources)
    links = [link.rstrip(".,;:!?)") for link in LINK.findall(text)]
    figures = set(FIGURE.findall(known))
    return [link for link in links if link not in known] + [
        figure for figure in FIGURE.findall(LINK.sub(" ", text)) if figure not in figures
    ]


def _drafted(
    case: DraftCase,
    version: PublishedVersion,
    proposal: Proposal | None,
    reason: str,
    account: Account,
    *,
    milliseconds: float,
) -> Drafted:
    sources = words_of(version)
    text = proposal.text if proposal else None
    failed = [] if proposal is None else _failed(account, case, proposal, sources=sources)
    size = None if text is None else measure_for(account, case.audience, text)
    return Drafted(
        id=case.id,
        network=case.network,
        visibility=case.visibility,
        message=case.message,
        entry=version.entry_id,
        text=text,
        strategy=proposal.strategy if proposal else None,
        note=proposal.note if proposal else reason,
        length=size.length if size else None,
        limit=size.limit if size else None,
        within_limit=not size.too_long if size else None,
        ready=text is not None and not any(one.blocks or one.name in ABOUT_FACTS for one in failed),
        untraced=[] if text is None else untraced(text, [*sources, case.message]),
        findings=[{"name": one.name, "blocks": one.blocks, "detail": one.detail} for one in failed],
        milliseconds=round(milliseconds, 1),
    )


def _failed(
    account: Account, case: DraftCase, proposal: Proposal, *, sources: Sequence[str]
) -> list[Finding]:
    found = findings_for(
        account,
        case.audience,
        said=case.message,
        text=proposal.text,
        sources=sources,
        switch_ground=proposal.switch_ground,
    )
    return [finding for finding in found if not finding.passed]


def _message(case: DraftCase) -> Message:
    return Message(id=0, text=case.message, visibility=case.audience)


def _account(network: str) -> Account:
    """An account of the demo's brand that is in no database."""
    department = Department(name="Customer Care", brand=Brand(name=BRAND, voice=VOICE))
    return Account(name="care", network=Network(network), region=Region(name="Coast", department=department))


def _as_matched(version: PublishedVersion) -> Matches:
    """As if the entry had been found with certainty: matching is measured elsewhere."""
    match = Match(
        entry_id=version.entry_id,
        version_id=version.version_id,
        version=version.number,
        question=version.question,
        phrasing=version.question,
        score=1.0,
        probability=1.0,
        kind=Kind.TITLE,
        rank=0.0,
    )
    return Matches((match,), match, "It is the entry that the case names.")
