"""Which entry a message is about, if any."""

import time

import pytest

from app.embeddings.encoder import get_encoder
from app.retrieval.corpus import Kind
from app.retrieval.index import ANSWERED_FROM, EntryIndex
from app.retrieval.matching import Match, Matches, find_matches
from tests.retrieval.faq import FAQ, make_index


@pytest.fixture(scope="module")
def index() -> EntryIndex:
    return make_index()


def match(index: EntryIndex, text: str) -> Matches:
    return find_matches(index, get_encoder(), text)


@pytest.mark.parametrize(
    ("text", "entry_id"),
    [
        ("hi, can my bicycle come on the ferry?", "bikes/boat"),
        ("hi, can my bicycle come on the train?", "bikes/train"),
        ("i forgot my passwrod", "account/password"),
        ("wifi?", "onboard/wifi"),
        ("Do I have to buy a ticket for our spaniel, she is a small dog", "pets/dog"),
    ],
)
def test_the_entry_a_message_is_about_comes_first(index: EntryIndex, text: str, entry_id: str) -> None:
    matches = match(index, text)

    assert matches.best is not None
    assert matches.best.entry_id == entry_id
    assert matches.found[0] == matches.best


def test_a_match_tells_by_which_phrasing_it_was_found(index: EntryIndex) -> None:
    matches = match(index, "bicycle on the ferry")

    question, phrasing = FAQ["bikes/boat"][:2]
    best = matches.found[0]
    assert best.probability > 0.7
    assert matches.best == Match(
        "bikes/boat", 1, 1, question, phrasing, 1.0, best.probability, Kind.EXAMPLE, rank=0
    )
    assert matches.reason == f"“{question}” fits: the message is close to “{phrasing}”."


@pytest.mark.parametrize(
    "text",
    [
        "What is the capital of France?",
        "the conductor sang beautifully today",
        "lol seagulls drive your boats",
    ],
)
def test_none_fits_is_an_answer(index: EntryIndex, text: str) -> None:
    matches = match(index, text)

    assert matches.best is None
    assert len(matches.found) == 5
    assert matches.found[0].probability < ANSWERED_FROM
    assert matches.reason == (
        f"None fits: “{matches.found[0].question}” comes nearest, but is probably not what is asked."
    )


def test_matches_are_sorted_once_each_and_between_0_and_1(index: EntryIndex) -> None:
    found = find_matches(index, get_encoder(), "Bike on the boat? And the train! My dog too?", limit=3).found

    assert len(found) == 3
    assert len({one.entry_id for one in found}) == 3
    assert [one.rank for one in found] == sorted((one.rank for one in found), reverse=True)
    assert all(0 <= one.score <= 1 and 0 <= one.probability <= 1 for one in found)


def test_several_questions_in_one_message_find_several_entries(index: EntryIndex) -> None:
    message = (
        "Hello from sunny Norhaven, we are planning our holiday and have been looking forward to it for "
        "months! 1) can my bike come on the boat 2) is there wifi on board 3) do dogs need a ticket"
    )

    assert {one.entry_id for one in match(index, message).found[:3]} == {
        "bikes/boat",
        "onboard/wifi",
        "pets/dog",
    }


def test_a_question_in_a_long_story_is_found(index: EntryIndex) -> None:
    story = (
        "We had a lovely day by the sea. My gran sang all the way. The sun was out and the tea was hot. " * 3
    )

    assert match(index, story).best is None
    best = match(index, f"{story}\nBy the way, how do I reset my password? Regards, Eleni").best
    assert best is not None
    assert best.entry_id == "account/password"


@pytest.mark.parametrize("text", ["", "   \n ", "😡😡🚢👎", "\0", "?!…"])
def test_without_words_none_fits(index: EntryIndex, text: str) -> None:
    assert match(index, text) == Matches((), None, "None fits: the message holds no words.")


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 wifi",
        "wifi\0?",
        "a." * 500_000,
        "a. " * 300_000,
        " " * 999_999,
        "\n" * 999_999,
        "1) " * 99_999,
    ],
    ids=range(7),
)
@pytest.mark.timeout(10)
def test_any_text_is_answered_soon(index: EntryIndex, text: str) -> None:
    began = time.perf_counter()

    assert len(match(index, text).found) <= 5
    assert time.perf_counter() - began < 3


def test_strings_known_to_break_software_are_matched(index: EntryIndex) -> None:
    for text in ("'; DROP TABLE entries;--", "<script>alert(1)</script>", "${jndi:ldap://x}", "ﷺ" * 500, "İ"):
        assert len(match(index, text).found) == 5


def test_an_empty_faq_answers_nothing() -> None:
    assert match(make_index({}), "wifi?") == Matches(
        (), None, "None fits: there are no approved answers yet."
    )


def test_a_faq_of_one_entry_works() -> None:
    index = make_index({"onboard/wifi": ["Is there Wi-Fi on board?"]})

    best = match(index, "is there wifi on board").best
    assert best is not None
    assert best.entry_id == "onboard/wifi"
    assert match(index, "I lost my umbrella on the boat").best is None
