"""The only door through which a draft is proposed, edited or refused."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum, auto

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.audit.chain import record
from app.checks.switch_ground import SwitchGround
from app.conversations.models import NO_ANSWERS, Account, Direction, Message, OutcomeKind, Purpose
from app.conversations.outcomes import give_to, lock_message, record_outcome
from app.core.changes import announce
from app.core.errors import Conflict, InvalidInput, NotFound
from app.drafting.models import Act, Draft, DraftStatus, Revision, RevisionPassage, Strategy
from app.knowledge.models import EntryVersion
from app.review.loading import account_of, lock_draft, sign_offs_of
from app.review.models import Decision, SignOff
from app.review.revisions import NO_SECOND_LOOK, Cited, SecondLook, add_revision
from app.staff.models import Person, Role
from app.staff.permissions import Action, require

LIVE = (DraftStatus.PROPOSED, DraftStatus.APPROVED)


class DraftChanged(Conflict):
    """Somebody changed the draft since it was read. Both texts are kept in the answer."""

    title = "This draft has changed since you read it"

    def __init__(self, draft: Draft, *, yours: str | None = None) -> None:
        latest = draft.latest
        current = {"number": latest.number, "text": latest.text, "fingerprint": latest.fingerprint}
        super().__init__(
            f"Revision {latest.number} is the current one. Nothing was changed; read it and decide again.",
            current=current,
            yours=yours,
        )


def open_draft(
    session: Session,
    message: Message,
    *,
    account: Account,
    text: str,
    cited: Sequence[Cited],
    sources: Sequence[str] | None = None,
    strategy: Strategy,
    note: str | None = None,
    purpose: Purpose = Purpose.ANSWER,
    switch_ground: SwitchGround | None = None,
    second_look: SecondLook = NO_SECOND_LOOK,
    author: Person | None = None,
    at: datetime,
) -> Draft:
    """Open a draft for a message. The message is locked; it has no other live draft of this purpose."""
    draft = Draft(
        conversation_id=message.conversation_id,
        message_id=message.id,
        account_id=account.id,
        purpose=purpose,
        switch_ground=switch_ground,
        audience=message.visibility,
        identity=account.handle,
        strategy=strategy,
        note=note,
        created_at=at,
        revisions=[],
    )
    session.add(draft)
    session.flush()
    author_id = author.id if author else None
    revision = add_revision(
        session,
        draft,
        account=account,
        message=message,
        text=text,
        cited=cited,
        sources=sources,
        second_look=second_look,
        author_id=author_id,
        at=at,
    )
    log_draft(session, draft, author, "draft.proposed", revision, strategy=strategy)
    return draft


class Keep(Enum):
    """Not a ground but the wish to leave the recorded one as it is."""

    GROUND = auto()


def edit(
    session: Session,
    draft_id: int,
    *,
    text: str,
    based_on: str,
    switch_ground: SwitchGround | Keep | None = Keep.GROUND,
    by: Person,
    at: datetime,
) -> Revision:
    """New words, or another ground for moving the customer, on top of the revision that was read.

    Every signature given so far is void.
    """
    require(by, Action.EDIT)
    draft = lock_draft(session, draft_id)
    if based_on != draft.latest.fingerprint:
        raise DraftChanged(draft, yours=text)
    must_be_open(draft)
    if draft.act is Act.DELETE:
        raise Conflict("A deletion has no words to edit. Reject it and correct the reply instead.")
    must_say_something(text)
    ground = draft.switch_ground if switch_ground is Keep.GROUND else switch_ground
    if text == draft.latest.text and ground is draft.switch_ground:
        return draft.latest
    draft.switch_ground = ground
    if draft.status is DraftStatus.APPROVED:
        draft.move_to(DraftStatus.PROPOSED)  # the posting job finds it no longer approved and ends
    void_sign_offs(session, draft, reason=f"{by.name} changed the text", at=at)
    revision = revise(session, draft, text=text, author_id=by.id, at=at)
    log_draft(session, draft, by, "draft.edited", revision)
    return revision


def revise(session: Session, draft: Draft, *, text: str, author_id: int | None, at: datetime) -> Revision:
    """Append words to a locked draft, standing on the present versions of the same entries."""
    cited = present_evidence(session, draft.latest.passages)
    return add_revision(
        session,
        draft,
        account=account_of(session, draft),
        message=draft.message,
        corrects=draft.corrects,
        text=text,
        cited=cited,
        author_id=author_id,
        at=at,
    )


def present_evidence(session: Session, passages: Iterable[RevisionPassage]) -> list[Cited]:
    """The same entries in the versions published now; a retired entry is no evidence any more."""
    return [
        Cited(version_id, one.score, one.phrasing)
        for one in passages
        if (version_id := _present_version(session, one.version)) is not None
    ]


def _present_version(session: Session, version: EntryVersion) -> int | None:
    """The version of the same entry that is published now; None when the entry was retired."""
    if version.is_current:
        return version.id
    statement = select(EntryVersion.id).where(
        EntryVersion.entry_id == version.entry_id, EntryVersion.is_current
    )
    return session.scalar(statement)


def reject(session: Session, draft_id: int, *, reason: str, by: Person, at: datetime) -> Draft:
    """Refuse a draft. Nothing of it will be sent; the message goes to a person."""
    require(by, Action.REJECT)
    _must_give_reason(reason)
    draft = lock_draft(session, draft_id)
    must_be_open(draft)
    draft.move_to(DraftStatus.REJECTED)
    draft.reason = reason
    void_sign_offs(session, draft, reason=f"{by.name} rejected the draft", at=at)
    role = sorted(by.roles)[0]
    session.add(
        SignOff(
            draft_id=draft.id,
            revision_id=draft.latest.id,
            person_id=by.id,
            role=role,
            fingerprint=draft.latest.fingerprint,
            decision=Decision.REJECTED,
            reason=reason,
            signed_at=at,
        )
    )
    if draft.act is not Act.POST:
        close_again(session, draft)
    elif draft.conversation_id is not None:
        give_to(session, draft.conversation_id, Role.AGENT, reason=f"{by.name} rejected the draft: {reason}")
    log_draft(session, draft, by, "draft.rejected", draft.latest, reason=reason)
    return draft


def ignore_message(session: Session, message_id: int, *, reason: str, by: Person, at: datetime) -> None:
    """End a message without an answer, for a stated reason. Its draft, if any, is superseded."""
    require(by, Action.IGNORE)
    _must_give_reason(reason)
    draft_ids = live_draft_ids(session, message_id)
    drafts = [lock_draft(session, draft_id) for draft_id in draft_ids]
    message = lock_inbound(session, message_id)
    if live_draft_ids(session, message_id) != draft_ids:
        raise Conflict("A draft for this message appeared or ended just now. Look at it first.")
    for draft in drafts:
        must_be_open(draft)
    for draft in drafts:
        supersede(session, draft, reason=f"{by.name} ignored the message: {reason}", at=at)
    record_outcome(session, message, OutcomeKind.IGNORED, reason=reason, by_id=by.id, at=at)
    detail = {"reason": reason, "text": message.text}
    record(session, actor=by.handle, action="message.ignored", subject=f"message:{message.id}", detail=detail)


def supersede(session: Session, draft: Draft, *, reason: str, at: datetime) -> None:
    """End a locked draft that something else made needless."""
    draft.move_to(DraftStatus.SUPERSEDED)
    draft.reason = reason
    void_sign_offs(session, draft, reason=reason, at=at)


def close_again(session: Session, draft: Draft) -> None:
    """A change of a posted reply is decided: its message leaves the queue if it has its outcome."""
    if draft.message is not None and message_is_closed(session, draft.message):
        draft.message.is_open = False


def void_sign_offs(session: Session, draft: Draft, *, reason: str, at: datetime) -> None:
    """Take the signatures back that were given so far; they stay readable with the reason."""
    for sign_off in sign_offs_of(session, draft):
        if sign_off.decision is Decision.APPROVED and sign_off.voided_at is None:
            sign_off.voided_at, sign_off.void_reason = at, reason
    session.flush()


def live_draft_id(session: Session, message_id: int) -> int | None:
    """The answer to this message that is still being decided or on its way; a first reply is none."""
    return session.scalar(_live(message_id).where(Draft.purpose.not_in(NO_ANSWERS)))


def live_first_reply_id(session: Session, message_id: int) -> int | None:
    """The first reply to this message that is still being decided or on its way."""
    return session.scalar(_live(message_id).where(Draft.purpose.in_(NO_ANSWERS)))


def live_draft_ids(session: Session, message_id: int) -> list[int]:
    """All of them, the answer first: whoever locks both takes them in this order."""
    found = (live_draft_id(session, message_id), live_first_reply_id(session, message_id))
    return [draft_id for draft_id in found if draft_id is not None]


def _live(message_id: int) -> Select[int]:
    return select(Draft.id).where(
        Draft.message_id == message_id, Draft.status.in_(LIVE), Draft.origin == "live"
    )


def message_is_closed(session: Session, message: Message) -> bool:
    session.refresh(message, ["outcome"])
    return message.outcome is not None


def lock_inbound(session: Session, message_id: int) -> Message:
    known = session.scalar(
        select(Message.id).where(Message.id == message_id, Message.direction == Direction.INBOUND)
    )
    if known is None:
        raise NotFound(f"There is no message {message_id} from a customer.")
    return lock_message(session, message_id)


def must_be_open(draft: Draft) -> None:
    """Not yet decided for good, and not already handed to the network."""
    if draft.status not in LIVE:
        raise Conflict(f"This draft is {draft.status}; nothing more can be decided about it.")
    if draft.posting_since is not None:
        raise Conflict("This reply is being posted or its arrival is uncertain. Settle that first.")


def must_say_something(text: str) -> None:
    if not text.strip():
        raise InvalidInput("The reply is empty. Write something, or reject the draft.")


def _must_give_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidInput("Give a reason, in a few words, so that the next person understands.")


def log_draft(
    session: Session, draft: Draft, by: Person | None, action: str, revision: Revision, **detail: str
) -> None:
    record(
        session,
        actor=by.handle if by else None,
        action=action,
        subject=f"draft:{draft.id}",
        detail={
            "revision": revision.number,
            "fingerprint": revision.fingerprint,
            "text": revision.text,
            **detail,
        },
    )
    announce(session, f"conversation:{draft.conversation_id}")
