"""Two matchers that anybody could set up in an hour. They stay as they are, whatever becomes of ours."""

import re
from collections.abc import Sequence

import bm25s
import faiss
import numpy as np
from bm25s.stopwords import STOPWORDS_EN_PLUS
from numpy.typing import NDArray

from app.evaluation.rankings import LONGEST_RANKING, Ranking, RememberingEncoder
from app.retrieval.corpus import Entry

STOP_WORDS = frozenset(STOPWORDS_EN_PLUS)
WORD = re.compile(r"\w+")

faiss.omp_set_num_threads(1)  # questions are timed on one thread


class WordsAlone:
    """The lexical floor: BM25 (Lucene's) over one text per entry.

    What was said before asks along, each word once and without stop words: whole, it drowned the question.
    """

    threshold: float | None = None

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._keys = [entry.key for entry in entries]
        documents = [_words(" ".join(_everything(entry))) for entry in entries]
        self._known = {word for document in documents for word in document}
        self._bm25 = bm25s.BM25(method="lucene")
        if self._known:  # it refuses texts without any word; nothing is ever asked of it then
            self._bm25.index(documents, show_progress=False)

    def rank(self, text: str, history: Sequence[str]) -> Ranking:
        before = dict.fromkeys(word for turn in history for word in _words(turn) if word not in STOP_WORDS)
        asked = [word for word in (*before, *_words(text)) if word in self._known]
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
        texts = [phrasings(entry) for entry in entries]
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


def phrasings(entry: Entry) -> list[str]:
    """Title, examples and what customers said, and of an article the whole."""
    whole = " ".join(part for part in (entry.subject, entry.title, entry.body) if part)
    return [entry.title, *entry.examples, *entry.confirmed, *([whole] if entry.body else [])]


def _everything(entry: Entry) -> list[str]:
    return [entry.subject, entry.title, *entry.examples, *entry.confirmed, entry.body]


def _best(scores: NDArray[np.float32]) -> list[int]:
    """Places of the highest scores, best first; of equal ones the first."""
    return [int(place) for place in np.argsort(-scores, kind="stable")[:LONGEST_RANKING]]


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())
