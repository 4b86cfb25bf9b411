"""A vector unlike the rows must not be compared: the fast way of comparing would read past its end."""

import numpy as np
import pytest

from app.retrieval.nearest import NearestRows
from app.retrieval.views import Floats

ROWS = np.eye(10, 32, dtype=np.float32)


@pytest.mark.parametrize(
    "vector",
    [np.ones(31, dtype=np.float32), np.ones((1, 32), dtype=np.float32), np.ones((32, 10), np.float32)[:, 0]],
    ids=["too short", "a table of one row", "with gaps"],
)
def test_a_vector_of_another_shape_is_refused(vector: Floats) -> None:
    with pytest.raises(ValueError, match=r"does not compare|not C-contiguous"):
        NearestRows(ROWS).cosines(vector)


def test_numbers_of_another_kind_are_refused() -> None:
    with pytest.raises(TypeError, match="float const"):
        NearestRows(ROWS).cosines(np.ones(32, dtype=np.float64))
