"""How the kinds of evidence are weighed is chosen by the phrasings themselves, and not by chance."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from app.retrieval.scoring import LEAST_PROBES, MIXES, Learned, evidence_of, learn, plain_scores
from app.retrieval.views import Floats, Views
from tests.retrieval.points import clustered_views, unit

ENTRIES, EXAMPLES = 5, 8
OWNERS = np.repeat(np.arange(ENTRIES), EXAMPLES)
NO_INNER = np.empty((len(OWNERS), 0), dtype=np.float32)
SHAPELESS = clustered_views(np.arange(len(OWNERS)), seed=4)  # nothing in common within an entry
CLEAR = clustered_views(OWNERS, spread=0.2)


def learned_from(
    views: Views, owners: NDArray[np.intp] = OWNERS, fair: NDArray[np.bool_] | None = None
) -> Learned | None:
    count = len(owners)
    is_fair = np.ones(count, dtype=bool) if fair is None else fair
    return learn(views, np.arange(count), owners, is_fair, int(owners.max()) + 1)


def mix_chosen_for(views: Views) -> int:
    learned = learned_from(views)
    assert learned is not None
    return MIXES.index(learned.head.mix)


def test_where_all_views_tell_entries_apart_the_most_trusted_mix_is_kept() -> None:
    assert mix_chosen_for(CLEAR) == 0


def test_where_only_inner_layers_tell_entries_apart_they_are_mixed_in() -> None:
    chosen = mix_chosen_for(Views(SHAPELESS.meaning, CLEAR.inner, SHAPELESS.letters))

    assert MIXES[chosen].inner > 0


def test_an_encoder_without_inner_layers_gets_a_mix_without_them() -> None:
    chosen = mix_chosen_for(Views(SHAPELESS.meaning, NO_INNER, CLEAR.letters))

    assert MIXES[chosen].inner == 0


def misled_by_letters(count: int) -> Views:
    """So many phrasings lie between two entries, nearer to their own by meaning, to the other by letters."""
    centres = np.eye(ENTRIES, dtype=np.float32)
    meaning, letters = centres[OWNERS], centres[OWNERS]
    places = np.arange(count) * EXAMPLES % len(OWNERS) + np.arange(count) // ENTRIES
    others = (OWNERS[places] + 1) % ENTRIES
    meaning[places] = unit(1.2 * centres[OWNERS[places]] + centres[others])
    letters[places] = centres[others]
    return Views(meaning, NO_INNER, sparse.csr_matrix(letters))


@pytest.mark.parametrize(("misled", "chosen"), [(0, 0), (1, 0), (5, 1)])
def test_a_mix_is_changed_only_when_another_is_better_by_more_than_chance(misled: int, chosen: int) -> None:
    assert mix_chosen_for(misled_by_letters(misled)) == chosen


def test_what_was_left_out_is_told_with_its_rows() -> None:
    rows = np.arange(len(OWNERS)) * 3 + 1
    learned = learn(CLEAR, rows, OWNERS, np.ones(len(OWNERS), dtype=bool), ENTRIES)

    assert learned is not None
    assert learned.sample.tolist() == rows.tolist()
    assert (learned.left_out.alone.argmax(axis=1) == OWNERS).all()


@pytest.mark.parametrize("fair", [0, LEAST_PROBES - 1])
def test_with_too_few_examples_nothing_is_learned(fair: int) -> None:
    assert learned_from(CLEAR, fair=np.arange(len(OWNERS)) < fair) is None
    assert learned_from(CLEAR, fair=np.arange(len(OWNERS)) < LEAST_PROBES) is not None


def test_of_a_single_entry_nothing_is_learned() -> None:
    assert learned_from(CLEAR, owners=np.zeros(len(OWNERS), dtype=np.intp)) is None


def floats(*numbers: float) -> Floats:
    return np.array(numbers, dtype=np.float32)


def test_of_short_answers_shared_words_count_beside_the_nearest_phrasing() -> None:
    scores = plain_scores(floats(0.5, 0.5, 0.6), floats(1.0, 0.0, 0.0), None)

    assert scores == pytest.approx([0.6, 0.5, 0.6])


def test_of_long_answers_words_count_against_the_best_text_and_titles_count_too() -> None:
    scores = plain_scores(floats(0.5, 0.5, 0.5), floats(0.2, 0.1, 0.0), floats(0.0, 0.0, 1.0))

    assert scores == pytest.approx([0.65, 0.575, 0.6])
    assert np.isfinite(plain_scores(floats(0.5), floats(0.0), floats(0.0))).all()


def test_more_of_any_evidence_makes_an_entry_surer() -> None:
    low, high = floats(0.2), floats(0.4)
    for learned in (True, False):
        least = evidence_of(low, low, low, learned=learned)
        assert evidence_of(high, low, low, learned=learned) > least
        assert evidence_of(low, low, high, learned=learned) > least
    assert evidence_of(low, high, low, learned=True) > evidence_of(low, low, low, learned=True)
