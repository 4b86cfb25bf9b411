"""What a draft stands on: one approved answer, with the sentences that the draft uses marked."""

from dataclasses import dataclass
from datetime import date

from app.checks.sentences import sentences
from app.drafting.models import RevisionPassage
from app.knowledge.models import VariantKind
from app.web.marks import Mark, Marked, Segment, segments
from app.web.words import LOOSE, closeness

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
    phrasing: str
    closeness: str
    is_loose: bool  # matched, but so weakly that it may answer another question
    score: float
    wordings: list[Wording]  # those the draft uses first


def evidence_of(passage: RevisionPassage, draft_text: str, *, today: date) -> Evidence:
    version = passage.version
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
        closeness=closeness(passage.score),
        is_loose=closeness(passage.score) == LOOSE,
        score=passage.score,
        wordings=sorted(wordings, key=lambda one: not one.is_used),
    )


def _wording(name: str, text: str, draft_text: str) -> Wording:
    said = _plain(draft_text)
    used = [Marked(one, Mark.SOURCE, USED) for one in sentences(text) if _plain(one) in said]
    return Wording(name, segments(text, used), bool(used))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
