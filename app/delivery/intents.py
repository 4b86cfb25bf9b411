"""The last look before anything leaves: permission read again, the intent written, in one transaction."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.channels.outbound import Reply
from app.conversations.models import Account, Direction, Message, Visibility
from app.delivery.models import Delivery, DeliveryStatus
from app.delivery.switch import sending_is_on
from app.drafting.models import Act, Draft, DraftStatus, Revision
from app.review.loading import lock_draft
from app.review.permission import objection, send_back

CLOCKS_MAY_DIFFER = timedelta(minutes=2)  # between the network and us, when reading back


@dataclass(frozen=True)
class Plan:
    """What is to be done about one delivery now."""

    delivery_id: int
    status: DeliveryStatus
    connector: str
    act: Act
    reply: Reply
    edits: str  # id of the post that is corrected or deleted; empty for a new post
    key: str
    since: datetime
    known_posts: frozenset[str]
    objection: str | None = None  # why the words may not leave any more; looking for them goes on


def begin(session: Session, revision_id: int, *, at: datetime) -> Plan | None:
    """The plan for this revision, or None when there is nothing to do or nothing may leave."""
    draft = lock_draft(session, session.get_one(Revision, revision_id).draft_id)
    delivery = _delivery(session, revision_id)
    if delivery is not None:
        return _resume(session, draft, delivery, at=at)
    if (
        draft.status is not DraftStatus.APPROVED
        or draft.latest.id != revision_id
        or not sending_is_on(session)
    ):
        return None
    wrong = objection(session, draft)
    if wrong is not None:
        send_back(session, draft, reason=wrong, at=at)
        return None
    return _plan(session, _intend(session, draft, at=at), draft)


def mark_sending(session: Session, delivery_id: int, *, at: datetime) -> bool:
    """Commit that the call may leave. False when the switch stops it or a person settled it first."""
    delivery = lock_delivery(session, delivery_id)
    if delivery.status not in (DeliveryStatus.INTENDED, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN):
        return False
    if not sending_is_on(session):
        return False
    if delivery.status is not DeliveryStatus.INTENDED:
        delivery.is_uncertain = True  # a call may have left before this one
    if delivery.status is not DeliveryStatus.SENDING:
        delivery.move_to(DeliveryStatus.SENDING)
    delivery.called_at = delivery.called_at or at
    delivery.tries += 1
    return True


def lock_delivery(session: Session, delivery_id: int) -> Delivery:
    statement = select(Delivery).where(Delivery.id == delivery_id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def _delivery(session: Session, revision_id: int) -> Delivery | None:
    statement = select(Delivery).where(Delivery.revision_id == revision_id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def _resume(session: Session, draft: Draft, delivery: Delivery, *, at: datetime) -> Plan | None:
    """Take up a delivery that began: nothing left yet, or nobody knows."""
    if delivery.status in (DeliveryStatus.SENT, DeliveryStatus.REFUSED):
        return None
    if delivery.status is DeliveryStatus.UNKNOWN and delivery.next_look_at is None:
        return None  # a person decides
    wrong = objection(session, draft)
    if delivery.status is DeliveryStatus.INTENDED:
        if not sending_is_on(session):
            return None
        if wrong is not None:
            delivery.move_to(DeliveryStatus.REFUSED)
            delivery.detail = wrong
            session.flush()
            send_back(session, draft, reason=wrong, at=at)
            return None
    return replace(_plan(session, delivery, draft), objection=wrong)


def _intend(session: Session, draft: Draft, *, at: datetime) -> Delivery:
    revision = draft.latest
    delivery = Delivery(
        draft_id=draft.id,
        origin=draft.origin,
        revision_id=revision.id,
        fingerprint=revision.fingerprint,
        key=str(uuid.uuid4()),
        payload=_payload(session, draft),
        intended_at=at,
    )
    draft.posting_since = at
    session.add(delivery)
    session.flush()
    return delivery


def _payload(session: Session, draft: Draft) -> dict[str, Any]:
    account = session.get_one(Account, draft.account_id)
    return {
        "channel": account.network,
        "account": account.name,
        "text": draft.latest.text,
        "in_reply_to": draft.message.external_id if draft.message else None,
        "is_private": draft.audience is Visibility.PRIVATE,
        "recipient": draft.message.author if draft.message else None,
    }


def _plan(session: Session, delivery: Delivery, draft: Draft) -> Plan:
    ours = select(Message.external_id).where(
        Message.conversation_id == draft.conversation_id, Message.direction == Direction.OUTBOUND
    )
    return Plan(
        delivery_id=delivery.id,
        status=delivery.status,
        connector=session.get_one(Account, draft.account_id).connector,
        act=draft.act,
        reply=Reply(**delivery.payload),
        edits=draft.corrects.external_id if draft.corrects else "",
        key=delivery.key,
        since=(delivery.called_at or delivery.intended_at) - CLOCKS_MAY_DIFFER,
        known_posts=frozenset(session.scalars(ours)),
    )
