"""The one index of this process, kept equal to what is published."""

import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from app.core.database import transaction
from app.core.settings import get_settings
from app.embeddings.encoder import Encoder, EncoderUnavailable
from app.knowledge.queries import KnowledgeState, knowledge_state
from app.retrieval.building import Built, Encoding, Faq, brought_up, learn
from app.retrieval.encoder_choice import EncoderChoice, configured, last_served_by, load_encoder, remember
from app.retrieval.known import Known, read_known
from app.retrieval.relearning import Relearning
from app.retrieval.vectors import VectorCache

__all__ = ["Faq", "LiveIndex", "live_index"]

log = structlog.get_logger()


class LiveIndex:
    """Builds the index on first use and brings it up when something was published. Safe between threads.

    A search that began on the old index ends on it; the vectors of unchanged entries are not made again.
    A large one is learned anew in the background, and so is one for an encoder that was configured lately.
    """

    def __init__(
        self,
        load: Callable[[EncoderChoice], Encoder] = load_encoder,
        relearning: Callable[[Callable[[], None]], Relearning] = Relearning,
    ) -> None:
        self._load = load
        self._lock = threading.Lock()  # one builds; the others wait for it rather than search the old
        self._built: Built | None = None
        self._folder: Path  # of vectors, as it was configured when the index was first built
        self._wanted: EncoderChoice
        self._relearning = relearning(self._learn_anew)

    def current(self, session: Session) -> Faq:
        """What is published now. Raises `EncoderUnavailable` when a text needs a vector and gets none."""
        built = self._built
        if built is None or built.known.state != knowledge_state(session):
            with self._lock:
                built = self._refreshed(session, knowledge_state(session))
                self._built = built
            if built.faq.index.stale:
                self._relearning.ask()
        return built.faq

    def refresh(self) -> None:
        """The same in a transaction of its own, so that the next message need not wait for it."""
        with transaction() as session:
            self.current(session)

    @property
    def present(self) -> Faq | None:
        """What is searched now, without a look at what was published since; None before the first."""
        return self._built.faq if self._built else None

    def _refreshed(self, session: Session, state: KnowledgeState) -> Built:
        built = self._built
        if built is None or built.known.state.database != state.database:
            return self._first(read_known(session, state))
        if built.known.state == state:
            return built
        return brought_up(built, read_known(session, state, built.known))

    def _first(self, known: Known) -> Built:
        """By the encoder that served last, whose vectors are there, where another one is configured now."""
        self._folder, self._wanted = get_settings().home / "vectors", configured(get_settings())
        last = last_served_by(self._folder)
        if last is not None and last != self._wanted:
            try:
                built = learn(known, self._encoding(last))
            except EncoderUnavailable as error:
                log.warning("encoder.old_one_is_gone", why=error.detail)
            else:
                log.info(
                    "encoder.changes", meanwhile="The old encoder serves until all is encoded by the new."
                )
                self._relearning.ask(at_once=True)
                return built
        built = learn(known, self._encoding(self._wanted))
        remember(self._folder, self._wanted)
        return built

    def _encoding(self, choice: EncoderChoice) -> Encoding:
        encoder = self._load(choice)
        return Encoding(choice, encoder, VectorCache(self._folder, encoder))

    def _learn_anew(self) -> None:
        """By the encoder that is configured, or by the present one while that cannot be had."""
        built = self._built
        if built is None:
            return
        if built.encoding.choice == self._wanted:
            self._put_in_place(learn(built.known, built.encoding))
            return
        try:
            self._put_in_place(learn(built.known, self._encoding(self._wanted)))
        except EncoderUnavailable:
            if built.faq.index.stale:
                self._put_in_place(learn(built.known, built.encoding))
            raise
        remember(self._folder, self._wanted)
        log.info("encoder.changed", to=self._wanted.encoder or "the bundled one")

    def _put_in_place(self, learned: Built) -> None:
        """With what was published while it was learned: index and encoder change together."""
        with self._lock:
            present = self._built
            if present is None or present.known.state.database == learned.known.state.database:
                self._built = brought_up(learned, present.known if present else learned.known)


@lru_cache(maxsize=1)
def live_index() -> LiveIndex:
    """This process's index."""
    return LiveIndex()
