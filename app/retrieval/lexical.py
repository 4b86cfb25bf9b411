"""Shared words and shared letters as evidence, each 0..1 and comparable from one text to another.

Both keep their statistics apart from the texts they score, so that a text added later is weighed as those
before it were, and one edited entry costs no more than its own texts. Features are hashed: no vocabulary has
to be kept or grown.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

WORD = re.compile(r"\w+")
WORD_SLOTS = 2**20
LETTER_SLOTS = 2**18
LEAST_LETTERS, MOST_LETTERS = 2, 5
LONGEST_WORD = 40  # letters; an endless word says no more than its start
SATURATION, LENGTH_WEIGHT = 1.5, 0.75  # BM25's k1 and b, as Lucene and bm25s set them


def words(text: str) -> list[str]:
    """Lower-case words in order. Leaving stop words out gained nothing on short questions."""
    return WORD.findall(text.casefold())


class WordStatistics:
    """How many texts use each word. Rarer shared words count more."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = _counts(texts, _word_slots, WORD_SLOTS)
        found = np.bincount(counts.indices, minlength=WORD_SLOTS)
        # Lucene's inverse document frequency
        self.weights = np.log1p((len(texts) - found + 0.5) / (found + 0.5)).astype(np.float32)
        self.mean_length = max(float(counts.sum()) / max(len(texts), 1), 1.0)


class WordIndex:
    """BM25 over texts, over the most that any text could reach for the words asked.

    That bound counts words nobody used before too, so that a message of strange words scores low even against
    its nearest text.
    """

    def __init__(self, statistics: WordStatistics, texts: Sequence[str]) -> None:
        self._statistics = statistics
        counts = _counts(texts, _word_slots, WORD_SLOTS)
        lengths = np.asarray(counts.sum(axis=1)).ravel() / statistics.mean_length
        penalty = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * lengths)
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        counts.data = statistics.weights[counts.indices] * counts.data / (counts.data + penalty[rows])
        self._postings = counts.tocsc()

    def scores(self, text: str) -> NDArray[np.float32]:
        """For each indexed text, 0..1."""
        asked = _counts([text], _word_slots, WORD_SLOTS)
        scores = np.zeros(self._postings.shape[0], dtype=np.float32)
        bound = float(self._statistics.weights[asked.indices] @ asked.data)
        for slot, count in zip(asked.indices, asked.data, strict=True):
            start, end = self._postings.indptr[slot : slot + 2]
            scores[self._postings.indices[start:end]] += count / bound * self._postings.data[start:end]
        return np.minimum(scores, 1.0)


class LetterStatistics:
    """How many texts use each group of letters: misspellings and compounds share most of theirs."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = _counts(texts, _letter_slots, LETTER_SLOTS)
        found = np.bincount(counts.indices, minlength=LETTER_SLOTS)
        self.weights = (np.log((1 + len(texts)) / (1 + found)) + 1).astype(np.float32)

    def rows(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """One row of length 1 per text; the product of two rows is the cosine of their letters, 0..1."""
        counts = _counts(texts, _letter_slots, LETTER_SLOTS)
        counts.data = (1 + np.log(counts.data)) * self.weights[counts.indices]
        lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
        counts.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(counts.indptr))
        return counts


def _counts(
    texts: Sequence[str], slots_of: Callable[[str], NDArray[np.int32]], width: int
) -> sparse.csr_matrix:
    """How often each text holds each feature: float32 [len(texts), width]."""
    rows = [np.unique(slots_of(text), return_counts=True) for text in texts]
    indices = np.concatenate([slots for slots, _ in rows]) if rows else np.empty(0, np.int32)
    counts = np.concatenate([found for _, found in rows]) if rows else np.empty(0)
    ends = np.cumsum([0, *(len(slots) for slots, _ in rows)])
    return sparse.csr_matrix((counts.astype(np.float32), indices, ends), shape=(len(texts), width))


def _word_slots(text: str) -> NDArray[np.int32]:
    return np.array([_slot(word, WORD_SLOTS) for word in words(text)], dtype=np.int32)


def _letter_slots(text: str) -> NDArray[np.int32]:
    found = [_letters_of(word) for word in words(text)]
    return np.concatenate(found) if found else np.empty(0, np.int32)


@lru_cache(maxsize=50_000)
def _letters_of(word: str) -> NDArray[np.int32]:
    """The slots of all groups of two to five letters, with the blanks around the word."""
    padded = f" {word[:LONGEST_WORD]} "
    groups = [
        padded[start : start + length]
        for length in range(LEAST_LETTERS, MOST_LETTERS + 1)
        for start in range(len(padded) - length + 1)
    ]
    return np.array([_slot(group, LETTER_SLOTS) for group in groups], dtype=np.int32)


def _slot(feature: str, width: int) -> int:
    return crc32(feature.encode()) % width
