"""Shared words and shared letters, scaled."""

import os
import subprocess
import sys

import bm25s
import numpy as np
import pytest

from app.retrieval.lexical import (
    LENGTH_WEIGHT,
    SATURATION,
    LetterStatistics,
    WordIndex,
    WordStatistics,
    words,
)
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


def test_scores_are_those_of_bm25_over_the_most_that_the_words_could_reach() -> None:
    texts = [
        *TEXTS,
        "the bike, the bike, my bike",
        "lost password or lost bike on the late boat to the isles",
    ]
    asked = ["bike", "boat", "the", "password"]
    lucene = bm25s.BM25(method="lucene", k1=SATURATION, b=LENGTH_WEIGHT)
    lucene.index([words(text) for text in texts], show_progress=False)
    statistics = WordStatistics(texts)

    found = WordIndex(statistics, texts).scores(" ".join(asked))

    holding = np.array([sum(word in words(text) for text in texts) for word in asked])
    bound = np.log1p((len(texts) - holding + 0.5) / (holding + 0.5)).sum()
    assert found * bound == pytest.approx(lucene.get_scores(asked), abs=1e-5)


def test_a_text_added_later_is_weighed_as_those_before_it() -> None:
    statistics = WordStatistics(TEXTS)
    together = WordIndex(statistics, [*TEXTS, "boat late"])

    later = WordIndex(statistics, ["boat late"])

    for asked in ("is the boat late", "bike", "late password"):
        assert later.scores(asked)[0] == together.scores(asked)[3]
        assert together.scores(asked)[:3].tolist() == index_words(TEXTS).scores(asked).tolist()


def cosine(statistics: LetterStatistics, one: str, other: str) -> float:
    return float((statistics.rows([one]) @ statistics.rows([other]).T).toarray()[0, 0])


@pytest.mark.parametrize(
    "text", ["bike", "where is my boat", "متى يصل القطار", "자전거 on 船", "boat " * 500]
)
def test_letters_of_a_text_are_its_own(text: str) -> None:
    assert cosine(LetterStatistics(TEXTS), text, text) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("asked", "meant"), [("pasword", "password"), ("passwrod", "password"), ("bikes", "bike")]
)
def test_a_misspelt_word_is_nearer_to_what_is_meant_than_to_others(asked: str, meant: str) -> None:
    statistics = LetterStatistics(TEXTS)

    near = cosine(statistics, asked, meant)
    assert near > 0.3
    assert near > 2 * max(cosine(statistics, asked, other) for other in ("boat", "train", "reset"))


def test_letters_that_few_texts_share_count_more() -> None:
    statistics = LetterStatistics(["hotel one", "hotel two", "hotel three", "hotel pizza"])

    assert cosine(statistics, "hotel pizza", "pizza") > 1.2 * cosine(statistics, "hotel pizza", "hotel")


@pytest.mark.parametrize("text", ["", "?!", "😡🚢", "\ud800", "\0"])
def test_a_text_without_words_shares_no_letters(text: str) -> None:
    rows = LetterStatistics(TEXTS).rows([text, "boat"])

    assert rows.shape[0] == 2
    assert rows[0].nnz == 0 < rows[1].nnz
    assert np.isfinite(rows.data).all()


def test_no_texts_have_no_letters() -> None:
    assert LetterStatistics([]).rows([]).shape[0] == 0
    assert cosine(LetterStatistics([]), "boat", "boat") == pytest.approx(1.0)


def test_an_endless_word_counts_by_its_start() -> None:
    statistics = LetterStatistics(TEXTS)

    assert cosine(statistics, "x" * 100_000, "x" * 50) == pytest.approx(1.0)


def test_hashing_is_the_same_in_every_process() -> None:
    code = (
        "from app.retrieval.lexical import LetterStatistics, WordIndex, WordStatistics\n"
        f"texts = {TEXTS!r}\n"
        "print(WordIndex(WordStatistics(texts), texts).scores('late boat').tolist())\n"
        "print(LetterStatistics(texts).rows(['späte Fähre']).indices.tolist())\n"
    )

    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1
    assert len(said.pop()) > 50


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
