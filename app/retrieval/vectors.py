"""Vectors of a version's phrasings, kept on disk so that a restart encodes nothing anew."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.embeddings.encoder import Encoder


class VectorCache:
    """One .npy file per list of phrasings, in a folder of its own for each encoder.

    Files are put in place whole, so that several processes may share the folder; a broken one is made again.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder = folder / encoder.model_id
        self._encoder = encoder

    def vectors(self, phrasings: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(phrasings), dimensions), each row of length 1."""
        file = self._folder / f"{_key(phrasings)}.npy"
        kept = self._read(file, len(phrasings))
        if kept is not None:
            return kept
        made = self._encoder.encode(phrasings)
        self._write(file, made)
        return made

    def _read(self, file: Path, rows: int) -> NDArray[np.float32] | None:
        try:
            kept: NDArray[np.float32] = np.load(file, allow_pickle=False)
        except (OSError, ValueError, EOFError):  # absent, or cut short by a full disk
            return None
        is_whole = kept.shape == (rows, self._encoder.dimensions) and kept.dtype == np.float32
        return kept if is_whole else None

    def _write(self, file: Path, vectors: NDArray[np.float32]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}.new")
        with draft.open("wb") as handle:
            np.save(handle, vectors, allow_pickle=False)
        draft.replace(file)


def _key(phrasings: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(list(phrasings)).encode()).hexdigest()[:32]
