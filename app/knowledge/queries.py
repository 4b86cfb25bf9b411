"""Reads of what is published. Internal notes are in none of them: they can never reach a draft."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.knowledge.models import Entry, EntryVersion, KnowledgeRevision, Topic, Variant, VariantKind

START = 200  # characters of an answer that tell whether it is the right one

PublishedColumns = Select[int, str, int, str, str, list[Any], str, str, str, str]


@dataclass(frozen=True)
class PublishedVersion:
    """One version's approved words, and nothing that must stay inside."""

    version_id: int
    entry_id: str
    number: int
    topic: str  # slug
    question: str
    examples: tuple[str, ...]
    answer: str
    public_short: str | None
    private_long: str | None
    language: str


@dataclass(frozen=True)
class EntryRow:
    """One line of the list of entries."""

    entry_id: str
    topic_name: str
    question: str
    number: int
    owner: str
    review_by: date


@dataclass(frozen=True)
class EntryStart:
    """Enough of an entry to tell whether it is the right one."""

    entry_id: str
    question: str
    answer_start: str


@dataclass(frozen=True)
class KnowledgeState:
    """Differs whenever something else is published, also when another database was put in place."""

    database: str
    number: int
    newest_version_id: int


def current_versions(session: Session) -> list[PublishedVersion]:
    """What may be said now, in order of entry: no retired entry, one version of each."""
    statement = _published().where(EntryVersion.is_current, Entry.retired_at.is_(None))
    return _load(session, statement)


def current_version_ids(session: Session) -> set[int]:
    """Which versions may be said now. In one row: ten thousand rows take ten times as long to read."""
    ids = session.scalar(
        select(func.array_agg(EntryVersion.id))
        .join(Entry, Entry.id == EntryVersion.entry_id)
        .where(EntryVersion.is_current, Entry.retired_at.is_(None))
    )
    return set(ids or ())


def current_version(session: Session, entry_id: str) -> PublishedVersion | None:
    """What may be said now for one entry; None where there is no such entry in force."""
    statement = _published().where(EntryVersion.is_current, Entry.retired_at.is_(None), Entry.id == entry_id)
    return next(iter(_load(session, statement)), None)


def questions_now(session: Session, entry_ids: Collection[str]) -> dict[str, EntryStart]:
    """The questions of these entries, and how their answers begin, by id. Retired ones are left out."""
    rows = session.execute(
        select(EntryVersion.entry_id, EntryVersion.question, func.left(EntryVersion.answer, START))
        .join(Entry, Entry.id == EntryVersion.entry_id)
        .where(EntryVersion.entry_id.in_(entry_ids), EntryVersion.is_current, Entry.retired_at.is_(None))
    )
    return {row[0]: EntryStart(*row) for row in rows}


def versions_by_id(session: Session, ids: Collection[int]) -> list[PublishedVersion]:
    """These versions, current or not, in order of entry and number."""
    return _load(session, _published().where(EntryVersion.id.in_(ids)))


def knowledge_number(session: Session) -> int:
    """Grows with every publication; 0 before the first."""
    return session.scalar(select(KnowledgeRevision.number).where(KnowledgeRevision.id == 1)) or 0


def knowledge_state(session: Session) -> KnowledgeState:
    """What an index must have been built from to be of use now."""
    newest = session.scalar(select(func.max(EntryVersion.id))) or 0
    database = session.get_bind().engine.url.render_as_string(hide_password=True)
    return KnowledgeState(database, knowledge_number(session), newest)


def entry_list(session: Session, search: str = "", *, limit: int = 50, offset: int = 0) -> list[EntryRow]:
    """Entries in force whose id, question or answer holds the words searched for, in order of id."""
    statement = (
        select(
            Entry.id,
            Topic.name,
            EntryVersion.question,
            EntryVersion.number,
            EntryVersion.owner,
            EntryVersion.review_by,
        )
        .join(EntryVersion, and_(EntryVersion.entry_id == Entry.id, EntryVersion.is_current))
        .join(Topic, Topic.slug == Entry.topic_slug)
        .where(Entry.retired_at.is_(None))
        .order_by(Entry.id)
        .limit(limit)
        .offset(offset)
    )
    for word in _storable(search).split():
        statement = statement.where(
            or_(
                Entry.id.icontains(word, autoescape=True),
                EntryVersion.question.icontains(word, autoescape=True),
                EntryVersion.answer.icontains(word, autoescape=True),
            )
        )
    return [EntryRow(*row) for row in session.execute(statement)]


def _storable(search: str) -> str:
    """The start of what was searched for, without characters PostgreSQL cannot take."""
    return search[:200].replace("\0", " ").encode("utf-8", "replace").decode()


def _published() -> PublishedColumns:
    short, long = aliased(Variant), aliased(Variant)
    return (
        select(
            EntryVersion.id,
            EntryVersion.entry_id,
            EntryVersion.number,
            Entry.topic_slug,
            EntryVersion.question,
            EntryVersion.examples,
            EntryVersion.answer,
            short.text,
            long.text,
            EntryVersion.language,
        )
        .join(Entry, Entry.id == EntryVersion.entry_id)
        .outerjoin(short, and_(short.version_id == EntryVersion.id, short.kind == VariantKind.PUBLIC_SHORT))
        .outerjoin(long, and_(long.version_id == EntryVersion.id, long.kind == VariantKind.PRIVATE_LONG))
        .order_by(EntryVersion.entry_id, EntryVersion.number)
    )


def _load(session: Session, statement: PublishedColumns) -> list[PublishedVersion]:
    return [
        PublishedVersion(
            version_id, entry_id, number, topic, question, tuple(examples), answer, short, long, language
        )
        for version_id, entry_id, number, topic, question, examples, answer, short, long, language in (
            session.execute(statement)
        )
    ]
