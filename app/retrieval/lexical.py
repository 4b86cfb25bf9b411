"""Shared words as evidence: BM25, scaled so that one text's scores can be compared with another's."""

import math
import re
from collections import Counter
from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """Lower-case words in order. Leaving stop words out gained nothing on short questions."""
    return WORD.findall(text.casefold())


class LexicalIndex:
    """BM25 over short texts. Rarer shared words count more."""

    def __init__(self, texts: Sequence[str]) -> None:
        documents = [words(text) for text in texts]
        self._size = len(documents)
        self._frequency = Counter(word for document in documents for word in set(document))
        self._bm25 = bm25s.BM25(method="lucene") if self._frequency else None
        if self._bm25 is not None:
            self._bm25.index(documents, show_progress=False)

    def scores(self, text: str) -> NDArray[np.float32]:
        """For each indexed text, 0..1: BM25 over the most that any text could reach for these words.

        That bound is the sum of the words' weights, words nobody used before included, so that a message
        of strange words scores low even against its nearest text.
        """
        asked = words(text)
        known = [word for word in asked if word in self._frequency]
        if self._bm25 is None or not known:
            return np.zeros(self._size, dtype=np.float32)
        bound = sum(self._weight(word) for word in asked)
        scaled: NDArray[np.float32] = np.clip(self._bm25.get_scores(known) / bound, 0.0, 1.0)
        return scaled

    def _weight(self, word: str) -> float:
        """Lucene's inverse document frequency, as bm25s computes it."""
        found = self._frequency[word]
        return math.log(1 + (self._size - found + 0.5) / (found + 0.5))
