"""The texts an entry is found by."""

from itertools import pairwise

import pytest

from app.retrieval.corpus import (
    LONG_BODY_WORDS,
    MOST_PASSAGES,
    PASSAGE_OVERLAP,
    PASSAGE_WORDS,
    Entry,
    Kind,
    Phrasing,
    passages_of,
    phrasings_of,
)


def body_of(words: int) -> str:
    return " ".join(f"word{number}" for number in range(words))


def test_an_entry_is_found_by_its_question_examples_and_what_customers_wrote() -> None:
    entry = Entry("wifi", "Is there Wi-Fi?", ("internet on board",), ("wifi??",), body="Yes, on all boats.")

    assert phrasings_of(entry) == [
        Phrasing("Is there Wi-Fi?", Kind.TITLE, "Is there Wi-Fi?"),
        Phrasing("internet on board", Kind.EXAMPLE, "internet on board"),
        Phrasing("wifi??", Kind.CONFIRMED, "wifi??"),
    ]


def test_a_text_said_more_than_once_is_kept_once_as_what_it_was_first() -> None:
    entry = Entry("wifi", "wifi?", ("wifi?", "internet", "internet"), ("internet", "wifi?", "online"))

    assert [(one.text, one.kind) for one in phrasings_of(entry)] == [
        ("wifi?", Kind.TITLE),
        ("internet", Kind.EXAMPLE),
        ("online", Kind.CONFIRMED),
    ]


def test_passages_of_a_long_answer_come_last_and_are_encoded_under_its_title() -> None:
    body = body_of(LONG_BODY_WORDS)
    phrasings = phrasings_of(Entry("wifi", "Is there Wi-Fi?", ("internet",), body=body))

    assert [one.kind for one in phrasings] == [Kind.TITLE, Kind.EXAMPLE, Kind.PASSAGE, Kind.PASSAGE]
    assert [one.text for one in phrasings[2:]] == passages_of(body)
    assert [one.encoded for one in phrasings[2:]] == [
        f"Is there Wi-Fi?. {passage}" for passage in passages_of(body)
    ]


def test_a_short_answer_has_no_passages() -> None:
    assert passages_of("") == passages_of(body_of(LONG_BODY_WORDS - 1)) == []


@pytest.mark.parametrize("words", [*range(LONG_BODY_WORDS, 2 * LONG_BODY_WORDS), 1_000, 8_020])
def test_passages_hold_every_word_in_order_and_overlap(words: int) -> None:
    passages = [passage.split() for passage in passages_of(body_of(words))]

    joined = passages[0] + [word for passage in passages[1:] for word in passage[PASSAGE_OVERLAP:]]
    assert " ".join(joined) == body_of(words)
    assert all(len(passage) == PASSAGE_WORDS for passage in passages[:-1])
    assert PASSAGE_OVERLAP < len(passages[-1]) <= PASSAGE_WORDS
    for before, after in pairwise(passages):
        assert before[-PASSAGE_OVERLAP:] == after[:PASSAGE_OVERLAP]


def test_an_endless_answer_has_only_so_many_passages() -> None:
    assert len(passages_of(body_of(100_000))) == MOST_PASSAGES
