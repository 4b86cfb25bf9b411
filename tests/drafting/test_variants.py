"""One approved answer worded for every channel."""

from collections.abc import Callable
from dataclasses import replace

from app.channels.network_rules import Place, all_rules
from app.drafting.variants import Made, propose_variants
from app.drafting.voice import Voice
from app.llm.gateway import Gateway
from tests.drafting.conftest import BIKES
from tests.model_server import answers, start_model_server

FLUFF = "Many of our guests tell us how lovely it is to ride along the coast in summer. "
LONG = replace(
    BIKES, answer=f"Bikes travel for 4 pounds each way. {FLUFF * 4}", public_short=None, private_long=None
)


def test_every_place_of_every_network_gets_a_wording_that_fits(voice: Voice) -> None:
    proposals = propose_variants(BIKES, voice=voice)

    assert [(one.network, one.place) for one in proposals] == [
        (network, place) for network, rules in all_rules().items() for place in rules.places
    ]
    assert [one for one in proposals if one.length.too_long or not one.text] == []
    assert {one.text for one in proposals if one.place is Place.PUBLIC} == {BIKES.public_short}


def test_what_does_not_fit_loses_sentences_and_says_which(voice: Voice) -> None:
    first = propose_variants(LONG, voice=voice)[0]

    assert (first.network, first.made) == ("x", Made.SHORTENED)
    assert first.text == f"Bikes travel for 4 pounds each way. {FLUFF * 3}".strip()
    assert (first.left_out, first.facts_left_out) == ((FLUFF.strip(),), ())


def test_an_approved_short_wording_says_which_facts_of_the_answer_it_leaves_out(voice: Voice) -> None:
    entry = replace(BIKES, answer=f"{BIKES.answer} Until 30 September.")

    first = propose_variants(entry, voice=voice)[0]

    assert (first.made, first.facts_left_out) == (Made.AS_APPROVED, ("30 September",))


def test_a_capable_model_offers_its_own_words_beside_the_approved_ones(
    voice: Voice, writer: Callable[[str], Gateway]
) -> None:
    said = {"sentences": [{"text": "Yes, for 4 pounds each way.", "entries": ["bikes/boat"]}]}
    with start_model_server(*[answers(said)] * 20) as model:
        proposals = propose_variants(BIKES, voice=voice, gateway=writer(model.url))

    made = [one for one in proposals if one.made is Made.BY_MODEL]
    assert len(made) * 2 == len(proposals)
    assert made[0].text == "Yes, for 4 pounds each way."
    assert made[0].facts_left_out == ("https://skerryline.example/bikes",)


def test_a_model_that_fails_the_checks_offers_nothing(voice: Voice, writer: Callable[[str], Gateway]) -> None:
    said = {"sentences": [{"text": "Book at https://evil.com now.", "entries": ["bikes/boat"]}]}
    with start_model_server(*[answers(said)] * 40) as model:
        proposals = propose_variants(BIKES, voice=voice, gateway=writer(model.url))

        assert len(model.received) == 2 * len(proposals)
    assert {one.made for one in proposals} == {Made.AS_APPROVED}
