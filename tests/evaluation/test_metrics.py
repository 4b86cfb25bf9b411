"""Each figure on an example small enough to work out by hand."""

import pytest

from app.evaluation.metrics import (
    auroc,
    expected_calibration_error,
    hindsight_best_accuracy,
    mean_reciprocal_rank,
    share,
    wilson_interval,
)


def test_reciprocal_ranks_are_averaged_and_what_is_not_found_counts_nothing() -> None:
    assert mean_reciprocal_rank([1, 2, 4, None]) == (1 + 1 / 2 + 1 / 4 + 0) / 4


def test_auroc_counts_pairs_in_the_right_order_and_half_of_the_ties() -> None:
    inside = [0.1, 0.4, 0.4]
    outside = [0.4, 0.9]

    # 0.4 is above 0.1 and ties twice: 1 + 0.5 + 0.5; 0.9 is above all three.
    assert auroc(inside, outside) == (2 + 3) / 6


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [([0.1, 0.2], [0.3], 1.0), ([0.3], [0.1, 0.2], 0.0), ([0.5, 0.5], [0.5], 0.5)],
)
def test_auroc_at_its_ends_and_its_middle(inside: list[float], outside: list[float], expected: float) -> None:
    assert auroc(inside, outside) == expected


def test_calibration_error_weighs_each_bin_by_its_cases() -> None:
    probabilities = [0.95, 0.97, 0.99, 0.30]
    rights = [True, True, False, False]

    # The top bin promises 0.97 and keeps 2/3 in three cases; the one of 0.30 keeps 0 in one case.
    expected = (3 * (0.97 - 2 / 3) + 1 * 0.30) / 4
    assert expected_calibration_error(probabilities, rights) == pytest.approx(expected)


def test_probabilities_of_one_bin_balance_out_and_those_of_two_do_not() -> None:
    # 1/15 = 0.0667 is the first edge: 0.068 and 0.13 share the second bin, 0.06 lies in the first.
    assert expected_calibration_error([0.068, 0.13], [False, True]) == pytest.approx((1 - 0.198) / 2)
    assert expected_calibration_error([0.06, 0.13], [False, True]) == pytest.approx((0.06 + 0.87) / 2)


def test_an_edge_belongs_to_the_bin_below_it() -> None:
    assert expected_calibration_error([0.15, 0.2], [False, True]) == pytest.approx((1 - 0.35) / 2)


def test_probabilities_of_nought_and_one_have_a_bin() -> None:
    assert expected_calibration_error([0.0, 1.0], [False, True]) == 0.0


def test_the_best_threshold_in_hindsight_answers_the_sure_and_leaves_the_rest() -> None:
    probabilities = [0.9, 0.8, 0.7, 0.2]
    rights = [True, False, True, False]
    in_scope = [True, False, True, True]

    # From 0.7 on: right, wrong, right, lost: 2 of 4. From 0.9 on: right, rightly none, lost, lost.
    assert hindsight_best_accuracy(probabilities, rights, in_scope) == 2 / 4
    assert hindsight_best_accuracy([0.9, 0.8, 0.1], [True, True, False], [True, True, False]) == 1.0


def test_in_hindsight_answering_nothing_may_be_best() -> None:
    assert hindsight_best_accuracy([0.9, 0.8, 0.3], [False, False, True], [False, False, True]) == 2 / 3


def test_one_threshold_cannot_part_equal_probabilities() -> None:
    assert hindsight_best_accuracy([0.5, 0.5], [True, False], [True, False]) == 1 / 2


def test_wilsons_interval_is_the_published_one() -> None:
    # 8 of 10: 0.490 to 0.943; 0 of 10: 0 to 0.278 (Newcombe 1998, method 3)
    assert wilson_interval(0.8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson_interval(0.0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)


def test_what_cannot_be_counted_is_none() -> None:
    assert share([]) is None
    assert mean_reciprocal_rank([]) is None
    assert auroc([], [0.1]) is None
    assert auroc([0.1], []) is None
    assert expected_calibration_error([], []) is None
    assert hindsight_best_accuracy([], [], []) is None
    assert wilson_interval(None, 0) is None
