"""Entries and their texts, laid out for search. A shelf never changes once it is filled."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from app.retrieval.corpus import Entry, Kind, Phrasing, phrasings_of
from app.retrieval.lexical import LetterStatistics, WordIndex, WordStatistics
from app.retrieval.nearest import NearestRows
from app.retrieval.subjects import Subjects
from app.retrieval.views import Floats


class Shelf:
    """Rows of one entry lie together, its own phrasings before its passages."""

    def __init__(
        self, entries: Sequence[Entry], phrasings: Sequence[Sequence[Phrasing]], meaning: Floats
    ) -> None:
        """`meaning` holds one row of length 1 per phrasing, in order: [rows, dimensions]."""
        self.entries = tuple(entries)
        self.phrasings = [phrasing for own in phrasings for phrasing in own]
        self.starts = np.cumsum([0, *(len(own) for own in phrasings)])
        self.owners = np.repeat(np.arange(len(self.entries)), np.diff(self.starts))
        self.meaning = meaning
        self.nearest = NearestRows(meaning)

    def index_words(self, letters: LetterStatistics, words: WordStatistics) -> None:
        """Called once, before the first search: statistics may come from another shelf."""
        texts = [phrasing.encoded for phrasing in self.phrasings]
        self.letters: sparse.csr_matrix = letters.rows(texts)
        self.words = WordIndex(words, texts)

    @cached_property
    def subjects(self) -> Subjects:
        return Subjects([entry.subject for entry in self.entries])

    @cached_property
    def asked(self) -> NDArray[np.bool_]:
        """Which rows are questions; the others are passages of answers. [rows]"""
        return np.array([phrasing.kind is not Kind.PASSAGE for phrasing in self.phrasings], dtype=bool)

    @cached_property
    def fair(self) -> NDArray[np.bool_]:
        """Which rows stand for what customers write: neither titles nor passages, and not alone. [rows]"""
        own = np.array(
            [phrasing.kind in (Kind.EXAMPLE, Kind.CONFIRMED) for phrasing in self.phrasings], dtype=bool
        )
        siblings = np.bincount(self.owners[self.asked], minlength=len(self.entries))
        return own & (siblings[self.owners] > 1)

    @cached_property
    def has_passages(self) -> bool:
        return not self.asked.all()

    def best_of_entries(self, row_scores: Floats) -> Floats:
        """The best row of each entry: [..., rows] to [..., entries]."""
        if not self.entries:
            return np.empty((*row_scores.shape[:-1], 0), dtype=np.float32)
        return np.maximum.reduceat(row_scores, self.starts[:-1], axis=-1)

    def rows_of(self, entries: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The rows of these entries, one entry after the other, and where in them each entry starts."""
        counts = np.diff(self.starts)[entries]
        starts = np.cumsum(counts) - counts
        return np.arange(counts.sum()) + np.repeat(self.starts[entries] - starts, counts), starts


def fill(entries: Sequence[Entry]) -> tuple[list[list[Phrasing]], list[str]]:
    """The phrasings of each entry, and all their texts as the encoder reads them."""
    phrasings = [phrasings_of(entry) for entry in entries]
    return phrasings, [phrasing.encoded for own in phrasings for phrasing in own]
