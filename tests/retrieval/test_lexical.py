"""Shared words and shared letters, scaled."""

import pytest

from app.retrieval.lexical import WordIndex, WordStatistics, words
from app.retrieval.sentences import MOST_SENTENCES, sentences

TEXTS = ["bike on the boat", "bike on the train", "reset the password"]


def index_words(texts: list[str]) -> WordIndex:
    return WordIndex(WordStatistics(texts), texts)


def test_rarer_shared_words_count_more() -> None:
    boat, train, password = index_words(TEXTS).scores("is the boat late")

    assert boat > password > 0
    assert train > 0


def test_scores_lie_between_0_and_1_and_sink_with_strange_words() -> None:
    index = index_words(TEXTS)

    alone = index.scores("boat")[0]
    assert 0 < index.scores("boat submarine zeppelin")[0] < alone <= 1


@pytest.mark.parametrize("text", ["", "zeppelin", "!!", "😡"])
def test_nothing_shared_scores_nothing(text: str) -> None:
    assert index_words(TEXTS).scores(text).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("texts", [[], ["!!", "😡"]])
def test_texts_without_words_are_indexed_too(texts: list[str]) -> None:
    assert index_words(texts).scores("boat").tolist() == [0.0] * len(texts)


def test_words_are_those_of_any_script() -> None:
    assert words("Straße, BOAT-trip: الى 7:42!") == ["strasse", "boat", "trip", "الى", "7", "42"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("How late is my train?", []),
        ("Hi! How late is my train? Thanks.", ["How late is my train?"]),
        ("Dear team,\n\nhow late is my train\nRegards", ["how late is my train"]),
        (
            "Two things: 1) can my bike come along 2) is there any wifi",
            ["1) can my bike come along", "2) is there any wifi"],
        ),
        ("The 8.15 costs £3.50 today. I will take it.", ["The 8.15 costs £3.50 today.", "I will take it."]),
    ],
)
def test_sentences_of_more_than_three_words_stand_alone(text: str, found: list[str]) -> None:
    assert sentences(text) == found


def test_only_the_first_dozen_sentences_are_looked_at() -> None:
    assert len(sentences("This one has five words. " * 100)) == MOST_SENTENCES
