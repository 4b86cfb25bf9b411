"""People, what they may do, and how they prove who they are."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base, HasId


class Role(StrEnum):
    AGENT = "agent"  # answers customers, decides on drafts
    LEGAL = "legal"  # signs what touches the law
    EXPERT = "expert"  # signs within a subject
    LEAD = "lead"  # answers for the team; holds the switch
    GATEKEEPER = "gatekeeper"  # answers for FAQ topics
    NETWORK = "network"  # a machine that hands in messages, nothing else


class StandingLevel(StrEnum):
    TRAINEE = "trainee"
    REGULAR = "regular"
    TRUSTED = "trusted"


class Person(HasId, Base):
    """Somebody who signs in, or a machine with a token."""

    __tablename__ = "people"

    handle: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str | None]
    password_hash: Mapped[str | None]  # argon2; None cannot sign in
    is_active: Mapped[bool] = mapped_column(default=True)
    grants: Mapped[list["RoleGrant"]] = relationship(lazy="selectin", cascade="all, delete-orphan")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants) if self.is_active else frozenset()


class RoleGrant(Base):
    __tablename__ = "role_grants"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)


class Standing(HasId, Base):
    """How far somebody is trusted on one topic; granted and revoked by a lead."""

    __tablename__ = "standings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    topic: Mapped[str]
    level: Mapped[StandingLevel]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Absence(HasId, Base):
    """Days away, and who stands in."""

    __tablename__ = "absences"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]


class SignInSession(Base):
    """A browser that signed in. Only the hash of its cookie is kept."""

    __tablename__ = "sign_in_sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    csrf_token: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="joined")


class PersonalToken(HasId, Base):
    """A token for the JSON API. Only its hash is kept."""

    __tablename__ = "personal_tokens"
    __table_args__ = (UniqueConstraint("token_hash"),)

    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id"), index=True)
    token_hash: Mapped[str]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="joined")
