"""The promises, counted from outside: the network's ledger held against the database, both ways.

Written without the product's own queries, so that a mistake in those cannot hide here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.conversations.models import Conversation, Direction, Message, Outcome
from app.core.database import transaction
from app.delivery.models import Delivery, DeliveryStatus
from app.drafting.models import Act, Draft, DraftStatus, RequiredSignOff, Revision
from app.review.models import Decision, SignOff
from tests.journeys.running import RunningSayso

WRITES = ("accepted_post", "edited_post", "deleted_post")
Lines = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Broken:
    """What went wrong, by id; all empty when the promises hold."""

    lost: tuple[str, ...]  # messages handed in that the database does not have
    repeated: tuple[str, ...]  # messages that are stored, or have a standing draft, more than once
    forgotten: tuple[str, ...]  # messages with neither draft, owner nor outcome
    unsent: tuple[str, ...]  # messages with an approved reply that is not out
    double: tuple[str, ...]  # messages that were answered more than once
    unapproved: tuple[str, ...]  # ledger lines that nobody signed, or not in these words
    unrecorded: tuple[str, ...]  # ledger lines that the database does not know as sent
    imagined: tuple[str, ...]  # replies the database calls sent and the ledger does not have

    @property
    def nothing(self) -> bool:
        return not any(getattr(self, each.name) for each in fields(self))


def assert_promises_hold(sayso: RunningSayso, *, handed_in: Iterable[str] = ()) -> int:
    """Nothing lost, double or unapproved so far. Returns how many posts were checked."""
    lines = sayso.sandbox.ledger()
    with transaction() as session:
        broken = find_broken(session, lines, handed_in=handed_in)
    assert broken.nothing, broken
    return len(posts_in(lines))


def find_broken(session: Session, lines: Lines, *, handed_in: Iterable[str]) -> Broken:
    writes = [line for line in lines if line["event"] in WRITES]
    deliveries = {delivery.key: delivery for delivery in session.scalars(select(Delivery))}
    known = Counter(
        session.scalars(select(Message.external_id).where(Message.direction == Direction.INBOUND))
    )
    drafted = Counter(session.scalars(_standing_drafts()))
    sent = {key for key, delivery in deliveries.items() if delivery.status is DeliveryStatus.SENT}
    written = {line["key"] for line in writes}
    return Broken(
        lost=tuple(sorted(set(handed_in) - set(known))),
        repeated=_more_than_once(known) + _more_than_once(drafted),
        forgotten=tuple(_forgotten(session)),
        unsent=tuple(_unsent(session)),
        double=doubles(lines),
        unapproved=tuple(
            str(line["seq"])
            for line in writes
            if not _is_approved(session, line, deliveries.get(line["key"]))
        ),
        unrecorded=tuple(str(line["seq"]) for line in writes if line["key"] not in sent),
        imagined=tuple(sorted(sent - written)),
    )


def posts_in(lines: Lines) -> Lines:
    return [line for line in lines if line["event"] == "accepted_post"]


def doubles(lines: Lines) -> tuple[str, ...]:
    """Customers' messages under which we posted more than once, whatever was deleted later."""
    return _more_than_once(Counter(line["in_reply_to"] for line in posts_in(lines)))


def _more_than_once(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, times in counted.items() if times > 1)


def _standing_drafts() -> Select[str]:
    """The message of every answer that is proposed, on its way or out."""
    standing = (DraftStatus.PROPOSED, DraftStatus.APPROVED, DraftStatus.POSTED)
    drafts = select(Message.external_id).join(Draft, Draft.message_id == Message.id)
    return drafts.where(Draft.status.in_(standing), Draft.act == Act.POST)


def _forgotten(session: Session) -> Iterable[str]:
    for message in session.scalars(select(Message).where(Message.direction == Direction.INBOUND)):
        drafts = session.scalars(select(Draft).where(Draft.message_id == message.id))
        owner = session.get_one(Conversation, message.conversation_id)
        drafted = any(draft.status not in (DraftStatus.REJECTED, DraftStatus.SUPERSEDED) for draft in drafts)
        if not (drafted or owner.owner_role or owner.owner_id or session.get(Outcome, message.id)):
            yield message.external_id


def _unsent(session: Session) -> Iterable[str]:
    approved = select(Message.external_id).join(Draft, Draft.message_id == Message.id)
    return session.scalars(approved.where(Draft.status == DraftStatus.APPROVED))


def _is_approved(session: Session, line: dict[str, Any], delivery: Delivery | None) -> bool:
    """Whether everybody needed had signed exactly these words before anything was on its way."""
    if delivery is None:
        return False
    revision = session.get_one(Revision, delivery.revision_id)
    needed = set(
        session.scalars(select(RequiredSignOff.role).where(RequiredSignOff.revision_id == revision.id))
    )
    signed = {
        one.role
        for one in session.scalars(select(SignOff).where(SignOff.revision_id == revision.id))
        if one.decision is Decision.APPROVED
        and one.fingerprint == revision.fingerprint == delivery.fingerprint
        and one.signed_at <= delivery.intended_at
        and (one.voided_at is None or one.voided_at > delivery.intended_at)
    }
    in_these_words = line.get("text", revision.text) == revision.text == revision.content["text"]
    return bool(needed) and needed <= signed and in_these_words
