"""The one index of this process, kept equal to what is published."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core.settings import get_settings
from app.embeddings.encoder import get_encoder
from app.knowledge.queries import KnowledgeState, PublishedVersion, current_versions, knowledge_state
from app.retrieval.corpus import Entry
from app.retrieval.index import EntryIndex
from app.retrieval.judgements import standing_judgements
from app.retrieval.vectors import VectorCache


@dataclass(frozen=True)
class Faq:
    """What is published, as one search sees it."""

    index: EntryIndex
    published: Mapping[int, PublishedVersion]  # by id of the version


@dataclass(frozen=True)
class _Built:
    state: KnowledgeState
    faq: Faq


class LiveIndex:
    """Builds the index on first use and again when something was published. Safe between threads.

    A search that began on the old index ends on it; the vectors of unchanged entries are not made again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()  # one builds; the others wait for it rather than search the old
        self._built: _Built | None = None

    def current(self, session: Session) -> Faq:
        state = knowledge_state(session)
        built = self._built
        if built is None or built.state != state:
            with self._lock:
                built = self._built
                if built is None or built.state != state:
                    built = _Built(state, _build(session))
                    self._built = built
        return built.faq


def _build(session: Session) -> Faq:
    versions = current_versions(session)
    judgements = standing_judgements(session)
    confirmed: dict[str, list[str]] = {}
    strangers: dict[str, None] = {}
    for one in judgements:
        if one.entry_id is None:
            strangers[one.text] = None
        else:
            confirmed.setdefault(one.entry_id, []).append(one.text)
    encoder = get_encoder()
    cache = VectorCache(get_settings().home / "vectors", encoder)
    entries = [as_entry(version, tuple(confirmed.get(version.entry_id, ()))) for version in versions]
    index = EntryIndex.of(entries, cache.vectors, dimensions=encoder.dimensions, strangers=list(strangers))
    return Faq(index, {version.version_id: version for version in versions})


def as_entry(version: PublishedVersion, confirmed: tuple[str, ...] = ()) -> Entry:
    return Entry(
        key=version.entry_id,
        title=version.question,
        examples=version.examples,
        confirmed=confirmed,
        body=version.answer,
        version_id=version.version_id,
        number=version.number,
    )
