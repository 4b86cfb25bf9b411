"""What is published and judged at one moment, and what differs from one moment to the next."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.knowledge.queries import (
    KnowledgeState,
    PublishedVersion,
    current_version_ids,
    current_versions,
    versions_by_id,
)
from app.retrieval.corpus import Entry
from app.retrieval.judgements import StandingJudgement, standing_judgements


@dataclass(frozen=True)
class Known:
    """Everything an index is made of. Needs no database any more."""

    state: KnowledgeState
    versions: Mapping[str, PublishedVersion]  # by entry
    confirmed: Mapping[str, tuple[str, ...]]  # customers' words by entry
    strangers: tuple[str, ...]  # customers' words that no entry answers

    def entry(self, entry_id: str) -> Entry:
        version = self.versions[entry_id]
        return Entry(
            key=entry_id,
            title=version.question,
            examples=version.examples,
            confirmed=self.confirmed.get(entry_id, ()),
            body=version.answer,
            version_id=version.version_id,
            number=version.number,
        )

    def entries(self) -> list[Entry]:
        return [self.entry(entry_id) for entry_id in self.versions]


@dataclass(frozen=True)
class Difference:
    entries: tuple[Entry, ...]  # new ones, and those that are found by other texts now
    removed: tuple[str, ...]
    strangers: tuple[str, ...] | None  # None: the same as before


def read_known(session: Session, state: KnowledgeState, before: Known | None = None) -> Known:
    """What is known now; of what was known before only the changes are read.

    `state` must have been read earlier: what is published meanwhile then counts as a change once more.
    """
    versions = _versions(session, state, before)
    confirmed, strangers = _sorted_out(standing_judgements(session))
    return Known(state, versions, confirmed, strangers)


def difference(before: Known, after: Known) -> Difference:
    return Difference(
        entries=tuple(
            after.entry(entry_id) for entry_id in after.versions if _differs(entry_id, before, after)
        ),
        removed=tuple(before.versions.keys() - after.versions.keys()),
        strangers=None if before.strangers == after.strangers else after.strangers,
    )


def _versions(
    session: Session, state: KnowledgeState, before: Known | None
) -> Mapping[str, PublishedVersion]:
    if before is None or _fell_back(before.state, state):
        return {version.entry_id: version for version in current_versions(session)}
    ids = current_version_ids(session)
    same = {
        entry_id: version
        for entry_id, version in before.versions.items()
        if ids.get(entry_id) == version.version_id
    }
    new = versions_by_id(session, [version_id for key, version_id in ids.items() if key not in same])
    return {**same, **{version.entry_id: version for version in new}} if new else same


def _fell_back(before: KnowledgeState, now: KnowledgeState) -> bool:
    """Then another database was put in place, and its version 7 may have other words than ours."""
    return (
        before.database != now.database
        or before.number > now.number
        or before.newest_version_id > now.newest_version_id
    )


def _sorted_out(
    judgements: list[StandingJudgement],
) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """Customers' words by entry, and those that no entry answers, each in order and once."""
    words: dict[str | None, dict[str, None]] = {}
    for one in judgements:
        words.setdefault(one.entry_id, {})[one.text] = None
    strangers = tuple(words.pop(None, {}))
    return {entry_id: tuple(texts) for entry_id, texts in words.items() if entry_id is not None}, strangers


def _differs(entry_id: str, before: Known, after: Known) -> bool:
    new_words = before.versions.get(entry_id) != after.versions[entry_id]
    return new_words or before.confirmed.get(entry_id) != after.confirmed.get(entry_id)
