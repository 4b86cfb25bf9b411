"""The one index of this process, kept equal to what is published."""

import threading
from functools import lru_cache

from sqlalchemy.orm import Session

from app.core.settings import get_settings
from app.embeddings.encoder import get_encoder
from app.knowledge.queries import KnowledgeState, knowledge_state
from app.retrieval.building import Built, Faq, brought_up, learn
from app.retrieval.known import read_known

__all__ = ["Faq", "LiveIndex", "live_index"]


class LiveIndex:
    """Builds the index on first use and brings it up when something was published. Safe between threads.

    A search that began on the old index ends on it; the vectors of unchanged entries are not made again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()  # one builds; the others wait for it rather than search the old
        self._built: Built | None = None

    def current(self, session: Session) -> Faq:
        built = self._built
        if built is None or built.known.state != knowledge_state(session):
            with self._lock:
                built = self._refreshed(session, knowledge_state(session))
                self._built = built
        return built.faq

    def _refreshed(self, session: Session, state: KnowledgeState) -> Built:
        built = self._built
        if built is None or built.known.state.database != state.database:
            return learn(read_known(session, state), get_encoder(), get_settings().home / "vectors")
        if built.known.state == state:
            return built
        return brought_up(built, read_known(session, state, built.known))


@lru_cache(maxsize=1)
def live_index() -> LiveIndex:
    """This process's index."""
    return LiveIndex()
