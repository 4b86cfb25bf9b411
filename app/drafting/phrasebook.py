"""Choosing an approved opening or closing: the one whose exemplars are nearest, when it is clearly so."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.drafting.voice import Phrase, Voice

# Cosines, set on the 42 messages of the demo's inbox: at 0.48, 13 get an opening and one of these is off the
# point; at 0.40, 21 and five. A neutral opening is never wrong.
FLOOR = 0.48
MARGIN = 0.05  # ahead of the next phrase; closer than that, either could be wrong


class Encoder(Protocol):
    def __hash__(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shape (len(texts), dimensions)."""


@dataclass(frozen=True)
class Choices:
    """Phrases with the vectors of their exemplars."""

    neutral: Phrase
    phrases: tuple[Phrase, ...]
    vectors: tuple[NDArray[np.float32], ...]  # for each phrase, shape (exemplars, dimensions)

    def nearest(self, message: NDArray[np.float32]) -> Phrase:
        """The phrase whose best exemplar is above the floor and ahead by the margin, else the neutral one."""
        scores = [float((vectors @ message).max()) for vectors in self.vectors]
        ranked = sorted(zip(scores, self.phrases, strict=True), key=lambda pair: -pair[0])
        if not ranked or ranked[0][0] < FLOOR:
            return self.neutral
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
            return self.neutral
        return ranked[0][1]


@dataclass(frozen=True)
class Phrasebook:
    openings: Choices
    closings: Choices


@lru_cache(maxsize=16)
def phrasebook(voice: Voice, encoder: Encoder) -> Phrasebook:
    """The voice's phrases with their exemplars encoded, once per process."""
    return Phrasebook(_choices(voice.openings, encoder), _choices(voice.closings, encoder))


def _choices(phrases: tuple[Phrase, ...], encoder: Encoder) -> Choices:
    speaking = tuple(phrase for phrase in phrases if not phrase.is_neutral)
    neutral = next(phrase for phrase in phrases if phrase.is_neutral)
    return Choices(neutral, speaking, tuple(encoder.encode(phrase.exemplars) for phrase in speaking))
