"""Read-only: the queue, and everything about one conversation. A constant number of statements."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from app.conversations.models import (
    NO_ANSWERS,
    Account,
    Conversation,
    Direction,
    Message,
    Network,
    Outcome,
    Purpose,
    Visibility,
)
from app.core.errors import NotFound
from app.drafting.models import Draft, DraftStatus, Origin, RequiredSignOff, Revision, RevisionPassage
from app.retrieval.judgements import judgements_of
from app.retrieval.models import MatchJudgement
from app.review import policy
from app.review.models import Decision, SignOff
from app.staff.models import Person, Role
from app.triage.models import TriageDecision

LIVE = (DraftStatus.PROPOSED, DraftStatus.APPROVED)


@dataclass(frozen=True)
class QueueRow:
    """One message that waits for people: with a draft to decide on, or for somebody to answer."""

    message_id: int
    conversation_id: int
    network: Network
    visibility: Visibility
    author: str
    text: str
    due_at: datetime | None  # when the public promise falls due
    draft_id: int | None
    draft_status: DraftStatus | None
    draft_purpose: Purpose | None  # a first reply is not the answer; both may wait
    waits_for: tuple[Role, ...]  # roles that have not signed yet
    reason: str | None  # why it was given to the team, or why the draft came back


@dataclass(frozen=True)
class ConversationFile:
    """One conversation with all that decisions need. Drafts oldest first, each fully loaded."""

    conversation: Conversation  # account, handle and messages loaded
    drafts: list[Draft]
    sign_offs: dict[int, list[SignOff]]  # by draft id, oldest first
    outcomes: dict[int, Outcome]  # by message id
    triaged: dict[int, TriageDecision]  # the latest, by message id
    judgements: dict[int, MatchJudgement]  # of matches, the latest that stands, by message id
    owner: Person | None


def review_queue(session: Session, *, role: Role, limit: int = 50, offset: int = 0) -> list[QueueRow]:
    """What waits for this role, first due first. Agents also see messages without any draft."""
    statement = _open_messages().where(_waits_for(role, _asks(role)))
    statement = statement.order_by(Message.answer_due_at, Message.id, Draft.id)
    rows = session.execute(statement.limit(limit).offset(offset)).all()
    waiting = _missing_roles(session, [row.draft_id for row in rows if row.draft_id is not None])
    return [
        QueueRow(
            message_id=row.id,
            conversation_id=row.conversation_id,
            network=row.network,
            visibility=row.visibility,
            author=row.author,
            text=row.text,
            due_at=row.answer_due_at,
            draft_id=row.draft_id,
            draft_status=row.status,
            draft_purpose=row.purpose,
            waits_for=waiting.get(row.draft_id, ()),
            reason=row.draft_reason or row.owner_reason,
        )
        for row in rows
    ]


def queue_count(session: Session, *, role: Role) -> int:
    """How many messages wait for this role."""
    waiting = _open_messages().where(_waits_for(role, Draft.id.in_(_asking(role))))
    counted = waiting.with_only_columns(func.count(), maintain_column_froms=True)
    return session.execute(counted).scalar_one()


def conversation_file(session: Session, conversation_id: int) -> ConversationFile:
    """Everything about one conversation. Raises `NotFound`."""
    conversation = session.scalars(
        select(Conversation)
        .where(Conversation.id == conversation_id)
        .options(
            joinedload(Conversation.account),
            joinedload(Conversation.handle),
            selectinload(Conversation.messages),
        )
    ).one_or_none()
    if conversation is None:
        raise NotFound(f"There is no conversation {conversation_id}.")
    drafts = list(session.scalars(_drafts(conversation_id)).unique())
    sign_offs: dict[int, list[SignOff]] = {draft.id: [] for draft in drafts}
    for signed in session.scalars(
        select(SignOff).where(SignOff.draft_id.in_(sign_offs)).order_by(SignOff.id)
    ):
        sign_offs[signed.draft_id].append(signed)
    messages = [message.id for message in conversation.messages]
    ended = session.scalars(select(Outcome).where(Outcome.message_id.in_(messages)))
    triaged = session.scalars(
        select(TriageDecision).where(TriageDecision.message_id.in_(messages)).order_by(TriageDecision.id)
    )
    return ConversationFile(
        conversation=conversation,
        drafts=drafts,
        sign_offs=sign_offs,
        outcomes={outcome.message_id: outcome for outcome in ended},
        triaged={decision.message_id: decision for decision in triaged},
        judgements=judgements_of(session, messages),
        owner=session.get(Person, conversation.owner_id) if conversation.owner_id else None,
    )


def standing_for(file: ConversationFile, draft: Draft) -> list[SignOff]:
    """The sign-offs of a draft that count now."""
    from_customer = [m.received_at for m in file.conversation.messages if m.direction is Direction.INBOUND]
    return policy.standing_sign_offs(
        draft.latest, file.sign_offs[draft.id], newest_message_at=max(from_customer, default=None)
    )


def _drafts(conversation_id: int) -> Select[Draft]:
    revisions = selectinload(Draft.revisions)
    return (
        select(Draft)
        .where(Draft.conversation_id == conversation_id)
        .order_by(Draft.id)
        .options(
            joinedload(Draft.message),
            joinedload(Draft.corrects),
            revisions.selectinload(Revision.passages).joinedload(RevisionPassage.version),
            revisions.selectinload(Revision.checks),
            revisions.selectinload(Revision.required),
            revisions.joinedload(Revision.author),
        )
    )


def _open_messages() -> Select[*tuple[Any, ...]]:
    """Inbound messages without an outcome, with their live draft if they have one; two drafts, two rows."""
    live = and_(Draft.message_id == Message.id, Draft.status.in_(LIVE), Draft.origin == Origin.LIVE)
    return (
        select(
            Message.id,
            Message.conversation_id,
            Account.network,
            Message.visibility,
            Message.author,
            Message.text,
            Message.answer_due_at,
            Draft.id.label("draft_id"),
            Draft.status,
            Draft.purpose,
            Draft.reason.label("draft_reason"),
            Conversation.owner_reason,
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Account, Account.id == Message.account_id)
        .outerjoin(Draft, live)
        .where(Message.is_open)
    )


def _waits_for(role: Role, asks: ColumnElement[bool]) -> ColumnElement[bool]:
    asked = and_(Draft.status == DraftStatus.PROPOSED, asks)
    if role is not Role.AGENT:
        return asked
    uncertain = and_(Draft.status == DraftStatus.APPROVED, Conversation.owner_role.is_not(None))
    judged = exists().where(TriageDecision.message_id == Message.id)
    unanswered = and_(
        or_(Draft.id.is_(None), and_(Draft.purpose.in_(NO_ANSWERS), ~_has_answer())),
        or_(judged, Conversation.owner_role.is_not(None)),
    )
    return or_(asked, uncertain, unanswered)


def _has_answer() -> ColumnElement[bool]:
    """An answer is being decided for this message, beside its first reply."""
    other = aliased(Draft)
    return exists().where(
        other.message_id == Message.id,
        other.status.in_(LIVE),
        other.origin == Origin.LIVE,
        other.purpose.not_in(NO_ANSWERS),
    )


def _asks(role: Role) -> ColumnElement[bool]:
    """The latest revision needs this role and does not have it. Draft by draft: for a page of them."""
    latest = (
        select(func.max(Revision.id)).where(Revision.draft_id == Draft.id).correlate(Draft).scalar_subquery()
    )
    return exists().where(RequiredSignOff.revision_id == latest, RequiredSignOff.role == role, ~_is_signed())


def _asking(role: Role) -> Select[int]:
    """The open drafts of which `_asks` is true, found in one go: for all of them that is faster."""
    open_draft, later = aliased(Draft), aliased(Revision)
    newer = exists().where(later.draft_id == Revision.draft_id, later.number > Revision.number)
    return (
        select(Revision.draft_id)
        .join(open_draft, open_draft.id == Revision.draft_id)
        .join(RequiredSignOff, RequiredSignOff.revision_id == Revision.id)
        .where(open_draft.status == DraftStatus.PROPOSED, RequiredSignOff.role == role, ~_is_signed(), ~newer)
    )


def _is_signed() -> ColumnElement[bool]:
    return exists().where(
        SignOff.revision_id == RequiredSignOff.revision_id,
        SignOff.role == RequiredSignOff.role,
        SignOff.decision == Decision.APPROVED,
        SignOff.voided_at.is_(None),
    )


def _missing_roles(session: Session, draft_ids: list[int]) -> dict[int | None, tuple[Role, ...]]:
    latest = select(func.max(Revision.id)).where(Revision.draft_id.in_(draft_ids)).group_by(Revision.draft_id)
    rows = session.execute(
        select(Revision.draft_id, RequiredSignOff.role)
        .join(Revision, Revision.id == RequiredSignOff.revision_id)
        .where(RequiredSignOff.revision_id.in_(latest), ~_is_signed())
        .order_by(RequiredSignOff.revision_id, RequiredSignOff.position)
    )
    missing: dict[int | None, tuple[Role, ...]] = {}
    for draft_id, role in rows:
        missing[draft_id] = (*missing.get(draft_id, ()), role)
    return missing
