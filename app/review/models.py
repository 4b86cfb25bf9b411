"""One person's decision on one fingerprint."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base, HasId
from app.staff.models import Person, Role


class Decision(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
    ESCALATED = "escalated"


class SignOff(HasId, Base):
    __tablename__ = "sign_offs"
    __table_args__ = (
        Index(
            "uq_sign_offs_standing_per_role",
            "revision_id",
            "role",
            unique=True,
            postgresql_where=text("decision = 'approved' AND voided_at IS NULL"),
        ),
        CheckConstraint("decision = 'approved' OR length(trim(reason)) > 0", name="refusals_have_a_reason"),
        CheckConstraint("(voided_at IS NULL) = (void_reason IS NULL)", name="voided_with_a_reason"),
    )

    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role]
    fingerprint: Mapped[str]
    decision: Mapped[Decision] = mapped_column(default=Decision.APPROVED)
    reason: Mapped[str | None]
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("sign_offs.id"))
    signed_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]
    person: Mapped[Person] = relationship(lazy="joined")
