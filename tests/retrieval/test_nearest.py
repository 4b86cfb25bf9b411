"""The nearest rows: all of them compared while they are few, clusters of them beyond."""

import numpy as np
import pytest

from app.retrieval.nearest import SOUGHT, WANTED_RECALL, NearestRows
from app.retrieval.views import Floats
from tests.retrieval.points import unit

ROWS, WIDTH = 6_000, 32


@pytest.fixture(scope="module")
def rows() -> Floats:
    """Texts of many topics: 300 loose clusters."""
    generator = np.random.default_rng(5)
    centres = generator.standard_normal((300, WIDTH))
    return unit(centres[np.arange(ROWS) % 300] + 0.7 * generator.standard_normal((ROWS, WIDTH)))


@pytest.fixture(scope="module")
def approximate(rows: Floats) -> NearestRows:
    return NearestRows(rows, most_exact=ROWS - 1)


def asked(rows: Floats, count: int) -> Floats:
    """Vectors near rows, not among them."""
    generator = np.random.default_rng(6)
    places = generator.choice(len(rows), count, replace=False)
    return unit(rows[places] + 0.05 * generator.standard_normal((count, rows.shape[1])))


def test_few_rows_are_all_compared(rows: Floats) -> None:
    exact = NearestRows(rows, most_exact=ROWS)

    assert exact.recall == 1.0
    for vector in asked(rows, 3):
        assert np.allclose(exact.cosines(vector), rows @ vector, atol=1e-6)


def test_many_rows_are_searched_by_clusters_and_nearly_all_neighbours_found(
    rows: Floats, approximate: NearestRows
) -> None:
    shares = []
    for vector in asked(rows, 300):
        true = np.argsort(-(rows @ vector))[:10]
        found = np.argsort(-approximate.cosines(vector))[:10]
        shares.append(len({*true} & {*found}) / 10)

    assert np.mean(shares) >= WANTED_RECALL - 0.01
    assert WANTED_RECALL <= approximate.recall <= 1.0
    assert np.mean(shares) == pytest.approx(approximate.recall, abs=0.02)


def test_what_a_search_by_clusters_returns_is_true_and_the_rest_counts_as_unlike(
    rows: Floats, approximate: NearestRows
) -> None:
    (vector,) = asked(rows, 1)

    cosines = approximate.cosines(vector)

    found = np.flatnonzero(cosines > -1)
    assert 10 <= len(found) <= SOUGHT
    assert (cosines[cosines <= -1] == -1).all()
    assert np.allclose(cosines[found], rows[found] @ vector, atol=1e-5)


def test_where_rows_form_no_clusters_more_of_them_are_looked_at_until_the_recall_is_reached() -> None:
    generator = np.random.default_rng(8)
    shapeless = unit(generator.standard_normal((2_000, 24)))  # no clusters to be found: the hardest case

    assert NearestRows(shapeless, most_exact=0).recall >= WANTED_RECALL


def test_no_rows_have_no_cosines() -> None:
    nearest = NearestRows(np.empty((0, WIDTH), dtype=np.float32))

    assert nearest.recall == 1.0
    assert nearest.cosines(np.ones(WIDTH, dtype=np.float32)).shape == (0,)
