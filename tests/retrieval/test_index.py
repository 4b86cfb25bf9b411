"""The index holds what is published, learned anew or brought up to a change, and finds the same."""

from collections.abc import Sequence

import numpy as np
import pytest

from app.embeddings.encoder import get_encoder
from app.retrieval.corpus import Entry, Kind
from app.retrieval.index import STRANGERS, EntryIndex
from app.retrieval.search import Question, Scored
from tests.retrieval.counting_encoder import CountingEncoder
from tests.retrieval.faq import FAQ, TAUGHT, entries_of, entry_of, index_of, make_index

EELS = "our hovercraft is full of eels"
FAQS = pytest.mark.parametrize("faq", [FAQ, TAUGHT], ids=["plain", "taught"])
QUESTIONS = [
    "hi, can my bicycle come on the ferry?",
    "i forgot my passwrod",
    "our train was late, what now",
    "Wi-Fi?",
    "is my dog allowed",
    "I lost my umbrella",
]


def find(index: EntryIndex, text: str, *, turns: Sequence[str] = (), limit: int = 5) -> list[Scored]:
    whole = get_encoder().encode_whole([text])[0]
    return index.find(Question(text, whole, tuple(turns)), limit=limit)


def first(index: EntryIndex, text: str) -> Scored:
    return find(index, text)[0]


def changed(
    index: EntryIndex,
    entries: Sequence[Entry] = (),
    *,
    removed: Sequence[str] = (),
    strangers: Sequence[str] | None = None,
) -> EntryIndex:
    return index.changed(entries, removed, get_encoder().encode_whole, strangers=strangers)


def as_set(index: EntryIndex) -> set[Entry]:
    return {*index.entries}


@FAQS
def test_a_new_example_is_found_at_once_by_its_words(faq: dict[str, list[str]]) -> None:
    index = make_index(faq)
    edited = entry_of("pets/dog", [*faq["pets/dog"], EELS])

    after = changed(index, [edited])

    found = first(after, EELS)
    assert (found.entry, found.phrasing.text, found.phrasing.kind) == (edited, EELS, Kind.EXAMPLE)
    assert found.probability > 0.9 > 0.5 > first(index, EELS).probability
    assert found.likeness == pytest.approx(1.0, abs=1e-3)
    assert find(after, "is my dog allowed")[0].entry == edited


@FAQS
def test_a_new_entry_is_found_among_the_old_ones(faq: dict[str, list[str]]) -> None:
    new = entry_of("food/breakfast", ["When is breakfast served?", "coffee and rolls in the morning"])

    after = changed(make_index(faq), [new])

    assert first(after, "until when do you serve breakfast?").entry == new
    assert first(after, "i forgot my passwrod").entry.key == "account/password"
    assert as_set(after) == as_set(index_of([*entries_of(faq), new]))


@FAQS
def test_a_removed_entry_and_a_replaced_phrasing_are_forgotten(faq: dict[str, list[str]]) -> None:
    index = changed(make_index(faq), [entry_of("pets/dog", [*faq["pets/dog"], EELS])])
    again = changed(index, [entry_of("pets/dog", faq["pets/dog"])], removed=["onboard/wifi"])

    assert EELS not in {scored.phrasing.text for scored in find(again, EELS, limit=99)}
    assert first(again, EELS).probability < 0.5
    assert "onboard/wifi" not in {scored.entry.key for scored in find(again, "Wi-Fi?", limit=99)}
    assert len(find(again, "Wi-Fi?", limit=99)) == len(faq) - 1
    rest = {key: phrasings for key, phrasings in faq.items() if key != "onboard/wifi"}
    assert {entry.key for entry in again.entries} == {*rest}


def test_a_removed_entry_that_comes_back_is_found_again() -> None:
    wifi = entry_of("onboard/wifi", FAQ["onboard/wifi"])

    back = changed(changed(make_index(), removed=["onboard/wifi"]), [wifi])

    assert first(back, "Wi-Fi?").entry == wifi
    assert len(back.entries) == len(FAQ)


def test_an_entry_that_is_not_there_may_be_removed() -> None:
    assert as_set(changed(make_index(), removed=["no/such"])) == as_set(make_index())


@FAQS
def test_an_unchanged_entry_scores_the_same_after_another_changed(faq: dict[str, list[str]]) -> None:
    index = make_index(faq)
    after = changed(index, [entry_of("pets/dog", [*faq["pets/dog"], EELS])])

    for text in QUESTIONS:
        before = {one.entry.key: one for one in find(index, text, limit=99) if one.entry.key != "pets/dog"}
        now = {one.entry.key: one for one in find(after, text, limit=99) if one.entry.key != "pets/dog"}
        assert now == before


@FAQS
def test_a_brought_up_index_finds_what_one_learned_anew_finds(faq: dict[str, list[str]]) -> None:
    edited = entry_of("pets/dog", [*faq["pets/dog"], EELS])
    entries = [edited if entry.key == "pets/dog" else entry for entry in entries_of(faq)]

    brought_up, anew = changed(make_index(faq), [edited]), index_of(entries)

    for text in [*QUESTIONS, EELS]:
        assert first(brought_up, text).entry == first(anew, text).entry


def test_only_what_changed_is_encoded() -> None:
    encoder = CountingEncoder()
    index = EntryIndex.of(entries_of(), encoder.encode_whole, dimensions=encoder.dimensions)
    encoder.asked.clear()

    after = index.changed([entry_of("pets/dog", ["May my dog come?", EELS])], (), encoder.encode_whole)

    assert encoder.asked == ["May my dog come?", EELS]
    assert (index.stale, after.stale) == (0, 1)


def test_a_change_leaves_the_old_index_as_it_was() -> None:
    index = make_index()
    before = find(index, "Wi-Fi?")

    changed(index, [entry_of("pets/dog", [EELS])], removed=["onboard/wifi"], strangers=["Wi-Fi?"])

    assert find(index, "Wi-Fi?") == before


@FAQS
@pytest.mark.parametrize("at_once", [True, False])
def test_what_nobody_answers_comes_first_for_a_message_like_it(
    faq: dict[str, list[str]], at_once: bool
) -> None:
    refused = "is there wifi at the moon base"
    index = changed(make_index(faq), strangers=[refused]) if at_once else make_index(faq, strangers=[refused])

    found = find(index, "is there wifi at a moon base?")

    assert (found[0].entry.key, found[0].phrasing.text) == (STRANGERS, refused)
    assert found[1].entry.key == "onboard/wifi"
    assert first(index, "does the wifi work").entry.key == "onboard/wifi"
    assert STRANGERS not in {entry.key for entry in index.entries}


def test_a_withdrawn_refusal_is_forgotten_and_a_change_elsewhere_keeps_it() -> None:
    index = make_index(strangers=[EELS])

    kept = changed(index, [entry_of("pets/dog", FAQ["pets/dog"])])
    withdrawn = changed(kept, strangers=[])

    assert first(kept, EELS).entry.key == STRANGERS
    assert all(one.entry.key != STRANGERS for one in find(withdrawn, EELS, limit=99))


def test_an_empty_faq_finds_nothing_until_something_is_published() -> None:
    empty = index_of([])

    assert find(empty, "Wi-Fi?") == []
    assert empty.entries == []
    assert first(changed(empty, entries_of()), "Wi-Fi?").entry.key == "onboard/wifi"


@FAQS
def test_when_all_entries_are_removed_nothing_is_found(faq: dict[str, list[str]]) -> None:
    index = changed(make_index(faq), removed=[*faq])

    assert find(index, "Wi-Fi?") == []
    assert index.entries == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_small_faq_finds_each_entry_once_best_first(count: int) -> None:
    index = make_index(dict([*FAQ.items()][:count]))

    found = find(index, "Can I take my bike on the boat?", limit=99)

    assert len(found) == len({one.entry.key for one in found}) == count
    assert found[0].entry.key == "bikes/boat"
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert index.recall == 1.0


@FAQS
def test_only_so_many_are_found_as_asked_for(faq: dict[str, list[str]]) -> None:
    index = make_index(faq)

    assert find(index, "bike", limit=3) == find(index, "bike", limit=99)[:3]


@FAQS
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_entries_changes_nothing(faq: dict[str, list[str]], seed: int) -> None:
    entries = entries_of(faq)
    shuffled = [entries[place] for place in np.random.default_rng(seed).permutation(len(entries))]

    one, other = index_of(entries), index_of(shuffled)

    for text in QUESTIONS:
        before, after = first(one, text), first(other, text)
        assert before.entry == after.entry
        assert after.probability == pytest.approx(before.probability, abs=1e-3)


def test_the_same_entries_give_the_same_index() -> None:
    assert [find(make_index(TAUGHT), text) for text in QUESTIONS] == [
        find(make_index(TAUGHT), text) for text in QUESTIONS
    ]


def test_of_entries_that_are_the_same_but_for_their_place_the_named_one_is_found() -> None:
    entries = [
        Entry(f"{name}/parking", "Is there parking?", ("where can I park",), subject=f"Hotel {name}")
        for name in ("Bellevue", "Miramar", "Excelsior")
    ]
    index = index_of([*entries, Entry("wifi", "Is there Wi-Fi?")])

    named = find(index, "where can I park at the Miramar?")
    earlier = find(index, "where can I park?", turns=["I booked the Hotel Miramar", "How can I help?"])

    for found in (named, earlier):
        assert found[0].entry.key == "Miramar/parking"
        assert found[0].probability > 0.5 > found[1].probability


def test_a_passage_of_a_long_answer_is_found() -> None:
    filler = "You will find everything else in the general conditions of carriage. " * 12
    needle = "Hedgehogs travel free of charge in a closed basket under the seat."
    entries = [
        Entry("animals", "Travelling with animals", body=f"{filler} {needle} {filler}"),
        Entry("luggage", "Travelling with luggage", body=filler * 2),
    ]

    found = first(index_of(entries), "may my hedgehog ride in a basket")

    assert (found.entry.key, found.phrasing.kind) == ("animals", Kind.PASSAGE)
    assert "Hedgehogs" in found.phrasing.text
