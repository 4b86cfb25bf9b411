"""The way from files into force: versions are added and retired, never edited."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.knowledge.entry_file import EntryFile
from app.knowledge.kb_files import TopicFile, check_kb
from app.knowledge.models import Entry, EntryVersion, Topic, Variant, VariantKind
from app.knowledge.revision import count_up, lock_revision


@dataclass(frozen=True)
class ImportReport:
    """How many entries became what."""

    added: int  # new, or back after having been retired
    changed: int
    unchanged: int
    retired: int


class _Outcome(Enum):
    ADDED = auto()
    CHANGED = auto()
    UNCHANGED = auto()


def import_kb(session: Session, folder: Path, *, at: datetime) -> ImportReport:
    """Put the FAQ of these files in force, all of it or nothing. The same files again change nothing.

    A changed entry gets a new version; an entry without a file is retired, and its versions stay readable.
    Raises `KbProblems` before anything is written. Other processes are told when the caller commits.
    """
    kb = check_kb(folder)
    revision = lock_revision(session)
    topics_changed = [_put_topic(session, topic) for topic in kb.topics]
    latest = _latest_versions(session)
    outcomes = Counter(_put_entry(session, entry, latest.get(entry.id), at=at) for entry in kb.entries)
    retired = _retire_others(session, {entry.id for entry in kb.entries}, at=at)
    if outcomes[_Outcome.ADDED] or outcomes[_Outcome.CHANGED] or retired or any(topics_changed):
        count_up(session, revision)
    return ImportReport(
        added=outcomes[_Outcome.ADDED],
        changed=outcomes[_Outcome.CHANGED],
        unchanged=outcomes[_Outcome.UNCHANGED],
        retired=retired,
    )


def _put_topic(session: Session, file: TopicFile) -> bool:
    """Whether something about the topic is new."""
    topic = session.get(Topic, file.slug)
    if topic is None:
        topic = Topic(slug=file.slug, name=file.name, gatekeeper=file.gatekeeper, deputy=file.deputy)
        session.add(topic)
        session.flush()
        return True
    topic.name, topic.gatekeeper, topic.deputy = file.name, file.gatekeeper, file.deputy
    return session.is_modified(topic)


def _latest_versions(session: Session) -> dict[str, EntryVersion]:
    """The newest version of every entry, also of retired ones."""
    newest = select(func.max(EntryVersion.id)).group_by(EntryVersion.entry_id)
    versions = session.scalars(select(EntryVersion).where(EntryVersion.id.in_(newest)))
    return {version.entry_id: version for version in versions}


def _put_entry(session: Session, file: EntryFile, latest: EntryVersion | None, *, at: datetime) -> _Outcome:
    if latest is not None and latest.is_current and latest.content_hash == file.content_hash:
        return _Outcome.UNCHANGED
    if latest is None:
        session.add(Entry(id=file.id, topic_slug=file.topic, retired_at=None))
        session.flush()
        _add_version(session, file, number=1, at=at)
        return _Outcome.ADDED
    was_current = latest.is_current
    _replace(session, file, latest, at=at)
    return _Outcome.CHANGED if was_current else _Outcome.ADDED


def _replace(session: Session, file: EntryFile, latest: EntryVersion, *, at: datetime) -> None:
    """Put an entry that was known in force as the file has it now."""
    session.execute(update(Entry).where(Entry.id == file.id).values(retired_at=None))
    if latest.content_hash == file.content_hash:
        latest.is_current = True
    else:
        latest.is_current = False
        session.flush()  # the index allows one current version at any moment
        _add_version(session, file, number=latest.number + 1, at=at)


def _add_version(session: Session, file: EntryFile, *, number: int, at: datetime) -> None:
    wordings = {VariantKind.PUBLIC_SHORT: file.public_short, VariantKind.PRIVATE_LONG: file.private_long}
    session.add(
        EntryVersion(
            entry_id=file.id,
            number=number,
            is_current=True,
            question=file.question,
            examples=list(file.examples),
            answer=file.answer,
            internal_notes=file.internal_notes,
            owner=file.owner,
            language=file.language,
            reviewed_on=file.reviewed_on,
            review_by=file.review_by,
            content_hash=file.content_hash,
            created_at=at,
            variants=[Variant(kind=kind, text=text) for kind, text in wordings.items() if text is not None],
        )
    )


def _retire_others(session: Session, kept: Collection[str], *, at: datetime) -> int:
    """Retire the entries in force that have no file any more; how many there were."""
    session.flush()
    gone = session.scalars(
        update(Entry)
        .where(Entry.retired_at.is_(None), Entry.id.not_in(kept))
        .values(retired_at=at)
        .returning(Entry.id)
    ).all()
    session.execute(
        update(EntryVersion)
        .where(EntryVersion.entry_id.in_(gone), EntryVersion.is_current)
        .values(is_current=False)
    )
    return len(gone)
