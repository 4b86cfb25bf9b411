"""Who is compared: our matcher, and two plain ones that anybody could set up in an hour.

All of them stand on the same vectors; each text of a set is encoded once in a run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import bm25s
import faiss
import numpy as np
from bm25s.stopwords import STOPWORDS_EN_PLUS
from numpy.typing import NDArray

from app.embeddings.encoder import Encoder
from app.evaluation.sets import Entry
from app.knowledge.queries import PublishedVersion
from app.retrieval.index import EntryIndex
from app.retrieval.lexical import words
from app.retrieval.matching import find_matches

STOP_WORDS = frozenset(STOPWORDS_EN_PLUS)
LONGEST_RANKING = 50  # entries; whatever comes later counts as not found


class Contestant(StrEnum):
    OURS = "ours"
    WORDS = "words alone"
    MINILM = "plain MiniLM"


@dataclass(frozen=True)
class Ranking:
    keys: tuple[str, ...]  # best first, each once, at most 50
    probability: float  # 0..1, that the first answers; of the plain matchers a score: only its order counts
    answered: bool  # False: it says that none fits


class Matcher(Protocol):
    threshold: float | None  # of the probability; None: it always answers

    def rank(self, text: str, history: Sequence[str]) -> Ranking: ...


class RememberingEncoder:
    """An encoder that encodes no text twice. For entries; questions are timed without it."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder  # without memory
        self._known: dict[str, NDArray[np.float32]] = {}
        self.model_id = encoder.model_id
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(unknown, self.encoder.encode(unknown), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32).reshape(-1, self.dimensions)


class Ours:
    """The matcher that runs in production, on entries that no database holds."""

    def __init__(self, entries: Sequence[Entry], remembering: RememberingEncoder) -> None:
        versions = [_as_version(number, entry) for number, entry in enumerate(entries, start=1)]
        phrasings = [[version.question, *version.examples] for version in versions]
        self._index = EntryIndex(versions, [remembering.encode(texts) for texts in phrasings])
        self._encoder = remembering.encoder
        self.threshold: float | None = self._index.threshold

    def rank(self, text: str, history: Sequence[str]) -> Ranking:
        matches = find_matches(self._index, self._encoder, text, limit=LONGEST_RANKING)
        probability = matches.found[0].score if matches.found else 0.0
        return Ranking(
            tuple(match.entry_id for match in matches.found), probability, matches.best is not None
        )


class WordsAlone:
    """The lexical floor: BM25 (Lucene's) over one text per entry.

    What was said before asks along, each word once and without stop words: whole, it drowned the question.
    """

    threshold: float | None = None

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._keys = [entry.key for entry in entries]
        documents = [words(" ".join(_everything(entry))) for entry in entries]
        self._known = {word for document in documents for word in document}
        self._bm25 = bm25s.BM25(method="lucene")
        if self._known:  # it refuses texts without any word; nothing is ever asked of it then
            self._bm25.index(documents, show_progress=False)

    def rank(self, text: str, history: Sequence[str]) -> Ranking:
        before = dict.fromkeys(word for turn in history for word in words(turn) if word not in STOP_WORDS)
        asked = [word for word in (*before, *words(text)) if word in self._known]
        if not asked:
            return Ranking((), 0.0, answered=False)
        scores = self._bm25.get_scores(asked)
        best = _best(scores)
        score = float(scores[best[0]])
        return Ranking(tuple(self._keys[place] for place in best), score / (1 + score), answered=True)


class PlainMiniLM:
    """The nearest entry by the largest cosine over its title, examples and texts, each cut at 256 tokens."""

    threshold: float | None = None

    def __init__(self, entries: Sequence[Entry], remembering: RememberingEncoder) -> None:
        texts = [_phrasings(entry) for entry in entries]
        self._keys = [entry.key for entry in entries]
        self._owners = np.repeat(np.arange(len(entries)), [len(phrasings) for phrasings in texts])
        self._vectors = faiss.IndexFlatIP(remembering.dimensions)
        self._vectors.add(remembering.encode([text for phrasings in texts for text in phrasings]))
        self._encoder = remembering.encoder

    def rank(self, text: str, history: Sequence[str]) -> Ranking:
        vector = self._encoder.encode([" ".join([*history, text])])
        cosines, places = self._vectors.search(vector, self._vectors.ntotal)
        scores = np.full(len(self._keys), -1.0, dtype=np.float32)
        np.maximum.at(scores, self._owners[places[0]], cosines[0])
        best = _best(scores)
        score = (1 + float(scores[best[0]])) / 2
        return Ranking(tuple(self._keys[place] for place in best), score, answered=True)


def make_contestant(who: Contestant, entries: Sequence[Entry], remembering: RememberingEncoder) -> Matcher:
    """Entries are encoded with memory, questions without it."""
    match who:
        case Contestant.OURS:
            return Ours(entries, remembering)
        case Contestant.WORDS:
            return WordsAlone(entries)
        case Contestant.MINILM:
            return PlainMiniLM(entries, remembering)


def _as_version(number: int, entry: Entry) -> PublishedVersion:
    return PublishedVersion(
        version_id=number,
        entry_id=entry.key,
        number=1,
        topic="",
        question=entry.title,
        examples=tuple(_phrasings(entry)[1:]),
        answer=entry.body,
        public_short=None,
        private_long=None,
        language="",
    )


def _phrasings(entry: Entry) -> list[str]:
    """Title, examples and what customers said, and of an article the whole."""
    whole = " ".join(part for part in (entry.subject, entry.title, entry.body) if part)
    return [entry.title, *entry.examples, *entry.confirmed, *([whole] if entry.body else [])]


def _everything(entry: Entry) -> list[str]:
    return [entry.subject, entry.title, *entry.examples, *entry.confirmed, entry.body]


def _best(scores: NDArray[np.float32]) -> list[int]:
    """Places of the highest scores, best first; of equal ones the first."""
    return [int(place) for place in np.argsort(-scores, kind="stable")[:LONGEST_RANKING]]
