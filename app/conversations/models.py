"""The brand's presence, its customers, and what they say to each other."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.channels.account_limits import read_limits
from app.core.database import Base, HasId
from app.staff.models import Role


class Network(StrEnum):
    X = "x"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    MESSENGER = "messenger"
    WHATSAPP = "whatsapp"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    EMAIL = "email"


class AccountRole(StrEnum):
    CARE = "care"
    MARKETING = "marketing"
    LOCAL = "local"
    PERSONAL = "personal"


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class MessageKind(StrEnum):
    MENTION = "mention"
    COMMENT = "comment"
    PRIVATE = "private"
    REVIEW = "review"
    EMAIL = "email"


class Visibility(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"


class Purpose(StrEnum):
    """Why something goes out."""

    ANSWER = "answer"
    ACKNOWLEDGEMENT = "acknowledgement"
    HOLDING = "holding"
    STATEMENT = "statement"
    SCHEDULED = "scheduled"


# Posting one of these leaves the customer without an answer: the message stays open and its clocks run on.
NO_ANSWERS = frozenset({Purpose.ACKNOWLEDGEMENT, Purpose.HOLDING})


class OutcomeKind(StrEnum):
    """How an inbound message ended."""

    ANSWERED = "answered"
    MERGED = "merged"  # answered together with another message
    IGNORED = "ignored"  # deliberately, with a reason
    ESCALATED = "escalated"
    HANDED_OVER = "handed_over"  # another team or account took it


class Clock(StrEnum):
    INTERNAL = "internal"  # the target we set ourselves
    PUBLIC = "public"  # the promise customers were given


class ClockEventKind(StrEnum):
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    MET = "met"
    BREACHED = "breached"


class Brand(HasId, Base):
    __tablename__ = "brands"

    name: Mapped[str] = mapped_column(unique=True)
    voice: Mapped[str]  # name of a file in prompts/voices


class Department(HasId, Base):
    __tablename__ = "departments"
    __table_args__ = (UniqueConstraint("brand_id", "name"),)

    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id"))
    name: Mapped[str]
    brand: Mapped[Brand] = relationship(lazy="joined")


class Region(HasId, Base):
    __tablename__ = "regions"
    __table_args__ = (UniqueConstraint("department_id", "name"),)

    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    name: Mapped[str]
    department: Mapped[Department] = relationship(lazy="joined")


class Account(HasId, Base):
    """Our own presence on a network."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("network", "name"),)

    region_id: Mapped[int] = mapped_column(ForeignKey("regions.id"))
    network: Mapped[Network]
    name: Mapped[str]  # what the API calls it: care
    handle: Mapped[str]  # what customers see: @skerryline_care
    role: Mapped[AccountRole] = mapped_column(default=AccountRole.CARE)
    connector: Mapped[str]  # the folder in app/channels that posts for it
    public_promise_minutes: Mapped[int]
    internal_target_minutes: Mapped[int]
    staffed_hours: Mapped[dict[str, Any]] = mapped_column(default=dict)
    time_zone: Mapped[str] = mapped_column(default="UTC")
    languages: Mapped[list[Any]] = mapped_column(default=list)
    ai_label: Mapped[str | None]  # wording that tells AI helped, where the account's policy wants one
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)  # AccountLimits: where it differs
    region: Mapped[Region] = relationship(lazy="joined")

    @validates("network", "limits")
    def _limits_fit_the_network(self, key: str, value: Any) -> Any:
        """Whichever is set last finds the other in place."""
        network = value if key == "network" else self.network
        limits = value if key == "limits" else self.limits
        if network is not None and limits:
            read_limits(network, limits)
        return value


class Contact(HasId, Base):
    """A customer, whatever they are called on which network."""

    __tablename__ = "contacts"

    created_at: Mapped[datetime]


class Handle(HasId, Base):
    """A customer's name on one network."""

    __tablename__ = "handles"
    __table_args__ = (UniqueConstraint("network", "name"),)

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    network: Mapped[Network]
    name: Mapped[str]


class Conversation(HasId, Base):
    """One exchange with one customer on one account."""

    __tablename__ = "conversations"
    __table_args__ = (
        Index(
            "ix_conversations_private_thread",
            "account_id",
            "handle_id",
            postgresql_where=text("visibility = 'private'"),
        ),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    handle_id: Mapped[int] = mapped_column(ForeignKey("handles.id"), index=True)
    visibility: Mapped[Visibility]
    root_external_id: Mapped[str]  # the post that everything hangs from
    owner_role: Mapped[Role | None]  # the team that has it in hand
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    owner_reason: Mapped[str | None]
    opened_at: Mapped[datetime]
    account: Mapped[Account] = relationship(lazy="raise")
    handle: Mapped[Handle] = relationship(lazy="raise")
    messages: Mapped[list["Message"]] = relationship(
        lazy="raise", order_by="Message.id", back_populates="conversation"
    )


class Message(HasId, Base):
    """One post, inbound or outbound, word for word."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("account_id", "external_id"),
        UniqueConstraint("id", "direction"),  # lets outcomes insist on inbound
        Index("ix_messages_in_reply_to", "account_id", "in_reply_to"),
        Index("ix_messages_received_at", "received_at"),
        Index(
            "ix_messages_public_replies",
            "account_id",
            "sent_at",
            postgresql_where=text("direction = 'outbound' AND visibility = 'public'"),
        ),
        Index("ix_messages_queue", "answer_due_at", "id", postgresql_where=text("is_open")),
        CheckConstraint("direction = 'inbound' OR NOT is_open", name="only_inbound_is_open"),
        CheckConstraint("direction = 'outbound' OR purpose IS NULL", name="only_outbound_has_a_purpose"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    external_id: Mapped[str]
    direction: Mapped[Direction] = mapped_column(default=Direction.INBOUND)
    kind: Mapped[MessageKind]
    visibility: Mapped[Visibility]
    author: Mapped[str]
    text: Mapped[str]
    content_hash: Mapped[str]  # sha256 of text: sign-offs are bound to what the customer said
    language: Mapped[str | None]
    in_reply_to: Mapped[str | None]
    root_external_id: Mapped[str]
    mentions_us: Mapped[bool] = mapped_column(default=True)
    reach: Mapped[int | None]  # followers or viewers, where the network tells
    attachments: Mapped[list[Any]] = mapped_column(default=list)
    purpose: Mapped[Purpose | None]  # outbound only
    # What the queue reads: inbound and without an outcome, or with a change of its reply to decide.
    is_open: Mapped[bool] = mapped_column(default=True)
    answer_due_at: Mapped[datetime | None]  # when the public promise falls due
    sent_at: Mapped[datetime]  # the network's time
    received_at: Mapped[datetime]  # ours
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    conversation: Mapped[Conversation] = relationship(lazy="raise", back_populates="messages")
    outcome: Mapped["Outcome | None"] = relationship(lazy="raise", foreign_keys="Outcome.message_id")
    clock_events: Mapped[list["ClockEvent"]] = relationship(lazy="raise", order_by="ClockEvent.id")


class Note(HasId, Base):
    """Internal; never sent."""

    __tablename__ = "notes"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str]
    written_at: Mapped[datetime]


class Outcome(Base):
    """The one final outcome of an inbound message. The key makes it the only one."""

    __tablename__ = "outcomes"
    __table_args__ = (
        ForeignKeyConstraint(["message_id", "direction"], ["messages.id", "messages.direction"]),
        CheckConstraint("direction = 'inbound'", name="only_inbound"),
        CheckConstraint("kind = 'answered' OR length(trim(reason)) > 0", name="has_a_reason"),
        CheckConstraint("(kind = 'merged') = (merged_into_id IS NOT NULL)", name="merged_names_the_other"),
    )

    message_id: Mapped[int] = mapped_column(primary_key=True)
    direction: Mapped[Direction] = mapped_column(default=Direction.INBOUND)
    kind: Mapped[OutcomeKind]
    reason: Mapped[str | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class ClockEvent(HasId, Base):
    """What happened to a message's clocks; pauses included."""

    __tablename__ = "clock_events"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    clock: Mapped[Clock]
    kind: Mapped[ClockEventKind]
    at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # with started and resumed


class Exposure(HasId, Base):
    """That somebody had to read abuse; counted, so that they can be looked after."""

    __tablename__ = "exposures"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    at: Mapped[datetime]
