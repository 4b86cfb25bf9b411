"""What people said about matches. A trigger forbids deleting a row and every change but its withdrawal."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base, HasId
from app.staff.models import Person


class Verdict(StrEnum):
    CONFIRMED = "confirmed"  # the entry that was offered answers the message
    CORRECTED = "corrected"  # another entry does
    NONE_FITS = "none_fits"  # no entry does


class MatchJudgement(HasId, Base):
    """One person's word on which entry a customer's words are about."""

    __tablename__ = "match_judgements"
    __table_args__ = (
        Index(
            "uq_match_judgements_standing",
            "message_id",
            "text_hash",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index(
            "ix_match_judgements_standing_entry",
            "entry_id",
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint("(verdict = 'none_fits') = (entry_id IS NULL)", name="none_names_no_entry"),
        CheckConstraint("(machine_entry_id IS NULL) = (machine_score IS NULL)", name="scores_name_an_entry"),
        CheckConstraint(
            "machine_answered = false OR machine_entry_id IS NOT NULL", name="answers_name_an_entry"
        ),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    text: Mapped[str]  # the customer's words that were judged: the message or a part of it
    text_hash: Mapped[str]  # sha256 of them
    verdict: Mapped[Verdict]
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("entries.id"))  # None: none fits
    machine_entry_id: Mapped[str | None] = mapped_column(ForeignKey("entries.id"))  # what it put first
    machine_score: Mapped[float | None]  # 0 to 1, of that entry
    machine_answered: Mapped[bool]  # it took that entry to fit; false: it had said that none does
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    judged_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]  # taken back, or replaced by a later judgement
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
