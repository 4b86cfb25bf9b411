"""Which named place or product is meant."""

import pytest

from app.retrieval.subjects import FADING, TURNS, Subjects

NAMES = ["Hotel Bellevue", "Hotel Excelsior", "Hotel Miramar", "Pension Alpenblick"]
BELLEVUE, EXCELSIOR, MIRAMAR, ALPENBLICK = range(4)


def scores(*turns: str) -> list[float]:
    return [float(score) for score in Subjects(NAMES).scores(turns)]


@pytest.mark.parametrize(
    "turn",
    [
        "is there parking at the Hotel Bellevue?",
        "is there parking at the hotel belvue",
        "parking bellvue hotel pls",
        "PARKING AT BELLEVUE",
    ],
)
def test_a_name_is_heard_even_misspelt(turn: str) -> None:
    heard = scores(turn)

    assert heard.index(max(heard)) == BELLEVUE
    assert heard[BELLEVUE] > max(heard[EXCELSIOR:]) + 0.2


def test_a_name_said_in_full_scores_1_now_and_less_with_every_turn_since() -> None:
    assert scores("the Hotel Miramar")[MIRAMAR] == pytest.approx(1.0)
    assert scores("the Hotel Miramar", "yes", "zz")[MIRAMAR] == pytest.approx(FADING**2)


def test_of_two_names_the_latest_is_meant() -> None:
    heard = scores("I was at the Hotel Excelsior", "now I want the Hotel Miramar", "is there a pool?")

    assert heard[MIRAMAR] > heard[EXCELSIOR] > heard[BELLEVUE]


def test_a_word_that_most_names_share_names_none() -> None:
    assert max(scores("which hotel has a pool?")) < 0.4


def test_what_was_said_long_ago_is_forgotten() -> None:
    assert max(scores("the Hotel Miramar", *["zz"] * TURNS)) < 0.1


def test_entries_of_one_subject_score_alike_and_those_about_nothing_in_particular_score_nothing() -> None:
    subjects = Subjects(["Hotel Bellevue", "", "Hotel Bellevue", "Hotel Miramar"])

    heard = subjects.scores(["at the Bellevue"])

    assert subjects.named.tolist() == [True, False, True, True]
    assert heard[0] == heard[2] > heard[3] >= heard[1] == 0


@pytest.mark.parametrize("names", [[], [""], ["", "", ""]])
def test_without_names_nothing_is_meant(names: list[str]) -> None:
    assert Subjects(names).scores(["the Hotel Bellevue"]).tolist() == [0.0] * len(names)


@pytest.mark.parametrize("turns", [[], [""], ["?!", "😡"], ["\ud800"]])
def test_turns_without_words_name_nothing(turns: list[str]) -> None:
    assert Subjects(NAMES).scores(turns).tolist() == [0.0] * len(NAMES)


def test_a_single_name_is_heard_too() -> None:
    heard = Subjects(["Bellevue"]).scores(["the bellevue please"])

    assert heard[0] == pytest.approx(1.0)
