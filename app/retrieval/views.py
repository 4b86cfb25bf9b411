"""The ways two texts are compared: by meaning, by the encoder's inner layers, and by their letters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Views:
    """The same texts seen in three ways; each row has length 1, so that products are cosines."""

    meaning: Floats  # [n, dimensions] of the encoder's sentence vectors
    inner: Floats  # [n, inner dimensions], centred on the corpus; no columns where the encoder has none
    letters: sparse.csr_matrix  # [n, slots]

    def __len__(self) -> int:
        return len(self.meaning)

    def take(self, rows: NDArray[np.intp]) -> "Views":
        return Views(self.meaning[rows], self.inner[rows], self.letters[rows])


@dataclass(frozen=True)
class Mix:
    """How much each view counts. The weights sum to 1."""

    meaning: float
    inner: float
    letters: float
    sharpness: float

    def kernel(self, some: Views, others: Views) -> Floats:
        """Similarities of 0..1, [len(some), len(others)]: 1 for the same text."""
        cosines = self.meaning * (some.meaning @ others.meaning.T)
        if self.inner:
            cosines += self.inner * (some.inner @ others.inner.T)
        if self.letters:
            cosines += self.letters * shared_letters(some.letters, others.letters)
        similar: Floats = np.exp(self.sharpness * (cosines - 1)).astype(np.float32)
        return similar


def centred(inner: Floats, centre: Floats) -> Floats:
    """Rows moved so that the corpus lies around zero, of length 1: inner layers all point one way."""
    moved = inner - centre
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Floats = (moved / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def shared_letters(some: sparse.csr_matrix, others: sparse.csr_matrix) -> Floats:
    """Cosines of rows as `LetterStatistics` makes them. [rows of some, rows of others]"""
    if some.shape[0] == 1:  # a search: ten times faster than the product of two sparse matrices
        return np.asarray(others @ some.toarray()[0])[np.newaxis]
    return np.asarray((some @ others.T).todense())
