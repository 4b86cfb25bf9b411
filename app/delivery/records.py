"""What became of a call, written down: one function per outcome."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.chain import record
from app.conversations.intake import content_hash
from app.conversations.models import (
    NO_ANSWERS,
    Account,
    Direction,
    Message,
    Outcome,
    OutcomeKind,
)
from app.conversations.outcomes import give_to, record_outcome, reopen
from app.core.changes import announce
from app.core.errors import Conflict, InvalidInput
from app.core.jobs import enqueue
from app.delivery.intents import lock_delivery
from app.delivery.models import Delivery, DeliveryStatus
from app.drafting.models import Act, Draft, DraftStatus
from app.review.acknowledging import drop_first_reply
from app.review.drafts import close_again
from app.review.loading import lock_draft
from app.review.permission import send_back
from app.staff.models import Person, Role
from app.staff.permissions import Action, require

# Seconds between looks at the network for a post nobody is sure of; afterwards a person decides.
LOOKS = (1, 2, 4, 8, 15, 30)
LOOKS_BEFORE_A_PERSON = 3  # nobody says "it is not there" before we looked that often
FIRST_WAIT_SECONDS = 2.0  # after a network that cannot be reached; doubled each time
LONGEST_WAIT_SECONDS = 120.0
PERSON_DECIDES = "We could not find out whether it was posted. Look at the network and say which it is."


def sent(
    session: Session, delivery_id: int, external_id: str, *, at: datetime, by: Person | None = None
) -> None:
    """The network has it: the draft is posted, the message answered."""
    delivery, draft = _locked(session, delivery_id)
    delivery.move_to(DeliveryStatus.SENT)
    delivery.external_id, delivery.sent_at, delivery.detail, delivery.next_look_at = (
        external_id,
        at,
        None,
        None,
    )
    draft.move_to(DraftStatus.POSTED)
    draft.posting_since = None
    if draft.act is Act.POST:
        _keep_as_message(session, draft, delivery, external_id, at=at)
    else:
        _change_message(session, draft, at=at)
    _log(
        session,
        draft,
        delivery,
        "delivery.sent",
        by=by,
        external_id=external_id,
        text=delivery.payload["text"],
    )


def not_accepted(
    session: Session, delivery_id: int, detail: str, *, wait_seconds: float | None, at: datetime
) -> None:
    """The network certainly did not take this call. We come back when it says, else ever later."""
    delivery, draft = _locked(session, delivery_id)
    delivery.move_to(DeliveryStatus.UNKNOWN if delivery.is_uncertain else DeliveryStatus.INTENDED)
    if wait_seconds is None:
        wait_seconds = min(FIRST_WAIT_SECONDS * 2 ** min(delivery.tries, 10), LONGEST_WAIT_SECONDS)
    if delivery.tries == 1:
        _log(session, draft, delivery, "delivery.postponed", detail=detail)
    _look_again(session, delivery, detail, after_seconds=wait_seconds, at=at)


def refused(session: Session, delivery_id: int, detail: str, *, at: datetime) -> None:
    """The network said no: a person decides what to do with the words."""
    delivery, draft = _locked(session, delivery_id)
    if delivery.is_uncertain:  # this call was refused, but an earlier one may have arrived
        not_found(session, delivery_id, at=at)
        return
    delivery.move_to(DeliveryStatus.REFUSED)
    delivery.detail, delivery.next_look_at = detail, None
    session.flush()
    _log(session, draft, delivery, "delivery.refused", detail=detail)
    send_back(session, draft, reason=detail, at=at)


def unknown(session: Session, delivery_id: int, detail: str, *, at: datetime) -> None:
    """Nobody can tell yet; look at the network soon."""
    delivery, draft = _locked(session, delivery_id)
    delivery.is_uncertain = True
    if delivery.status is not DeliveryStatus.UNKNOWN:
        delivery.move_to(DeliveryStatus.UNKNOWN)
        _log(session, draft, delivery, "delivery.unknown", detail=detail)
    wait_seconds = LOOKS[min(delivery.looks, len(LOOKS) - 1)]
    delivery.looks += 1
    if delivery.looks == len(LOOKS) and draft.conversation_id is not None:
        give_to(session, draft.conversation_id, Role.AGENT, reason=PERSON_DECIDES)  # and we go on looking
    _look_again(session, delivery, detail, after_seconds=wait_seconds, at=at)


def not_found(session: Session, delivery_id: int, *, at: datetime) -> None:
    """It was looked for and not seen: it may still appear. After the last look a person decides."""
    delivery, draft = _locked(session, delivery_id)
    if delivery.status is not DeliveryStatus.UNKNOWN:
        delivery.move_to(DeliveryStatus.UNKNOWN)
    delivery.looks += 1
    if delivery.looks < len(LOOKS):
        detail = "Not seen on the network yet"
        _look_again(session, delivery, detail, after_seconds=LOOKS[delivery.looks], at=at)
        return
    delivery.next_look_at, delivery.detail = None, PERSON_DECIDES
    if draft.conversation_id is not None:
        give_to(session, draft.conversation_id, Role.AGENT, reason=PERSON_DECIDES)
    _log(session, draft, delivery, "delivery.left_to_a_person", detail=PERSON_DECIDES)


def resolve(
    session: Session, delivery_id: int, *, arrived: bool, external_id: str | None, by: Person, at: datetime
) -> None:
    """A person looked at the network. If it did not arrive, the words go back to be signed again."""
    require(by, Action.RESOLVE)
    delivery, draft = _locked(session, delivery_id)
    if delivery.status is not DeliveryStatus.UNKNOWN:
        raise Conflict(f"This delivery is {delivery.status}; there is nothing to settle.")
    if not arrived and delivery.next_look_at is not None and delivery.looks < LOOKS_BEFORE_A_PERSON:
        raise Conflict("We are just looking for it on the network. Wait some seconds, then say what you see.")
    delivery.resolved_by_id = by.id
    if arrived:
        _must_be_new(session, draft, external_id)
        sent(session, delivery_id, external_id or f"seen by {by.handle}: {delivery.key}", at=at, by=by)
        return
    delivery.move_to(DeliveryStatus.REFUSED)
    delivery.detail, delivery.next_look_at = f"{by.name} looked: it was not posted", None
    session.flush()
    _log(session, draft, delivery, "delivery.resolved", by=by, arrived="no")
    send_back(session, draft, reason=delivery.detail, at=at)


def _must_be_new(session: Session, draft: Draft, external_id: str | None) -> None:
    known = select(Message.id).where(
        Message.account_id == draft.account_id, Message.external_id == external_id
    )
    if external_id is not None and session.scalar(known) is not None:
        raise InvalidInput(f"{external_id} is already known as another post. Look again which one it is.")


def _locked(session: Session, delivery_id: int) -> tuple[Delivery, Draft]:
    """Draft first, then delivery: the same order everywhere."""
    draft = lock_draft(session, session.get_one(Delivery, delivery_id).draft_id)
    return lock_delivery(session, delivery_id), draft


def _look_again(
    session: Session, delivery: Delivery, detail: str, *, after_seconds: float, at: datetime
) -> None:
    delivery.detail = detail
    delivery.next_look_at = at + timedelta(seconds=after_seconds)
    enqueue(session, "post_reply", after_seconds=after_seconds, revision_id=delivery.revision_id)


def _keep_as_message(
    session: Session, draft: Draft, delivery: Delivery, external_id: str, *, at: datetime
) -> None:
    account = session.get_one(Account, draft.account_id)
    if draft.message is None or draft.conversation_id is None:
        return
    text = delivery.payload["text"]
    reply = Message(
        account_id=account.id,
        conversation_id=draft.conversation_id,
        external_id=external_id,
        direction=Direction.OUTBOUND,
        kind=draft.message.kind,
        visibility=draft.audience,
        author=draft.identity,
        text=text,
        content_hash=content_hash(text),
        in_reply_to=draft.message.external_id,
        root_external_id=draft.message.root_external_id,
        purpose=draft.purpose,
        is_open=False,
        sent_at=at,
        received_at=at,
    )
    session.add(reply)
    if draft.purpose in NO_ANSWERS:
        return  # the customer still waits: no outcome, and the clocks run on
    drop_first_reply(session, draft.message.id, at=at)
    if session.get(Outcome, draft.message.id) is None:
        record_outcome(session, draft.message, OutcomeKind.ANSWERED, reason=None, by_id=None, at=at)


def _change_message(session: Session, draft: Draft, *, at: datetime) -> None:
    """The network now shows our reply changed or gone; a customer left without a reply is open again."""
    reply = draft.corrects
    if reply is None:
        raise RuntimeError(f"draft {draft.id} changes a post but names none")
    if draft.act is Act.CORRECT:
        reply.text, reply.content_hash, reply.edited_at = (
            draft.latest.text,
            content_hash(draft.latest.text),
            at,
        )
        close_again(session, draft)
        return
    reply.deleted_at = at
    outcome = session.get(Outcome, draft.message_id) if draft.message_id else None
    if outcome is not None and reply.purpose not in NO_ANSWERS:
        reopen(session, session.get_one(Message, outcome.message_id), outcome)
        give_to(
            session,
            reply.conversation_id,
            Role.AGENT,
            reason="Our reply was deleted: answer again, or ignore",
        )


def _log(
    session: Session,
    draft: Draft,
    delivery: Delivery,
    action: str,
    *,
    by: Person | None = None,
    **detail: str,
) -> None:
    record(
        session,
        actor=by.handle if by else None,
        action=action,
        subject=f"draft:{draft.id}",
        detail={"fingerprint": delivery.fingerprint, "key": delivery.key, **detail},
    )
    announce(session, f"conversation:{draft.conversation_id}")
