"""A proposed reply and its exact words."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.checks.switch_ground import SwitchGround
from app.conversations.models import Conversation, Message, Purpose, Visibility
from app.core.database import Base, HasId
from app.core.errors import IllegalTransition
from app.knowledge.models import EntryVersion
from app.staff.models import Person, Role


class DraftStatus(StrEnum):
    PROPOSED = "proposed"  # waiting for people
    APPROVED = "approved"  # everybody needed signed one exact revision; it is on its way
    POSTED = "posted"  # the network has it
    REJECTED = "rejected"  # refused; nothing will be sent
    SUPERSEDED = "superseded"  # another answer or outcome replaced it


class Origin(StrEnum):
    LIVE = "live"
    PRACTICE = "practice"  # training; can never be delivered
    PLANTED = "planted"  # a wrong draft to test attention; can never be delivered


class Act(StrEnum):
    """What delivery does on the network."""

    POST = "post"
    CORRECT = "correct"  # change the words of a reply we posted
    DELETE = "delete"  # take back a reply we posted


class Strategy(StrEnum):
    WRITE = "write"  # a capable model wrote it
    COMPOSE = "compose"  # the approved variant, with an approved opening and closing
    VARIANT = "variant"  # the approved variant alone
    PERSON = "person"  # somebody wrote it


ALLOWED = {
    DraftStatus.PROPOSED: {DraftStatus.APPROVED, DraftStatus.REJECTED, DraftStatus.SUPERSEDED},
    DraftStatus.APPROVED: {
        DraftStatus.POSTED,
        DraftStatus.PROPOSED,
        DraftStatus.REJECTED,
        DraftStatus.SUPERSEDED,
    },
    DraftStatus.POSTED: set(),
    DraftStatus.REJECTED: set(),
    DraftStatus.SUPERSEDED: set(),
}


class Draft(HasId, Base):
    """A proposed reply. Its words live in revisions, which are never edited."""

    __tablename__ = "drafts"
    __table_args__ = (
        Index(
            "uq_drafts_live_per_message",
            "message_id",
            "purpose",  # a first reply may wait beside the answer
            unique=True,
            postgresql_where=text("origin = 'live' AND status IN ('proposed', 'approved')"),
        ),
        Index("ix_drafts_waiting", "id", postgresql_where=text("status = 'proposed'")),
        UniqueConstraint("id", "origin"),  # lets deliveries insist on live
        CheckConstraint("(act = 'post') = (corrects_id IS NULL)", name="corrections_name_their_post"),
    )

    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)  # None: not a reply
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    origin: Mapped[Origin] = mapped_column(default=Origin.LIVE)
    act: Mapped[Act] = mapped_column(default=Act.POST)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"))  # our own outbound message
    purpose: Mapped[Purpose] = mapped_column(default=Purpose.ANSWER)
    # Why it moves the customer to another channel; only one of these two grounds is one.
    switch_ground: Mapped[SwitchGround | None]
    audience: Mapped[Visibility]
    identity: Mapped[str]  # the handle the reply appears under
    status: Mapped[DraftStatus] = mapped_column(default=DraftStatus.PROPOSED)
    strategy: Mapped[Strategy]
    note: Mapped[str | None]  # a sentence for the page, such as that no model was reachable
    reason: Mapped[str | None]  # why it was rejected, superseded or sent back
    posting_since: Mapped[datetime | None]  # its delivery began; until it is settled nobody changes the draft
    lock_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    message: Mapped[Message | None] = relationship(lazy="raise", foreign_keys=[message_id])
    corrects: Mapped[Message | None] = relationship(lazy="raise", foreign_keys=[corrects_id])
    conversation: Mapped[Conversation | None] = relationship(lazy="raise")
    revisions: Mapped[list["Revision"]] = relationship(
        lazy="raise", order_by="Revision.number", back_populates="draft", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"version_id_col": lock_version}  # a lost race raises StaleDataError, shown as 409

    @property
    def latest(self) -> "Revision":
        return self.revisions[-1]

    def move_to(self, new: DraftStatus) -> None:
        if new not in ALLOWED[self.status]:
            raise IllegalTransition(self.status, new)
        self.status = new


class Revision(HasId, Base):
    """The exact words of a draft at one moment; never edited."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"))
    number: Mapped[int]
    text: Mapped[str]  # exactly what will be posted
    content: Mapped[dict[str, Any]]  # everything the fingerprint covers
    fingerprint: Mapped[str] = mapped_column(index=True)
    length: Mapped[int]
    limit: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the machine
    created_at: Mapped[datetime]
    draft: Mapped[Draft] = relationship(lazy="raise", back_populates="revisions")
    author: Mapped[Person | None] = relationship(lazy="raise")
    passages: Mapped[list["RevisionPassage"]] = relationship(
        lazy="raise", order_by="RevisionPassage.position", cascade="all, delete-orphan"
    )
    checks: Mapped[list["CheckResult"]] = relationship(
        lazy="raise", order_by="CheckResult.position", cascade="all, delete-orphan"
    )
    required: Mapped[list["RequiredSignOff"]] = relationship(
        lazy="raise", order_by="RequiredSignOff.position", cascade="all, delete-orphan"
    )


class RevisionPassage(Base):
    """The evidence a revision stands on."""

    __tablename__ = "revision_passages"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("entry_versions.id"), index=True)
    score: Mapped[float]  # cosine-based, 0 to 1
    phrasing: Mapped[str]  # the question or example that matched
    version: Mapped[EntryVersion] = relationship(lazy="raise")


class CheckResult(Base):
    """A machine's finding about a revision."""

    __tablename__ = "check_results"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    passed: Mapped[bool]
    blocks: Mapped[bool] = mapped_column(default=False)  # nobody can sign past it
    detail: Mapped[str]
    words: Mapped[list[Any]] = mapped_column(default=list)  # what to mark in the text


class RequiredSignOff(Base):
    """A signature this revision needs, and why. Review recomputes it before anything is sent."""

    __tablename__ = "required_sign_offs"

    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role]
    reason: Mapped[str]
    rules: Mapped[list[Any]] = mapped_column(default=list)  # ids of the SOP rules that asked for it
    words: Mapped[list[Any]] = mapped_column(default=list)  # what triggered them
