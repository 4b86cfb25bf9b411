"""Rows that tests start from, made through the product's own doors wherever there is one."""

from itertools import count

from sqlalchemy.orm import Session

from app.conversations.intake import Incoming, content_hash, find_account, receive
from app.conversations.models import (
    Account,
    Brand,
    Department,
    Direction,
    Message,
    Network,
    Purpose,
    Region,
    Visibility,
)
from app.core.clock import utc_now
from app.delivery.models import Delivery, DeliveryStatus
from app.drafting.models import Draft, DraftStatus, Strategy
from app.review.drafts import open_draft
from app.staff import sign_in
from app.staff.models import Person, Role, RoleGrant

NUMBERS = count(1)


def make_person(session: Session, handle: str, *roles: Role) -> Person:
    """Somebody without a password, called Agent where the handle is agent."""
    person = Person(handle=handle, name=handle.title(), grants=[RoleGrant(role=role) for role in roles])
    session.add(person)
    session.flush()
    return person


def token_for(session: Session, person: Person) -> str:
    return sign_in.make_token(session, person, at=utc_now())


def make_account(session: Session, network: Network = Network.X, name: str = "care") -> Account:
    """An account of a brand of its own."""
    brand = Brand(name=f"Brand {next(NUMBERS)}", voice="skerry")
    region = Region(name="Coast", department=Department(name="Care", brand=brand))
    session.add_all([brand, region])
    account = Account(
        network=network,
        name=name,
        handle="@skerryline_care",
        connector="sandbox",
        public_promise_minutes=60,
        internal_target_minutes=30,
        region=region,
    )
    session.add(account)
    session.flush()
    return account


def make_message(
    session: Session,
    text: str = "When is the last boat?",
    *,
    author: str = "@customer",
    visibility: Visibility = Visibility.PUBLIC,
    in_reply_to: str | None = None,
) -> Message:
    """A customer's message to the account care on X."""
    incoming = Incoming(
        network=Network.X,
        account="care",
        external_id=f"message-{next(NUMBERS)}",
        author=author,
        text=text,
        sent_at=utc_now(),
        visibility=visibility,
        in_reply_to=in_reply_to,
    )
    received = receive(session, incoming, at=utc_now())
    return session.get_one(Message, received.message_id)


def make_draft(session: Session, message: Message, text: str = "The last boat leaves at 21:40.") -> Draft:
    """A draft by the machine, standing on no entry."""
    account = session.get_one(Account, message.account_id)
    return open_draft(
        session, message, account=account, text=text, cited=(), strategy=Strategy.VARIANT, at=utc_now()
    )


def make_posted_reply(session: Session, message: Message, text: str = "At 21:40.") -> Message:
    """Our reply as the network shows it."""
    account = find_account(session, Network.X, "care")
    reply = Message(
        account_id=account.id,
        conversation_id=message.conversation_id,
        external_id=f"reply-{next(NUMBERS)}",
        direction=Direction.OUTBOUND,
        kind=message.kind,
        visibility=message.visibility,
        author=account.handle,
        text=text,
        content_hash=content_hash(text),
        in_reply_to=message.external_id,
        root_external_id=message.root_external_id,
        purpose=Purpose.ANSWER,
        is_open=False,
        sent_at=utc_now(),
        received_at=utc_now(),
    )
    session.add(reply)
    session.flush()
    return reply


def make_uncertain_delivery(session: Session, draft: Draft) -> Delivery:
    """A delivery that nobody is sure of, left to a person."""
    draft.move_to(DraftStatus.APPROVED)
    draft.posting_since = utc_now()
    delivery = Delivery(
        draft_id=draft.id,
        revision_id=draft.latest.id,
        fingerprint=draft.latest.fingerprint,
        key=f"key-{next(NUMBERS)}",
        payload={"text": draft.latest.text},
        status=DeliveryStatus.UNKNOWN,
        is_uncertain=True,
        intended_at=utc_now(),
    )
    session.add(delivery)
    session.flush()
    return delivery
