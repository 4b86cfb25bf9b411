"""What a draft stands on: one approved answer, with the sentences that the draft uses marked."""

from dataclasses import dataclass
from datetime import date

from app.checks.sentences import sentences
from app.drafting.models import RevisionPassage
from app.knowledge.models import VariantKind
from app.retrieval.models import MatchJudgement, Verdict
from app.triage.candidates import Candidates
from app.web.marks import Mark, Marked, Segment, segments
from app.web.reliability import Reliability, reliability

USED = "The draft uses these words"
WORDINGS = {
    VariantKind.PUBLIC_SHORT: "Short wording for public replies",
    VariantKind.PRIVATE_LONG: "Long wording",
}


@dataclass(frozen=True)
class Wording:
    name: str
    text: list[Segment]
    is_used: bool


@dataclass(frozen=True)
class Evidence:
    entry_id: str
    question: str
    version: int
    is_current: bool
    owner: str
    review_by: date
    is_overdue: bool
    phrasing: str  # empty when a person chose an entry that was not found
    source: str  # where the phrasing comes from, in words
    vouched: str | None  # who said that this entry is the right one, as a sentence
    reliability: Reliability
    wordings: list[Wording]  # those the draft uses first


def evidence_of(
    passage: RevisionPassage,
    draft_text: str,
    *,
    offered: Candidates,
    judgement: MatchJudgement | None,
    today: date,
) -> Evidence:
    version = passage.version
    found = offered.of(version.entry_id)
    sure = reliability(
        passage.score, threshold=offered.threshold, probability=found.probability if found else None
    )
    texts = [("Approved answer", version.answer)]
    texts += [(WORDINGS[variant.kind], variant.text) for variant in version.variants]
    wordings = [_wording(name, text, draft_text) for name, text in texts]
    return Evidence(
        entry_id=version.entry_id,
        question=version.question,
        version=version.number,
        is_current=version.is_current,
        owner=version.owner,
        review_by=version.review_by,
        is_overdue=version.review_by < today,
        phrasing=passage.phrasing,
        source=_source(passage),
        vouched=_vouched(judgement, version.entry_id),
        reliability=sure,
        wordings=sorted(wordings, key=lambda one: not one.is_used),
    )


def _vouched(judgement: MatchJudgement | None, entry_id: str) -> str | None:
    if judgement is None or judgement.entry_id != entry_id:
        return None
    return f"{'Confirmed' if judgement.verdict is Verdict.CONFIRMED else 'Chosen'} by {judgement.person.name}"


def _source(passage: RevisionPassage) -> str:
    """Where the words come from that the message was near to."""
    version = passage.version
    if passage.phrasing == version.question:
        return "the question itself"
    if passage.phrasing in version.examples:
        return "the FAQ's example"
    if passage.phrasing in version.answer:
        return "words of the answer"
    return "how a customer asked before"


def _wording(name: str, text: str, draft_text: str) -> Wording:
    said = _plain(draft_text)
    used = [Marked(one, Mark.SOURCE, USED) for one in sentences(text) if _plain(one) in said]
    return Wording(name, segments(text, used), bool(used))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
