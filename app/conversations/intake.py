"""The only door for what customers say: stored once, threaded, its clocks started, its answer queued."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.checks.languages import detect_language
from app.conversations.models import (
    Account,
    Clock,
    ClockEvent,
    ClockEventKind,
    Contact,
    Conversation,
    Handle,
    Message,
    MessageKind,
    Network,
    Visibility,
)
from app.core.changes import announce
from app.core.errors import InvalidInput
from app.core.jobs import enqueue


@dataclass(frozen=True)
class Incoming:
    """One message as a network tells it."""

    network: Network
    account: str
    external_id: str
    author: str
    text: str
    sent_at: datetime
    visibility: Visibility = Visibility.PUBLIC
    in_reply_to: str | None = None
    mentions_us: bool = True


@dataclass(frozen=True)
class Received:
    conversation_id: int
    message_id: int
    is_new: bool


def receive(session: Session, incoming: Incoming, *, at: datetime) -> Received:
    """Store a message once per account and external id; a repeat answers with the same ids."""
    account = find_account(session, incoming.network, incoming.account)
    known = _known(session, account.id, incoming.external_id)
    if known is not None:
        return known
    handle_id = _handle(session, incoming, at=at)
    conversation = _thread(session, account, handle_id, incoming) or _open(
        session, account, handle_id, incoming, at=at
    )
    message_id = session.scalar(
        insert(Message)
        .values(
            **_row(incoming, account, conversation, at=at),
            language=_language(session, incoming.text, account, conversation),
        )
        .on_conflict_do_nothing(index_elements=["account_id", "external_id"])
        .returning(Message.id)
    )
    if message_id is None:  # another process was faster: keep nothing of ours
        session.rollback()
        return _stored(session, account.id, incoming.external_id)
    _start_clocks(session, account, message_id, waiting_since(incoming, at=at))
    enqueue(session, "answer_message", message_id=message_id)
    announce(session, f"conversation:{conversation.id}")
    return Received(conversation.id, message_id, is_new=True)


def find_account(session: Session, network: Network, name: str) -> Account:
    """Our account of that name on that network; `InvalidInput` names those that exist."""
    account = session.scalar(select(Account).where(Account.network == network, Account.name == name))
    if account is None:
        known = session.execute(select(Account.network, Account.name).order_by(Account.network, Account.name))
        listed = ", ".join(f"{name} on {network}" for network, name in known)
        raise InvalidInput(f"There is no account {name!r} on {network}. Known accounts: {listed or 'none'}.")
    return account


def content_hash(text: str) -> str:
    """sha256 in hex of what the customer wrote; sign-offs are bound to it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _known(session: Session, account_id: int, external_id: str) -> Received | None:
    row = session.execute(
        select(Message.conversation_id, Message.id).where(
            Message.account_id == account_id, Message.external_id == external_id
        )
    ).first()
    return Received(row.conversation_id, row.id, is_new=False) if row else None


def _stored(session: Session, account_id: int, external_id: str) -> Received:
    known = _known(session, account_id, external_id)
    if known is None:
        raise RuntimeError(f"message {external_id} of account {account_id} neither stored nor found")
    return known


def _handle(session: Session, incoming: Incoming, *, at: datetime) -> int:
    wanted = select(Handle.id).where(Handle.network == incoming.network, Handle.name == incoming.author)
    found: int | None = session.scalar(wanted)
    if found is not None:
        return found
    contact = Contact(created_at=at)
    session.add(contact)
    session.flush()
    made: int | None = session.scalar(
        insert(Handle)
        .values(contact_id=contact.id, network=incoming.network, name=incoming.author)
        .on_conflict_do_nothing(index_elements=["network", "name"])
        .returning(Handle.id)
    )
    if made is None:  # the same customer wrote twice at the same moment
        session.delete(contact)
        return int(session.execute(wanted).scalar_one())
    return made


def _thread(session: Session, account: Account, handle_id: int, incoming: Incoming) -> Conversation | None:
    """The conversation this belongs to: what it replies to, else the private thread with this customer."""
    if incoming.in_reply_to is not None:
        parent = (
            select(Message.conversation_id)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(
                Conversation.handle_id == handle_id,
                Message.account_id == account.id,
                or_(
                    Message.external_id == incoming.in_reply_to,
                    Message.root_external_id == incoming.in_reply_to,
                ),
                Message.visibility == incoming.visibility,
            )
            .order_by(Message.id)
            .limit(1)
        )
        found = session.scalar(
            select(Conversation).where(Conversation.id.in_(parent), Conversation.handle_id == handle_id)
        )
        if found is not None:
            return found
    if incoming.visibility is Visibility.PUBLIC:
        return None
    private = select(Conversation).where(
        Conversation.account_id == account.id,
        Conversation.handle_id == handle_id,
        Conversation.visibility == Visibility.PRIVATE,
    )
    return session.scalar(private.order_by(Conversation.id.desc()).limit(1))


def _open(
    session: Session, account: Account, handle_id: int, incoming: Incoming, *, at: datetime
) -> Conversation:
    conversation = Conversation(
        account_id=account.id,
        handle_id=handle_id,
        visibility=incoming.visibility,
        root_external_id=incoming.in_reply_to or incoming.external_id,
        opened_at=at,
    )
    session.add(conversation)
    session.flush()
    return conversation


def _row(
    incoming: Incoming, account: Account, conversation: Conversation, *, at: datetime
) -> dict[str, object]:
    return {
        "account_id": account.id,
        "conversation_id": conversation.id,
        "external_id": incoming.external_id,
        "kind": _kind(incoming),
        "visibility": incoming.visibility,
        "author": incoming.author,
        "text": incoming.text,
        "content_hash": content_hash(incoming.text),
        "in_reply_to": incoming.in_reply_to,
        "root_external_id": conversation.root_external_id,
        "mentions_us": incoming.mentions_us,
        "sent_at": incoming.sent_at,
        "received_at": at,
        "answer_due_at": waiting_since(incoming, at=at) + timedelta(minutes=account.public_promise_minutes),
    }


def _language(session: Session, text: str, account: Account, conversation: Conversation) -> str | None:
    """ISO 639-1: what the text says, else what was last written in this conversation, else the account's."""
    last = select(Message.language).where(
        Message.conversation_id == conversation.id, Message.language.is_not(None)
    )
    thread = session.scalar(last.order_by(Message.id.desc()).limit(1))
    return detect_language(text, thread=thread, account=account.languages).language


def _kind(incoming: Incoming) -> MessageKind:
    if incoming.network is Network.EMAIL:
        return MessageKind.EMAIL
    if incoming.visibility is Visibility.PRIVATE:
        return MessageKind.PRIVATE
    return (
        MessageKind.MENTION if incoming.mentions_us and incoming.network is Network.X else MessageKind.COMMENT
    )


def waiting_since(incoming: Incoming, *, at: datetime) -> datetime:
    """When the customer began to wait: the network's time, unless it lies in the future."""
    return min(incoming.sent_at, at)


def _start_clocks(session: Session, account: Account, message_id: int, since: datetime) -> None:
    """Both clocks run from when the customer wrote: the target we set ourselves and the promise."""
    for clock, minutes in (
        (Clock.INTERNAL, account.internal_target_minutes),
        (Clock.PUBLIC, account.public_promise_minutes),
    ):
        due = since + timedelta(minutes=minutes)
        event = ClockEventKind.STARTED
        session.add(ClockEvent(message_id=message_id, clock=clock, kind=event, at=since, due_at=due))
