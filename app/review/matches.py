"""What a person at the desk says about a match, and what becomes of the draft by it.

Saying it is one act with its effect: the draft then stands on the answer that was chosen, or is refused.
Approving a draft says nothing about its match: see docs/decisions/judged-matches.md.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.conversations.models import NO_ANSWERS, Account, Message
from app.conversations.outcomes import give_to
from app.core.errors import Conflict, InvalidInput
from app.drafting.models import Act, Draft, DraftStatus
from app.drafting.tasks import NoDraftPossible, Proposal
from app.knowledge.queries import PublishedVersion, current_version
from app.retrieval import judging
from app.retrieval.models import MatchJudgement
from app.review.answers import judge_if_nobody_did
from app.review.chosen_answers import answer_of, words_of
from app.review.drafts import (
    DraftChanged,
    live_draft_id,
    lock_inbound,
    log_draft,
    message_is_closed,
    must_be_open,
    open_draft,
    reject,
    void_sign_offs,
)
from app.review.loading import account_of, lock_draft
from app.review.revisions import Cited, add_revision
from app.staff.models import Person, Role
from app.staff.permissions import Action, require
from app.triage.candidates import Candidates, candidates_of
from app.triage.models import TriageDecision

NONE_FITS = "None of the approved answers fits"


@dataclass(frozen=True)
class Case:
    """A message with what is being decided about it, all of it locked."""

    message: Message
    draft: Draft | None  # the live reply, if there is one
    is_closed: bool  # it has its outcome: a judgement then only teaches
    offered: Candidates

    @property
    def machine(self) -> judging.MachineSaid:
        if not self.offered.found:
            return judging.MachineSaid()
        first = self.offered.found[0]
        return judging.MachineSaid(first.entry_id, first.score, self.offered.has_answer)


def confirm(
    session: Session, message_id: int, *, based_on: str | None, by: Person, at: datetime
) -> MatchJudgement:
    """The draft stands on the right answer. Its words and signatures stay as they are."""
    case = _case(session, message_id, based_on=based_on, by=by)
    entry_id = stands_on(case.draft or _newest_draft(session, message_id))
    if entry_id is None:
        raise Conflict("No approved answer stands behind this reply. Choose the one that does.")
    return _teach(session, case, entry_id, by=by, at=at)


def swap(
    session: Session, message_id: int, *, entry_id: str, based_on: str | None, by: Person, at: datetime
) -> MatchJudgement:
    """Another entry answers the message. Its approved answer becomes the draft; signatures are void.

    What people wrote before stays readable in the draft's history. Where the approved answer cannot be
    offered on this channel, the message goes to a person.
    """
    case = _case(session, message_id, based_on=based_on, by=by)
    judgement = _teach(session, case, entry_id, by=by, at=at)
    if not case.is_closed and (case.draft is None or stands_on(case.draft) != entry_id):
        _answer_from(session, case, entry_id, by=by, at=at)
    return judgement


def none_fits(
    session: Session, message_id: int, *, based_on: str | None, by: Person, at: datetime
) -> MatchJudgement:
    """No entry answers the message. Its draft is refused, and somebody answers in their own words."""
    case = _case(session, message_id, based_on=based_on, by=by)
    judgement = judging.say_none_fits(session, message_id, machine=case.machine, by=by, at=at)
    if case.draft is not None:
        reject(session, case.draft.id, reason=NONE_FITS, by=by, at=at)
    elif not case.is_closed:
        reason = f"{by.name}: {NONE_FITS[:1].lower()}{NONE_FITS[1:]}"
        judge_if_nobody_did(session, case.message, reason=reason, at=at)
        give_to(session, case.message.conversation_id, Role.AGENT, reason=reason)
    return judgement


def stands_on(draft: Draft | None) -> str | None:
    """The entry that the present words of a draft stand on first."""
    passages = draft.latest.passages if draft else []
    return passages[0].version.entry_id if passages else None


def _case(session: Session, message_id: int, *, based_on: str | None, by: Person) -> Case:
    """Everything locked, and as it was read: else `DraftChanged`."""
    require(by, Action.JUDGE)
    draft_id = live_draft_id(session, message_id)
    draft = lock_draft(session, draft_id) if draft_id is not None else None
    message = lock_inbound(session, message_id)
    if live_draft_id(session, message_id) != draft_id:
        raise Conflict("A draft for this message appeared or ended just now. Look at it first.")
    if draft is not None and draft.act is not Act.POST:
        draft = None  # a change of what we already posted: it is decided on its own
    if draft is not None and based_on != draft.latest.fingerprint:
        raise DraftChanged(draft)
    if draft is None and based_on and not message_is_closed(session, message):
        raise Conflict("The draft that you read is no longer waiting. Look at the conversation again.")
    decision = session.scalar(
        select(TriageDecision)
        .where(TriageDecision.message_id == message_id)
        .order_by(TriageDecision.id.desc())
        .limit(1)
    )
    return Case(message, draft, message_is_closed(session, message), candidates_of(decision))


def _newest_draft(session: Session, message_id: int) -> Draft | None:
    newest = select(Draft.id).where(Draft.message_id == message_id, Draft.purpose.not_in(NO_ANSWERS))
    newest = newest.order_by(Draft.id.desc()).limit(1)
    draft_id = session.scalar(newest)
    return lock_draft(session, draft_id) if draft_id is not None else None


def _teach(session: Session, case: Case, entry_id: str, *, by: Person, at: datetime) -> MatchJudgement:
    """A confirmation where the machine had answered with this entry, else a correction."""
    machine = case.machine
    as_offered = machine.answered and machine.entry_id == entry_id
    judge = judging.confirm_match if as_offered else judging.correct_match
    return judge(session, case.message.id, entry_id=entry_id, machine=machine, by=by, at=at)


def _answer_from(session: Session, case: Case, entry_id: str, *, by: Person, at: datetime) -> None:
    """Put the entry's approved answer into the draft, or into a new one."""
    require(by, Action.EDIT if case.draft else Action.ANSWER)
    if case.draft is not None:
        must_be_open(case.draft)
    version = current_version(session, entry_id)
    if version is None:
        raise InvalidInput(f"There is no entry {entry_id} in the FAQ now. Pick another one.")
    account = session.get_one(Account, case.message.account_id)
    try:
        proposal = answer_of(session, case.message, account, version)
    except NoDraftPossible as problem:
        _leave_to_a_person(session, case, problem.detail, by=by, at=at)
        return
    found = case.offered.of(entry_id)
    cited = Cited(version.version_id, found.score if found else 0.0, found.phrasing if found else "")
    if case.draft is not None:
        _redraft(session, case.draft, proposal, cited, version, by=by, at=at)
        return
    judge_if_nobody_did(session, case.message, reason=f"{by.name} chose “{version.question}”", at=at)
    open_draft(
        session,
        case.message,
        account=account,
        text=proposal.text,
        cited=[cited],
        sources=words_of(version),
        strategy=proposal.strategy,
        at=at,
    )


def _redraft(
    session: Session,
    draft: Draft,
    proposal: Proposal,
    cited: Cited,
    version: PublishedVersion,
    *,
    by: Person,
    at: datetime,
) -> None:
    """A new revision of a locked draft, standing on another answer."""
    if draft.status is DraftStatus.APPROVED:
        draft.move_to(DraftStatus.PROPOSED)  # the posting job finds it no longer approved and ends
    void_sign_offs(session, draft, reason=f"{by.name} chose another approved answer", at=at)
    draft.strategy, draft.note, draft.reason = proposal.strategy, proposal.note, None
    revision = add_revision(
        session,
        draft,
        account=account_of(session, draft),
        message=draft.message,
        text=proposal.text,
        cited=[cited],
        sources=words_of(version),
        author_id=None,
        at=at,
    )
    log_draft(session, draft, by, "draft.swapped", revision, entry=version.entry_id)


def _leave_to_a_person(session: Session, case: Case, reason: str, *, by: Person, at: datetime) -> None:
    if case.draft is not None:
        reject(session, case.draft.id, reason=reason, by=by, at=at)
        return
    judge_if_nobody_did(session, case.message, reason=reason, at=at)
    give_to(session, case.message.conversation_id, Role.AGENT, reason=reason)
