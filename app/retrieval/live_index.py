"""The one index of this process, kept equal to what is published."""

import threading
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from app.core.settings import get_settings
from app.embeddings.encoder import get_encoder
from app.knowledge.queries import KnowledgeState, current_versions, knowledge_state
from app.retrieval.index import EntryIndex, phrasings_of
from app.retrieval.judgements import standing_judgements, with_confirmed
from app.retrieval.vectors import VectorCache


@dataclass(frozen=True)
class _Built:
    state: KnowledgeState
    index: EntryIndex


class LiveIndex:
    """Builds the index on first use and again when something was published. Safe between threads.

    A search that began on the old index ends on it; the vectors of unchanged entries are not made again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()  # one builds; the others wait for it rather than search the old
        self._built: _Built | None = None

    def current(self, session: Session) -> EntryIndex:
        state = knowledge_state(session)
        built = self._built
        if built is None or built.state != state:
            with self._lock:
                built = self._built
                if built is None or built.state != state:
                    built = _Built(state, _build(session))
                    self._built = built
        return built.index


def _build(session: Session) -> EntryIndex:
    versions = with_confirmed(current_versions(session), standing_judgements(session))
    cache = VectorCache(get_settings().home / "vectors", get_encoder())
    phrasings = [phrasings_of(version) for version in versions]
    vectors = cache.vectors([phrasing for own in phrasings for phrasing in own])
    ends = np.cumsum([len(own) for own in phrasings])
    return EntryIndex(versions, np.split(vectors, ends[:-1]) if phrasings else [])
