"""The threshold comes from the FAQ alone."""

import numpy as np
import pytest

from app.retrieval.calibration import UNCALIBRATED, LeftOut, fit_threshold
from app.retrieval.index import DENSE_WEIGHT
from tests.retrieval.faq import FAQ, make_index


def test_a_gap_between_right_and_wrong_is_cut_inside() -> None:
    probes = [LeftOut(right=0.8 + step / 1000, wrong=0.3 + step / 1000) for step in range(50)]

    threshold = fit_threshold(probes, entries=10)

    assert 0.349 < threshold <= 0.8


def test_where_they_overlap_turning_away_weighs_against_half_the_wrong_answers() -> None:
    places = np.linspace(0, 1, 1001)
    probes = [LeftOut(right=float(place), wrong=float(place)) for place in places]

    assert fit_threshold(probes, entries=10) == pytest.approx(1 / 3, abs=0.002)  # t = (1 - t) / 2


def test_entries_with_one_phrasing_count_only_as_strangers() -> None:
    probes = [LeftOut(right=0.7, wrong=0.4)] * 30
    lonely = [LeftOut(right=-1.0, wrong=0.4)] * 30

    assert fit_threshold([*probes, *lonely], entries=10) == fit_threshold(probes, entries=10) == 0.7


@pytest.mark.parametrize(("entries", "probes"), [(4, 100), (10, 19), (0, 0)])
def test_too_little_to_learn_from_gives_the_cautious_one(entries: int, probes: int) -> None:
    assert fit_threshold([LeftOut(right=0.9, wrong=0.1)] * probes, entries=entries) == UNCALIBRATED


def test_the_threshold_moves_with_the_faq() -> None:
    repeated = {
        entry_id: [phrasings[0], f"{phrasings[0]} please", f"hello, {phrasings[0]}"]
        for entry_id, phrasings in FAQ.items()
    }

    assert make_index(repeated).threshold > make_index().threshold + 0.1
    assert 0 < make_index().threshold < DENSE_WEIGHT


def test_a_phrasing_is_asked_without_itself_and_without_its_entry() -> None:
    twins = {entry_id: [phrasings[0], f"{phrasings[0]} please"] for entry_id, phrasings in FAQ.items()}

    probes = make_index(twins).left_out()

    assert len(probes) == 2 * len(FAQ)
    assert all(probe.wrong < probe.right < 0.95 for probe in probes)
