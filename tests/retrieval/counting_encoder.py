"""An encoder that remembers what it was asked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(eq=False)
class CountingEncoder:
    """Each text has its own direction, fixed by its words."""

    model_id: str = "counting"
    dimensions: int = 8
    inner_dimensions: int = 0
    asked: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        vectors = np.array([self._direction(text) for text in texts], dtype=np.float32)
        vectors = vectors.reshape(len(texts), self.dimensions)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def encode_whole(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode(texts)

    def _direction(self, text: str) -> NDArray[np.float32]:
        seed = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8]
        return np.random.default_rng(int.from_bytes(seed)).standard_normal(self.dimensions).astype(np.float32)
