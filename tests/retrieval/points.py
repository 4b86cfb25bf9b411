"""Made-up texts as the classifier sees them."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from app.retrieval.views import Floats, Mix, Views

MIXED = Mix(meaning=0.5, inner=0.3, letters=0.2, sharpness=2.0)


def clustered_views(owners: NDArray[np.intp], *, spread: float = 0.6, seed: int = 1) -> Views:
    """Texts of one owner lie near each other in all three views, the farther apart the larger the spread."""
    generator = np.random.default_rng(seed)
    meaning, inner = (_around_centres(owners, 12, spread, generator) for _ in range(2))
    letters = sparse.csr_matrix(np.abs(_around_centres(owners, 20, spread, generator)))
    return Views(meaning, inner, letters)


def unit(rows: NDArray[np.floating]) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rows_of_length_1: Floats = (rows / lengths).astype(np.float32)
    return rows_of_length_1


def _around_centres(
    owners: NDArray[np.intp], width: int, spread: float, generator: np.random.Generator
) -> Floats:
    centres = generator.standard_normal((int(owners.max()) + 1, width))
    return unit(centres[owners] + spread * generator.standard_normal((len(owners), width)))
