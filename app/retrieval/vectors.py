"""Vectors of texts, kept on disk so that no text is encoded twice by the same encoder."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.embeddings.encoder import Encoder
from app.retrieval.vector_file import VectorFile

KEY_BYTES = 16
ENCODED_AT_ONCE = 1_024  # an import that is cut off keeps what was encoded so far
FARTHEST_FROM_ONE = 1e-3  # of a kept vector's length; farther, it was spoiled on the way


class VectorCache:
    """One file per encoder, one row per text. Several processes and threads may share it."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._file = VectorFile(folder / f"{encoder.model_id}.sqlite3")
        self._encoder = encoder

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), dimensions + inner_dimensions), as `encode_whole` gives them, in order.

        Encodes only what is not kept.

        Raises `EncoderUnavailable` when something must be encoded and cannot be.
        """
        keys = [_key(text) for text in texts]
        unique = dict(zip(keys, texts, strict=True))
        places = {key: place for place, key in enumerate(unique)}
        width = self._encoder.dimensions + self._encoder.inner_dimensions
        vectors = np.zeros((len(unique), width), dtype=np.float32)
        self._read(vectors, places)
        lengths = np.linalg.norm(vectors[:, : self._encoder.dimensions], axis=1)
        missing = np.flatnonzero(~(np.abs(lengths - 1) <= FARTHEST_FROM_ONE))  # so written for NaN too
        self._encode(vectors, missing, list(unique.items()))
        return vectors[[places[key] for key in keys]]

    def _read(self, vectors: NDArray[np.float32], places: dict[bytes, int]) -> None:
        """Fill in the rows that are kept whole; the others stay zero."""
        whole = vectors.shape[1] * vectors.itemsize
        kept = [(key, blob) for key, blob in self._file.read(list(places)) if len(blob) == whole]
        if kept:
            numbers = np.frombuffer(b"".join(blob for _, blob in kept), dtype=np.float32)
            vectors[[places[key] for key, _ in kept]] = numbers.reshape(len(kept), -1)

    def _encode(
        self, vectors: NDArray[np.float32], missing: NDArray[np.intp], unique: list[tuple[bytes, str]]
    ) -> None:
        """Fill in the missing rows, keeping them in portions."""
        for start in range(0, len(missing), ENCODED_AT_ONCE):
            part = missing[start : start + ENCODED_AT_ONCE]
            vectors[part] = self._encoder.encode_whole([unique[place][1] for place in part])
            self._file.write([(unique[place][0], vectors[place].tobytes()) for place in part])


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:KEY_BYTES]
