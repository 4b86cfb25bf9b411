"""From evidence to probability: learned from probes, and from what is usual where these are few."""

import numpy as np
import pytest

from app.retrieval.calibration import Curve, Probes, fit_curve

USUAL = Curve(slope=8.0, middle=0.75)


def drawn_from(curve: Curve, count: int, *, weight: float = 1.0) -> Probes:
    generator = np.random.default_rng(7)
    evidence = generator.uniform(curve.middle - 0.6, curve.middle + 0.6, count).astype(np.float32)
    chances = np.array([curve.probability(float(one)) for one in evidence])
    return Probes(evidence, generator.random(count) < chances, np.full(count, weight, dtype=np.float32))


def probes_at(*places: tuple[float, bool], times: int = 1, weight: float = 1.0) -> Probes:
    evidence = np.array([place for place, _ in places] * times, dtype=np.float32)
    right = np.array([is_right for _, is_right in places] * times, dtype=bool)
    return Probes(evidence, right, np.full(len(evidence), weight, dtype=np.float32))


@pytest.mark.parametrize("true", [Curve(15.0, 0.4), Curve(4.0, 0.6), Curve(8.0, 1.2)])
def test_many_probes_show_their_own_curve(true: Curve) -> None:
    found = fit_curve([drawn_from(true, 20_000)], USUAL)

    assert found.slope == pytest.approx(true.slope, rel=0.08)
    assert found.middle == pytest.approx(true.middle, abs=0.02)


def test_without_probes_the_usual_curve_stands() -> None:
    found = fit_curve([], USUAL)

    assert found.slope == pytest.approx(USUAL.slope, abs=1e-4)
    assert found.middle == pytest.approx(USUAL.middle, abs=1e-4)


def test_few_probes_hardly_move_the_usual_curve() -> None:
    few, many = (fit_curve([drawn_from(Curve(15.0, 0.4), count)], USUAL) for count in (3, 3_000))

    assert abs(few.middle - USUAL.middle) < 0.1 < 0.3 < abs(many.middle - USUAL.middle)


def test_a_probe_that_weighs_more_moves_the_curve_more() -> None:
    one = probes_at((0.9, False))
    heavy = probes_at((0.9, False), weight=3.0)

    assert USUAL.middle < fit_curve([one], USUAL).middle < fit_curve([heavy], USUAL).middle
    assert fit_curve([heavy], USUAL).middle == pytest.approx(fit_curve([one] * 3, USUAL).middle, abs=1e-5)


def test_strangers_raise_what_is_asked_of_evidence() -> None:
    own = drawn_from(USUAL, 500)
    strangers = probes_at((0.8, False), (0.9, False), (1.0, False), times=50)

    without, among = fit_curve([own], USUAL), fit_curve([own, strangers], USUAL)

    assert among.middle > without.middle + 0.05
    assert among.probability(0.9) < without.probability(0.9) - 0.1


@pytest.mark.parametrize("weight", [1.0, 1e3, 1e6])
def test_probes_that_are_cleanly_parted_give_a_finite_curve(weight: float) -> None:
    found = fit_curve([probes_at((0.2, False), (0.9, True), times=200, weight=weight)], USUAL)

    assert 0 < found.slope < 1e4
    assert 0.2 < found.middle < 0.9
    assert found.probability(0.2) < 0.05 < 0.95 < found.probability(0.9)


@pytest.mark.parametrize("right", [True, False])
def test_probes_that_are_all_alike_give_a_finite_curve(right: bool) -> None:
    found = fit_curve([probes_at((0.7, right), times=1_000)], USUAL)

    assert np.isfinite([found.slope, found.middle]).all()
    assert (found.probability(0.7) > 0.9) is right


def test_more_evidence_never_speaks_against_an_entry() -> None:
    found = fit_curve([probes_at((0.2, True), (0.9, False), (0.5, True), (0.5, False), times=500)], USUAL)

    assert found.slope > 0
    assert 0.35 < found.probability(0.5) < 0.65  # half of them were right


def test_probability_lies_between_0_and_1_however_strong_the_evidence() -> None:
    curve = Curve(slope=1e6, middle=0.5)

    assert 0 <= curve.probability(-1e9) < 1e-9
    assert 1 - 1e-9 < curve.probability(1e9) <= 1
    assert curve.probability(0.5) == 0.5
