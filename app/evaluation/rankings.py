"""What a matcher must do to be measured, and the encoder's memory that all of them share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.embeddings.encoder import Encoder

LONGEST_RANKING = 50  # entries; whatever comes later counts as not found


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
        self.inner_dimensions = encoder.inner_dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_whole(texts)[:, : self.dimensions]

    def encode_whole(self, texts: Sequence[str]) -> NDArray[np.float32]:
        unknown = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(unknown, self.encoder.encode_whole(unknown), strict=True))
        width = self.dimensions + self.inner_dimensions
        return np.array([self._known[text] for text in texts], dtype=np.float32).reshape(-1, width)
