"""What the bundled encoder adds: how near a sentence lies to those of its sources, and how they differ.

Weights were fitted to its numbers, so no other encoder can stand in: only it shows its inner layers.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.checks.support.features import Features
from app.checks.support.sources import Sources, read_sources
from app.checks.support.words import Words
from app.embeddings.encoder import Encoder

Array = NDArray[np.float32]

DIMENSIONS = 384  # of either output of the bundled encoder
NAMES = ("cosine", "cosine_second", "inner_cosine", "in_meant", "covers_meant", "turned_meant")


@dataclass(frozen=True)
class Meanings:
    """The vectors of the sources' sentences, and of all of them as one text."""

    outer: Array  # (sentences, dimensions)
    inner: Array  # (sentences, dimensions)
    whole: Array  # both outputs, one after the other


def can_read(encoder: Encoder) -> bool:
    """Whether these are vectors that the weights were fitted to."""
    return encoder.dimensions == encoder.inner_dimensions == DIMENSIONS


@lru_cache(maxsize=256)
def read_meanings(encoder: Encoder, texts: tuple[str, ...]) -> Meanings:
    sentences = [one.text for one in read_sources(texts).sentences]
    vectors = encoder.encode_whole([*sentences, " ".join(texts)])
    return Meanings(vectors[:-1, :DIMENSIONS], vectors[:-1, DIMENSIONS:], vectors[-1])


def cosines(vector: Array, meanings: Meanings) -> tuple[Array, Array]:
    """Of one sentence against each of the sources', by either output."""
    return meanings.outer @ vector[:DIMENSIONS], meanings.inner @ vector[DIMENSIONS:]


def meaning_features(sentence: Words, vector: Array, sources: Sources, meanings: Meanings) -> Features:
    outer, inner = cosines(vector, meanings)
    answers = list(sources.answers)
    meant = sources.words[answers[int((outer + inner)[answers].argmax())]]
    shared = len(sentence.about & meant.about)
    ordered = np.sort(outer)[::-1]
    values = (
        ordered[0],
        ordered[min(1, len(ordered) - 1)],
        inner.max(),
        shared / max(1, len(sentence.about)),
        shared / max(1, len(meant.about)),
        float((sentence.negations > 0) != (meant.negations > 0)),
    )
    return dict(zip(NAMES, map(float, values), strict=True))


def difference(vector: Array, meanings: Meanings) -> NDArray[np.float64]:
    """How a text and all sources together differ and agree in every dimension, shape (4 * 384,)."""
    apart, together = np.abs(vector - meanings.whole), vector * meanings.whole
    return np.concatenate([apart, together]).astype(np.float64)
