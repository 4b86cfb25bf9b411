"""What a match says to people: why it fits, that none fits, that two do, that more is asked."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.embeddings.encoder import get_encoder
from app.retrieval.corpus import Entry, Kind
from app.retrieval.index import ANSWERED_FROM, EntryIndex
from app.retrieval.matching import REFUSED, Matches, find_matches
from tests.retrieval.faq import FAQ, REFUNDS, TAUGHT, entries_of, entry_of, index_of, make_index

FAQS = pytest.mark.parametrize("faq", [FAQ, TAUGHT], ids=["plain", "taught"])
ASKED = "my hovercraft is full of eels again"
ALIKE = "our hovercraft is full of eels once more"
DOG = "May my dog come along?"


@pytest.fixture(scope="module")
def taught() -> EntryIndex:
    return make_index(TAUGHT)


def match(index: EntryIndex, text: str, *history: str) -> Matches:
    return find_matches(index, get_encoder(), text, history=history)


@FAQS
def test_what_a_person_confirmed_draws_the_next_message_alike(faq: dict[str, list[str]]) -> None:
    index = make_index(faq)
    confirmed = entry_of("pets/dog", faq["pets/dog"], confirmed=[ASKED])
    after = index.changed([confirmed], (), get_encoder().encode_whole)

    before, best = match(index, ALIKE), match(after, ALIKE).best

    assert before.best is None
    assert best is not None
    assert (best.entry_id, best.phrasing, best.kind) == ("pets/dog", ASKED, Kind.CONFIRMED)
    assert best.probability > before.found[0].probability + 0.3
    assert match(after, ALIKE).reason == f"“{DOG}” fits: the message is close to “{ASKED}”."


@FAQS
@pytest.mark.parametrize("at_once", [True, False])
def test_what_a_person_refused_makes_the_next_message_alike_abstain(
    faq: dict[str, list[str]], at_once: bool
) -> None:
    refused, alike = "is there wifi at the moon base", "is there wifi at a moon base?"
    index = make_index(faq)
    after = (
        index.changed([], (), get_encoder().encode_whole, strangers=[refused])
        if at_once
        else make_index(faq, strangers=[refused])
    )

    matches = match(after, alike)

    assert match(index, alike).best is not None
    assert matches.best is None
    assert matches.reason == f"None fits: of a message like this one, “{refused}”, somebody said so."
    assert matches.found[0].probability <= REFUSED < ANSWERED_FROM
    assert "" not in {one.entry_id for one in matches.found}
    assert match(after, "does the wifi work").best is not None


@FAQS
def test_a_refused_message_is_not_answered_by_one_of_its_sentences(faq: dict[str, list[str]]) -> None:
    refused = "Hello there my friends. What does a captain earn? I left my bag on the boat yesterday."
    index = make_index(faq, strangers=[refused])

    again, sentence = match(index, refused), match(index, "I left my bag on the train yesterday.")

    assert match(make_index(faq), refused).best is not None
    assert again.best is None
    assert refused in again.reason
    assert sentence.best is not None
    assert sentence.best.entry_id == "lost/bag"


def test_beside_a_refused_matter_another_question_is_still_answered() -> None:
    index = make_index(strangers=["the seagulls stole my chips"])

    best = match(index, "Seagulls stole all my chips today! And how do I reset my password?").best

    assert best is not None
    assert best.entry_id == "account/password"


def test_refused_messages_without_any_entries_say_that_there_are_none() -> None:
    matches = match(make_index({}, strangers=[ASKED]), ASKED)

    assert matches == Matches((), None, "None fits: there are no approved answers yet.")


def test_of_two_entries_with_the_same_phrasings_both_fit() -> None:
    pair = {"refund/one": REFUNDS, "refund/two": ["How can I get a refund?", *REFUNDS[1:]]}

    matches = match(make_index(TAUGHT | pair), "money back please")

    assert matches.best is not None
    assert matches.or_else is not None
    assert {matches.best.entry_id, matches.or_else.entry_id} == {*pair}
    assert matches.reason == (
        f"Two fit: “{matches.best.question}” and “{matches.or_else.question}”. Choose which is meant."
    )


def test_where_one_entry_clearly_fits_no_other_does(taught: EntryIndex) -> None:
    matches = match(taught, "does the wifi work")

    assert matches.best is not None
    assert (matches.or_else, matches.also) == (None, ())


def test_what_a_message_asks_besides_is_named(taught: EntryIndex) -> None:
    matches = match(taught, "How do I reset my password? And does the wifi on board work?")

    assert matches.best is not None
    assert [one.entry_id for one in matches.also] == [
        key for key in ("account/password", "onboard/wifi") if key != matches.best.entry_id
    ]
    assert {matches.best.entry_id, matches.also[0].entry_id} == {"account/password", "onboard/wifi"}
    assert matches.reason == (
        f"“{matches.best.question}” fits: the message is close to “{matches.best.phrasing}”. "
        f"It also asks: “{matches.also[0].question}”."
    )


def test_one_question_asked_twice_is_one(taught: EntryIndex) -> None:
    assert match(taught, "How do I reset my password? I cannot log in, forgot my password!").also == ()


def test_sentences_that_ask_nothing_are_not_named(taught: EntryIndex) -> None:
    matches = match(taught, "We had a lovely day by the sea. How do I reset my password?")

    assert matches.best is not None
    assert matches.also == ()


HOTELS = [
    Entry(f"{name}/parking", "Is there parking?", ("where can I park",), subject=f"Hotel {name}")
    for name in ("Bellevue", "Miramar", "Excelsior")
]


@pytest.mark.parametrize(
    ("text", "history", "entry_id"),
    [
        ("is there parking at the Hotel Belevue?", [], "Bellevue/parking"),
        ("is there parking?", ["I booked the Hotel Miramar", "How can I help?"], "Miramar/parking"),
        ("is there parking?", ["Hotel Miramar", "no, the Hotel Excelsior", "ok"], "Excelsior/parking"),
    ],
)
def test_the_place_that_was_named_is_the_one_that_is_meant(
    text: str, history: list[str], entry_id: str
) -> None:
    best = match(index_of(HOTELS), text, *history).best

    assert best is not None
    assert best.entry_id == entry_id


def test_where_no_place_was_named_none_is_guessed() -> None:
    assert match(index_of(HOTELS), "is there parking?").best is None
    assert match(index_of(HOTELS), "is there parking at the hotel?").best is None


@pytest.mark.timeout(20)
def test_what_was_said_before_may_be_of_any_length() -> None:
    index = index_of(HOTELS)
    began = time.perf_counter()

    matches = match(
        index, "is there parking?", "a. " * 300_000, "\ud800\0", "", "Hotel Miramar", "x" * 999_999
    )

    assert time.perf_counter() - began < 3
    assert matches.best is not None
    assert matches.best.entry_id == "Miramar/parking"


FAQ_WITH_EVERYTHING = [
    *entries_of(TAUGHT),
    *HOTELS,
    Entry("article", "Conditions of carriage", body="The guard may ask for the ticket at any time. " * 40),
    Entry("signs", "?!"),
]


@pytest.fixture(scope="module", params=["plain", "taught"])
def everything(request: pytest.FixtureRequest) -> EntryIndex:
    entries = FAQ_WITH_EVERYTHING if request.param == "taught" else FAQ_WITH_EVERYTHING[len(TAUGHT) :]
    index = index_of(entries, strangers=[ASKED, "?"])
    return index.changed([entry_of("new", ["Do you sell maps?"])], ["article"], get_encoder().encode_whole)


PIECES = ["bike", "?", ".", "\n", "1)", "dog", "😡", "Wi-Fi", "hotel", "Miramar", "قطار", "船", "hovercraft"]


@settings(max_examples=60, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=200),
        st.text(st.characters(categories=["Cs", "Lo", "So", "Zs", "Cc"]), max_size=60),
        st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    ),
    history=st.lists(st.text(max_size=40), max_size=3),
)
def test_any_text_gets_ranks_and_probabilities_in_order(
    everything: EntryIndex, text: str, history: list[str]
) -> None:
    matches = match(everything, text, *history)

    ranks = [one.rank for one in matches.found]
    assert all(abs(rank) < 10 for rank in ranks)  # so written that infinite and not a number are refused
    assert ranks == sorted(ranks, reverse=True)
    assert len({one.entry_id for one in matches.found}) == len(matches.found) <= 5
    for one in (*matches.found, *matches.also):
        assert 0 <= one.probability <= 1
        assert 0 <= one.score <= 1
        assert one.entry_id not in ("", "article")
    assert matches.best in (None, *matches.found[:1])
    assert matches.reason.startswith("None fits: ") is (matches.best is None)
    assert matches.reason.endswith(".")
