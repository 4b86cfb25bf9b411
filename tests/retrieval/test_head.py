"""The classifier learned from phrasings, and its scores of phrasings it was not shown."""

import numpy as np
import pytest
from numpy.typing import NDArray

from app.retrieval.head import even_choice, fit_head, leave_out
from app.retrieval.views import Mix
from tests.retrieval.points import MIXED, clustered_views

OWNERS = np.array([0, 0, 0, 1, 1, 2, 2, 2, 2, 3])  # the last entry has one phrasing only
ENTRIES = 4
MIXES = [MIXED, Mix(meaning=1.0, inner=0.0, letters=0.0, sharpness=1.5)]


def scores_without(mix: Mix, place: int, hidden: NDArray[np.bool_]) -> NDArray[np.float32]:
    """What a head says of one phrasing that was fitted to all but the hidden ones."""
    views = clustered_views(OWNERS)
    shown = np.flatnonzero(~hidden)
    head = fit_head(mix, views.take(shown), OWNERS[shown], ENTRIES)
    scores: NDArray[np.float32] = head.scores(views.take(np.array([place])))[0]
    return scores


@pytest.mark.parametrize("mix", MIXES)
def test_left_out_scores_are_those_of_a_head_fitted_without_the_phrasing(mix: Mix) -> None:
    left_out = leave_out(mix, clustered_views(OWNERS), OWNERS, ENTRIES)

    refitted = [scores_without(mix, place, np.arange(len(OWNERS)) == place) for place in range(len(OWNERS))]
    assert np.allclose(left_out.alone, refitted, atol=1e-3)


@pytest.mark.parametrize("mix", MIXES)
def test_scores_as_a_stranger_are_those_of_a_head_fitted_without_the_entry(mix: Mix) -> None:
    left_out = leave_out(mix, clustered_views(OWNERS), OWNERS, ENTRIES)

    refitted = [scores_without(mix, place, owner == OWNERS) for place, owner in enumerate(OWNERS)]
    assert np.allclose(left_out.whole_entry, refitted, atol=1e-3)


def test_a_stranger_scores_nothing_for_an_entry_without_phrasings() -> None:
    left_out = leave_out(MIXED, clustered_views(OWNERS), OWNERS, ENTRIES)

    own = left_out.whole_entry[np.arange(len(OWNERS)), OWNERS]
    assert own == pytest.approx(0.0, abs=1e-3)


def test_a_phrasing_it_learned_scores_near_1_for_its_entry_and_near_0_for_others() -> None:
    views = clustered_views(OWNERS)

    scores = fit_head(MIXED, views, OWNERS, ENTRIES).scores(views)

    wanted = np.eye(ENTRIES, dtype=np.float32)[OWNERS]
    assert np.abs(scores - wanted).max() < 0.3
    assert np.abs(scores - wanted).mean() < 0.05


def test_a_phrasing_nobody_taught_scores_less_than_one_it_learned() -> None:
    views = clustered_views(OWNERS)

    learned = fit_head(MIXED, views, OWNERS, ENTRIES).scores(views)
    left_out = leave_out(MIXED, views, OWNERS, ENTRIES)

    own = np.arange(len(OWNERS)), OWNERS
    assert (left_out.whole_entry[own] < left_out.alone[own] + 1e-3).all()
    assert (left_out.alone[own] < learned[own]).all()


def test_entries_of_the_same_phrasings_score_alike() -> None:
    twins = np.array([0, 1, 2, 2])
    places = np.array([0, 0, 1, 2])  # the first two points are one text
    views = clustered_views(np.arange(3)).take(places)

    scores = fit_head(MIXED, views, twins, 3).scores(views.take(np.array([0])))[0]

    assert scores[0] == pytest.approx(scores[1], abs=1e-4)
    assert scores[0] == pytest.approx(0.5, abs=0.1)


def test_the_same_phrasings_give_the_same_scores_to_the_last_bit() -> None:
    views = clustered_views(OWNERS)

    one, other = (fit_head(MIXED, views, OWNERS, ENTRIES).scores(views) for _ in range(2))

    assert np.array_equal(one, other)


def test_the_order_of_phrasings_changes_no_score() -> None:
    views = clustered_views(OWNERS)
    shuffled = np.random.default_rng(3).permutation(len(OWNERS))

    one = fit_head(MIXED, views, OWNERS, ENTRIES).scores(views)
    other = fit_head(MIXED, views.take(shuffled), OWNERS[shuffled], ENTRIES).scores(views)

    assert np.allclose(one, other, atol=1e-3)


def test_one_text_scores_as_it_does_among_many() -> None:
    views = clustered_views(OWNERS)
    head = fit_head(MIXED, views, OWNERS, ENTRIES)

    alone = np.concatenate([head.scores(views.take(np.array([place]))) for place in range(len(OWNERS))])

    assert np.allclose(alone, head.scores(views), atol=1e-4)


@pytest.mark.parametrize(("count", "most"), [(0, 5), (3, 5), (5, 5)])
def test_few_places_are_all_chosen(count: int, most: int) -> None:
    assert even_choice(count, most).tolist() == list(range(count))


def test_of_many_places_an_even_choice_is_taken_the_same_each_time() -> None:
    chosen = even_choice(10_000, 1_000)

    assert len(set(chosen.tolist())) == len(chosen) == 1_000
    assert chosen.tolist() == sorted(chosen.tolist()) == even_choice(10_000, 1_000).tolist()
    assert np.histogram(chosen, bins=10, range=(0, 10_000))[0].min() > 70
