"""The FAQ as it stands and stood: entries, their versions, and wordings per channel."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Base, HasId


class VariantKind(StrEnum):
    PUBLIC_SHORT = "public-short"
    PRIVATE_LONG = "private-long"


class Topic(Base):
    __tablename__ = "topics"

    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    gatekeeper: Mapped[str]  # handle of who answers for it
    deputy: Mapped[str]


class Entry(Base):
    """One FAQ question. Its words live in versions, which are never edited."""

    __tablename__ = "entries"

    id: Mapped[str] = mapped_column(primary_key=True)  # topic/slug
    topic_slug: Mapped[str] = mapped_column(ForeignKey("topics.slug"), index=True)
    retired_at: Mapped[datetime | None]


class EntryVersion(HasId, Base):
    __tablename__ = "entry_versions"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        Index("uq_entry_versions_current", "entry_id", unique=True, postgresql_where=text("is_current")),
    )

    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id"))
    number: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True)
    question: Mapped[str]
    examples: Mapped[list[Any]]
    answer: Mapped[str]
    internal_notes: Mapped[str] = mapped_column(default="")
    owner: Mapped[str]
    language: Mapped[str]
    reviewed_on: Mapped[date]
    review_by: Mapped[date]
    content_hash: Mapped[str]
    created_at: Mapped[datetime]
    variants: Mapped[list["Variant"]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class Variant(Base):
    """A version's approved wording for one kind of place."""

    __tablename__ = "variants"

    version_id: Mapped[int] = mapped_column(ForeignKey("entry_versions.id"), primary_key=True)
    kind: Mapped[VariantKind] = mapped_column(primary_key=True)
    text: Mapped[str]


class KnowledgeRevision(Base):
    """A counter that grows with every publication: processes compare it to refresh their index."""

    __tablename__ = "knowledge_revision"

    id: Mapped[int] = mapped_column(primary_key=True)  # always 1
    number: Mapped[int]
