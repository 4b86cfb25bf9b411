"""Whether a text tries to give orders to the machine, and which of its words do.

It is shown to people and never needed for safety: nothing in the house follows orders found in a text.
docs/decisions/hostile-text.md tells how the weights were fitted and what they are worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.checks.order_passages import passages
from app.checks.order_signs import as_numbers, look_at
from app.embeddings.bundled import BundledEncoder
from app.embeddings.encoder import Encoder

FILE = Path(__file__).with_name("order_weights.npz")
NOTICED_FROM = 0.5  # of the probability; set where 1 of 100 short harmless texts would be taken for orders
MOST_ENCODED = 32  # passages of one text: those with signs, and else the first and the last
# The more passages, the more likely that one of them looks odd by chance: so each has to show more.
PENALTY = 0.2  # for each e-fold of passages
PENALTY_OF_SIGNS = 0.6  # where they alone decide
WIDTH = 0.02  # of the Gaussian kernel: exp(-WIDTH * distance squared)
SCALE = 4.0  # of the vectors beside the signs
SHARPNESS = 4.0  # how fast the probability grows with the evidence

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Orders:
    probability: float  # that the text tries to give orders, 0..1
    words: tuple[str, ...]  # its passages that look like it, as they stand there; () when it does not

    @property
    def is_noticed(self) -> bool:
        return self.probability >= NOTICED_FROM


@dataclass(frozen=True)
class Weights:
    """What was fitted: a weight for each sign, and, for use with the encoder, the passages that tell most."""

    signs: Numbers
    signs_bias: float
    examples: Numbers  # [n, signs and vector]: support vectors of a machine with a Gaussian kernel
    pulls: Numbers  # [n]: positive towards an order
    bias: float


NOTHING = Orders(0.0, ())


def orders_in(text: str, *, encoder: Encoder | None = None) -> Orders:
    """Judge a text by its most suspicious passage. Takes any text; linear in its length.

    Better with the bundled encoder; with another, or none, the signs alone decide.
    """
    parts = passages(text)
    if not parts:
        return NOTHING
    numbers = np.stack([as_numbers(look_at(part)) for part in parts])
    known = encoder if isinstance(encoder, BundledEncoder) else None
    chances = _chances(parts, numbers, known)
    strongest = float(chances.max())
    if strongest < NOTICED_FROM:
        return Orders(strongest, ())
    return Orders(
        strongest, tuple(part for part, chance in zip(parts, chances, strict=True) if chance >= NOTICED_FROM)
    )


def _chances(parts: Sequence[str], numbers: Numbers, encoder: BundledEncoder | None) -> Numbers:
    weights = fitted_weights()
    evidence, penalty = evidence_of_signs(weights, numbers), PENALTY_OF_SIGNS
    if encoder is not None:
        read = _worth_encoding(numbers)
        vectors = encoder.encode_whole([parts[place] for place in read])
        evidence, penalty = np.full(len(parts), -np.inf, dtype=np.float32), PENALTY
        evidence[read] = evidence_of_both(weights, numbers[read], vectors)
    surplus = evidence - penalty * np.log(len(parts))
    chances: Numbers = (1 / (1 + np.exp(-np.clip(SHARPNESS * surplus, -30, 30)))).astype(np.float32)
    return chances


def _worth_encoding(numbers: Numbers) -> NDArray[np.intp]:
    """Places of the passages that show signs, and of as many others from both ends as there is room for."""
    count = len(numbers)
    ends = [min(place, count - 1 - place) for place in range(count)]
    order = sorted(range(count), key=lambda place: (-int(numbers[place].sum()), ends[place]))
    return np.array(sorted(order[:MOST_ENCODED]), dtype=np.intp)


def evidence_of_signs(weights: Weights, numbers: Numbers) -> Numbers:
    """For each passage, above 0 where its signs alone speak for an order."""
    found: Numbers = numbers @ weights.signs + np.float32(weights.signs_bias)
    return found


def evidence_of_both(weights: Weights, numbers: Numbers, vectors: Numbers) -> Numbers:
    """For each passage, above 0 where it is nearer to orders than to harmless words that resemble them."""
    beside = side_by_side(numbers, vectors)
    apart = (
        (beside**2).sum(axis=1)[:, np.newaxis]
        + (weights.examples**2).sum(axis=1)
        - 2 * beside @ weights.examples.T
    )
    found: Numbers = np.exp(-WIDTH * np.maximum(apart, 0)) @ weights.pulls + np.float32(weights.bias)
    return found


def side_by_side(numbers: Numbers, vectors: Numbers) -> Numbers:
    return np.hstack([numbers, vectors * SCALE]).astype(np.float32)


@lru_cache(maxsize=1)
def fitted_weights() -> Weights:
    """The weights that scripts/fit_orders.py wrote; vectors are kept in steps of 1/127."""
    with np.load(FILE) as stored:
        return Weights(
            signs=stored["signs"],
            signs_bias=float(stored["signs_bias"]),
            examples=side_by_side(
                stored["example_signs"].astype(np.float32), unpacked(stored["example_vectors"])
            ),
            pulls=stored["pulls"],
            bias=float(stored["bias"]),
        )


def unpacked(vectors: NDArray[np.int8]) -> Numbers:
    found: Numbers = (vectors / np.float32(127)).astype(np.float32)
    return found
