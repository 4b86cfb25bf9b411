"""What a FAQ says about itself when its own phrasings are asked as if they were new."""

import numpy as np
import pytest

from app.embeddings.encoder import get_encoder
from app.retrieval.corpus import Entry
from app.retrieval.lexical import LetterStatistics, WordStatistics
from app.retrieval.probing import AS_IT_IS, USUAL_PASSAGES, USUAL_PLAIN, Calibrated, calibrate
from app.retrieval.shelf import Shelf, fill
from tests.retrieval.faq import FAQ, REFUNDS, TAUGHT, entries_of, entry_of, make_index

STRANGE = [
    f"{feeling} {thing}"
    for feeling in ("I love your", "tell me a joke about", "never again will I forgive the", "paint me a")
    for thing in ("seagulls", "lighthouse", "hovercraft", "moon base", "captain's beard", "sandcastles")
]


def shelf_of(entries: list[Entry]) -> Shelf:
    phrasings, texts = fill(entries)
    shelf = Shelf(entries, phrasings, get_encoder().encode(texts))
    shelf.index_words(LetterStatistics(texts), WordStatistics(texts))
    return shelf


def calibrated(entries: list[Entry], strangers: list[str] | None = None) -> Calibrated:
    """Without a classifier."""
    everyone = [*entries, entry_of("", strangers)] if strangers else entries
    return calibrate(shelf_of(everyone), None, strangers=len(entries) if strangers else None)


@pytest.mark.parametrize("entries", [[], entries_of(FAQ)], ids=["empty", "few examples"])
def test_a_faq_that_says_little_gets_the_usual_curve(entries: list[Entry]) -> None:
    assert calibrated(entries) == Calibrated(USUAL_PLAIN, 0.0, AS_IT_IS)


def test_titles_are_not_what_customers_write_and_tell_nothing() -> None:
    titles = [Entry(f"topic/{number}", f"How do I do task number {number}?") for number in range(60)]

    assert calibrated(titles) == Calibrated(USUAL_PLAIN, 0.0, AS_IT_IS)


def test_long_answers_without_examples_get_a_curve_of_their_own() -> None:
    articles = [
        Entry(f"topic/{number}", f"Task {number}", body="do this then that " * 40) for number in range(9)
    ]

    assert calibrated(articles) == Calibrated(USUAL_PASSAGES, 0.0, AS_IT_IS)


def test_a_faq_with_examples_gets_a_curve_of_its_own() -> None:
    found = calibrated(entries_of(TAUGHT))

    assert found.curve != USUAL_PLAIN
    assert found.curve.slope > 0
    assert 0.2 < found.curve.middle < 1.2


def test_examples_that_are_nearly_the_same_make_the_faq_ask_for_more() -> None:
    alike = {
        key: [phrasings[0], *(f"{word}, {phrasings[0]}" for word in ("hello", "hi", "please", "hey"))]
        for key, phrasings in FAQ.items()
    }

    assert calibrated(entries_of(alike)).curve.middle > calibrated(entries_of(TAUGHT)).curve.middle + 0.1


def test_refused_messages_near_the_faq_make_it_ask_for_more() -> None:
    entries = entries_of(TAUGHT)
    near = [f"{phrasing} on the moon" for phrasings in FAQ.values() for phrasing in phrasings]

    assert calibrated(entries, near).curve.middle > calibrated(entries).curve.middle + 0.05


def test_refused_messages_are_no_entry_that_could_be_right() -> None:
    entries = entries_of(TAUGHT)

    found = calibrated(entries, STRANGE)

    assert found.undecided == pytest.approx(calibrated(entries).undecided, rel=0.05)
    assert found.curve.probability(0.0) < 0.05


def test_refused_messages_alone_are_enough_to_learn_a_curve_from() -> None:
    titles = [Entry("wifi", "Is there Wi-Fi?"), Entry("dog", "May my dog come along?")]

    found = calibrated(titles, STRANGE)

    assert found.undecided == 0.0
    assert found.newcomer == AS_IT_IS
    assert np.isfinite([found.curve.slope, found.curve.middle]).all()


def test_a_phrasing_that_is_asked_as_if_new_does_not_hear_itself() -> None:
    strange = [chr(0x4E00 + number) * 3 for number in range(36)]  # no two share a letter
    entries = [entry_of(str(start), strange[start : start + 3]) for start in range(0, 36, 3)]
    phrasings, texts = fill(entries)
    shelf = Shelf(entries, phrasings, np.eye(36, dtype=np.float32))
    shelf.index_words(LetterStatistics(texts), WordStatistics(texts))

    found = calibrate(shelf, None, strangers=None)

    assert found.curve.probability(0.3) < 0.2  # had it heard itself, so much evidence would always be right


def test_examples_that_differ_in_capitals_only_say_nothing_of_newcomers() -> None:
    loud = {
        key: [phrasings[0], *(turn(phrasings[0]) for turn in (str.upper, str.lower, str.title))]
        for key, phrasings in FAQ.items()
    }

    assert calibrated(entries_of(loud)).newcomer == AS_IT_IS


def test_two_entries_of_the_same_phrasings_are_undecided_farther_apart_than_clearly_other_ones() -> None:
    pair = {"refund/one": REFUNDS, "refund/two": ["How can I get a refund?", *REFUNDS[1:]]}

    assert 0 <= make_index(TAUGHT).undecided < 0.15 < make_index(TAUGHT | pair).undecided
