"""What is published and judged at one moment, and what differs from one moment to the next."""

from collections.abc import Iterator, Mapping
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
        """In order of key: every process learns the same from them."""
        return [self.entry(entry_id) for entry_id in sorted(self.versions)]


@dataclass(frozen=True)
class Difference:
    entries: tuple[Entry, ...]  # new ones, and those that are found by other texts now
    removed: tuple[str, ...]
    strangers: tuple[str, ...] | None  # None: the same as before

    @property
    def is_nothing(self) -> bool:
        return not self.entries and not self.removed and self.strangers is None


def read_known(session: Session, state: KnowledgeState, before: Known | None = None) -> Known:
    """What is known now; of what was known before only the changes are read.

    `state` must have been read earlier: what is published meanwhile then counts as a change once more.
    """
    versions = _versions(session, state, before)
    confirmed, strangers = _sorted_out(standing_judgements(session))
    return Known(state, versions, confirmed, strangers)


def difference(before: Known, after: Known) -> Difference:
    changed = dict.fromkeys([*_other_words(before, after), *_otherwise_confirmed(before, after)])
    return Difference(
        entries=tuple(after.entry(entry_id) for entry_id in changed),
        removed=tuple(before.versions.keys() - after.versions.keys()),
        strangers=None if before.strangers == after.strangers else after.strangers,
    )


def _other_words(before: Known, after: Known) -> Iterator[str]:
    for entry_id, version in after.versions.items():
        known = before.versions.get(entry_id)
        if known is not version and known != version:  # most are the same object: a look at it is enough
            yield entry_id


def _otherwise_confirmed(before: Known, after: Known) -> Iterator[str]:
    for entry_id in sorted(before.confirmed.keys() | after.confirmed.keys()):
        words, known = after.confirmed.get(entry_id), before.confirmed.get(entry_id)
        if words != known and entry_id in after.versions:
            yield entry_id


def _versions(
    session: Session, state: KnowledgeState, before: Known | None
) -> Mapping[str, PublishedVersion]:
    if before is None or _fell_back(before.state, state):
        return {version.entry_id: version for version in current_versions(session)}
    ids = current_version_ids(session)
    same = {key: version for key, version in before.versions.items() if version.version_id in ids}
    new = ids - {version.version_id for version in same.values()}
    return {**same, **{version.entry_id: version for version in versions_by_id(session, new)}}


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
