"""One draft as its page shows it: words that stand out, findings, signatures, evidence and history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.channels.rules import Measure
from app.checks.switch import MOVE
from app.conversations.lengths import measure_for
from app.conversations.models import NO_ANSWERS
from app.core.errors import NotAllowed
from app.delivery.models import Delivery
from app.drafting.models import CheckResult, Draft, DraftStatus, RequiredSignOff, Revision, Strategy
from app.review import policy
from app.review.models import Decision, SignOff
from app.review.queries import LIVE, ConversationFile, standing_for
from app.staff.models import Person, Role
from app.triage.candidates import candidates_of
from app.web.evidence import Evidence, evidence_of
from app.web.marks import Mark, Marked, Segment, segments
from app.web.word_diff import Change, word_diff

MADE_BY = {
    Strategy.WRITE: "written by the language model",
    Strategy.COMPOSE: "put together from approved wording",
    Strategy.VARIANT: "the approved wording alone",
    Strategy.PERSON: "written by a person",
}


@dataclass(frozen=True)
class Signature:
    """One signature that is asked for, and whether this person can give it now."""

    role: Role
    reason: str
    words: list[str]
    signed: SignOff | None
    can_sign: bool
    obstacle: str | None  # why this person, having the role, cannot


@dataclass(frozen=True)
class HistoryItem:
    number: int
    author: str
    at: datetime
    changes: list[Change]  # against the revision before


@dataclass(frozen=True)
class DraftView:
    draft: Draft
    latest: Revision
    text: list[Segment]
    length: Measure
    made_by: str
    checks: list[CheckResult]  # failed first
    blocked: list[CheckResult]
    signatures: list[Signature]
    void: list[SignOff]
    refusals: list[SignOff]
    evidence: list[Evidence]
    history: list[HistoryItem]  # newest first
    delivery: Delivery | None
    is_live: bool
    is_open: bool  # people may still decide
    is_first_reply: bool  # and so not the answer
    moves_channel: bool  # it asks the customer to go on elsewhere, or a ground for that is recorded


def draft_view(
    file: ConversationFile, draft: Draft, *, viewer: Person, deliveries: Sequence[Delivery], today: date
) -> DraftView:
    latest = draft.latest
    given = file.sign_offs[draft.id]
    delivery = max((one for one in deliveries if one.draft_id == draft.id), key=_id, default=None)
    is_open = draft.status in LIVE and draft.posting_since is None
    return DraftView(
        draft=draft,
        latest=latest,
        text=segments(latest.text, marked_words(latest)),
        length=measure_for(file.conversation.account, draft.audience, latest.text),
        made_by=MADE_BY[draft.strategy],
        checks=sorted(latest.checks, key=lambda check: (check.passed, not check.blocks, check.position)),
        blocked=[check for check in latest.checks if check.blocks and not check.passed],
        signatures=_signatures(file, draft, viewer=viewer),
        void=[one for one in given if one.voided_at is not None],
        refusals=[one for one in given if one.decision is Decision.REJECTED],
        evidence=_evidence(file, draft, today=today),
        history=_history(draft),
        delivery=delivery,
        is_live=draft.status in LIVE,
        is_open=is_open,
        is_first_reply=draft.purpose in NO_ANSWERS,
        moves_channel=draft.switch_ground is not None or _moves_without_ground(latest),
    )


def _moves_without_ground(revision: Revision) -> bool:
    return any(check.name == MOVE and not check.passed for check in revision.checks)


def _evidence(file: ConversationFile, draft: Draft, *, today: date) -> list[Evidence]:
    offered = candidates_of(file.triaged.get(draft.message_id or 0))
    judgement = file.judgements.get(draft.message_id or 0)
    return [
        evidence_of(passage, draft.latest.text, offered=offered, judgement=judgement, today=today)
        for passage in draft.latest.passages
    ]


def marked_words(revision: Revision) -> list[Marked]:
    """What to mark in a draft: words of failed checks, and words that ask for a further signature."""
    flagged = [
        Marked(str(word), Mark.BAD if check.blocks else Mark.WARN, check.detail)
        for check in revision.checks
        if not check.passed
        for word in check.words
    ]
    return flagged + signing_words(revision)


def signing_words(revision: Revision) -> list[Marked]:
    """Words of the draft or of the customer that ask for a further signature."""
    return [
        Marked(str(word), Mark.SIGN, f"Asks for {required.role}: {required.reason}")
        for required in revision.required
        for word in required.words
    ]


def _signatures(file: ConversationFile, draft: Draft, *, viewer: Person) -> list[Signature]:
    standing = standing_for(file, draft)
    blocked = any(check.blocks and not check.passed for check in draft.latest.checks)
    return [
        _signature(required, draft, standing, viewer=viewer, blocked=blocked)
        for required in draft.latest.required
    ]


def _signature(
    required: RequiredSignOff, draft: Draft, standing: list[SignOff], *, viewer: Person, blocked: bool
) -> Signature:
    signed = next((one for one in standing if one.role is required.role), None)
    waits = signed is None and draft.status is DraftStatus.PROPOSED and required.role in viewer.roles
    obstacle = _obstacle(required.role, draft, standing, viewer=viewer, blocked=blocked) if waits else None
    return Signature(
        role=required.role,
        reason=required.reason,
        words=[str(word) for word in required.words],
        signed=signed,
        can_sign=waits and obstacle is None,
        obstacle=obstacle,
    )


def _obstacle(
    role: Role, draft: Draft, standing: list[SignOff], *, viewer: Person, blocked: bool
) -> str | None:
    try:
        policy.require_entitled(viewer, role, draft.latest, standing)
    except NotAllowed as refusal:
        return refusal.detail
    return "A finding blocks signing. Edit the text first." if blocked else None


def _history(draft: Draft) -> list[HistoryItem]:
    texts = ["", *(revision.text for revision in draft.revisions)]
    items = [
        HistoryItem(
            number=revision.number,
            author=revision.author.name if revision.author else "Sayso",
            at=revision.created_at,
            changes=word_diff(before, revision.text),
        )
        for before, revision in zip(texts, draft.revisions, strict=False)
    ]
    return items[:0:-1]  # the first has nothing before it


def _id(delivery: Delivery) -> int:
    return delivery.id
