"""The support score on sentences of our own: held, invented, contradicted, said in other words."""

import dataclasses
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from app.checks.checked_text import passed, warned
from app.checks.support.courtesy import states_something
from app.checks.support.hours import OpeningHours
from app.checks.support.records import read_record, record_features
from app.checks.support.score import Support, support_of
from app.embeddings.encoder import get_encoder
from tests.checks.checking import PLAIN, find

DOGS = (
    "Can I take my dog on the boat?",
    "Dogs travel free on all our boats if they stay on a lead. They are not allowed in the restaurant. "
    "Guide dogs may go everywhere.",
)
POOL = ("Is there a swimming pool?", "The hotel has a heated swimming pool on the roof.")
CAFE = """name: Corner Cafe
WiFi: no
Outdoor Seating: yes
Reservations: not stated
Business Parking garage: no
Business Parking street: yes
Business Parking valet: no
hours Monday: 9:00 to 17:00
hours Tuesday: 9:00 to 17:00
hours Saturday: 10:00 to 14:00"""


Judge = Callable[[str, Sequence[str]], Support]


def by_words(text: str, sources: Sequence[str] = DOGS) -> Support:
    return support_of(text, sources)


def with_encoder(text: str, sources: Sequence[str] = DOGS) -> Support:
    return support_of(text, sources, encoder=get_encoder())


def test_what_a_source_says_word_for_word_is_fully_held() -> None:
    found = by_words("They are not allowed in the restaurant.")

    (sentence,) = found.sentences
    assert (sentence.source_index, sentence.source_sentence) == (1, "They are not allowed in the restaurant.")
    assert (sentence.score, found.unsupported_probability, found.unsupported) == (1.0, 0.0, ())


def test_each_sentence_is_linked_to_the_nearest_one_and_no_question_is() -> None:
    found = by_words("Your dog may travel with us on a lead. Guide dogs may go everywhere on board.")

    assert [one.source_sentence for one in found.sentences] == [
        "Dogs travel free on all our boats if they stay on a lead.",
        "Guide dogs may go everywhere.",
    ]


def test_a_question_among_the_sources_holds_nothing() -> None:
    sources = ("Is there a heated swimming pool on the roof?", "The pool is small.")

    (sentence,) = by_words("There is a heated swimming pool on the roof.", sources).sentences

    assert (sentence.source_index, sentence.source_sentence) == (1, "The pool is small.")
    assert sentence.score < 1


@pytest.mark.parametrize("judged", [by_words, with_encoder])
@pytest.mark.parametrize(
    ("held", "not_held", "sources"),
    [
        ("Dogs travel free on our boats.", "Cats get a blanket and a bowl of milk.", DOGS),
        ("Guide dogs may go everywhere.", "Guide dogs need a certificate from a vet.", DOGS),
        ("Yes, the hotel has a swimming pool.", "Yes, breakfast is served until noon.", POOL),
        ("There is a heated pool on the roof.", "There is a sauna in the basement.", POOL),
    ],
)
def test_what_is_invented_scores_below_what_is_held(
    judged: Judge, held: str, not_held: str, sources: tuple[str, ...]
) -> None:
    right, wrong = judged(held, sources), judged(not_held, sources)

    assert right.is_supported
    assert not wrong.is_supported
    assert wrong.unsupported == (not_held,)
    assert right.sentences[0].score > wrong.sentences[0].score + 0.2


@pytest.mark.parametrize("judged", [by_words, with_encoder])
@pytest.mark.parametrize(
    ("held", "turned", "sources"),
    [
        ("The hotel has a swimming pool.", "The hotel does not have a swimming pool.", POOL),
        ("Dogs travel free on our boats.", "Dogs are not allowed on our boats.", DOGS),
        ("Dogs are not allowed in the restaurant.", "Dogs are allowed in the restaurant.", DOGS),
    ],
)
def test_what_is_turned_scores_below_what_is_held(
    judged: Judge, held: str, turned: str, sources: tuple[str, ...]
) -> None:
    right, wrong = judged(held, sources), judged(turned, sources)

    assert right.sentences[0].score > wrong.sentences[0].score


def test_one_sentence_that_stands_on_nothing_is_told_from_those_beside_it() -> None:
    found = with_encoder("Guide dogs may go everywhere. A vet examines every animal before boarding.")

    assert found.unsupported == ("A vet examines every animal before boarding.",)
    assert not found.is_supported


def test_a_sentence_without_a_word_in_common_stands_on_nothing() -> None:
    (sentence,) = by_words("Our gift vouchers expire after three years.").sentences

    assert (sentence.source_index, sentence.source_sentence, sentence.score) == (None, None, 0.0)


def test_what_the_customer_said_holds_and_what_they_asked_does_not() -> None:
    reply = "Your suitcase has a broken wheel and travels free."

    said = support_of(reply, DOGS, customer_text="My suitcase has a broken wheel.")
    asked = support_of(reply, DOGS, customer_text="Has my suitcase a broken wheel?")

    assert asked == support_of(reply, DOGS)
    assert (said.sentences[0].source_index, asked.sentences[0].source_index) == (len(DOGS), 1)
    assert said.sentences[0].score > asked.sentences[0].score


@pytest.mark.parametrize(
    "courtesy",
    [
        "Hi Anna,",
        "Hello Anna Berg, thanks for getting in touch!",
        "We are sorry for the inconvenience.",
        "Is there anything else I can help you with?",
        "Feel free to ask.",
        "Vielen Dank für Ihre Nachricht!",
        "Yes.",
        "🙂",
        "",
    ],
)
def test_courtesies_and_questions_state_nothing(courtesy: str) -> None:
    assert by_words(courtesy) == Support((), 0.0, is_supported=True)


@pytest.mark.parametrize("stating", ["It is free.", "They offer takeout.", "Would £5 do?"])
def test_short_statements_are_no_courtesies(stating: str) -> None:
    assert [one.sentence for one in by_words(stating).sentences] == [stating]


def test_approved_phrases_of_the_voice_need_no_source() -> None:
    phrase = "Fair winds from all at Skerry Line."

    assert [one.sentence for one in by_words(phrase).sentences] == [phrase]
    assert support_of(phrase, DOGS, approved=(f"All aboard! {phrase}",)).sentences == ()


def test_without_a_source_every_statement_stands_on_nothing() -> None:
    found = support_of("Dogs travel free.", ())

    assert (found.unsupported, found.unsupported_probability) == (("Dogs travel free.",), 1.0)


def test_a_support_can_be_kept_as_json() -> None:
    found = with_encoder("Dogs travel free on our boats.")

    assert json.loads(json.dumps(dataclasses.asdict(found)))["sentences"][0]["source_index"] == 1


class OtherEncoder:
    """An encoder whose numbers the weights were not fitted to."""

    model_id = "other"
    dimensions = 8
    inner_dimensions = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError("It must not be asked.")

    encode_whole = encode


def test_an_encoder_that_the_weights_do_not_know_is_not_asked() -> None:
    reply = "Dogs travel free on our boats."

    assert support_of(reply, DOGS, encoder=OtherEncoder()) == by_words(reply)


def test_a_record_is_held_against_field_by_field() -> None:
    record = read_record(tuple(CAFE.splitlines()))

    found = {
        text: {name for name, count in record_features(text, record).items() if count}
        for text in (
            "It offers free Wi-Fi.",
            "There is no outdoor seating.",
            "The cafe takes reservations.",
            "It has outdoor seating but no WiFi.",
            "There is valet parking.",
            "It does not mention reservations.",
        )
    }

    assert list(found.values()) == [
        {"wrongly_yes"},
        {"wrongly_no"},
        {"unstated_yes"},
        {"field_right"},
        {"wrongly_yes"},
        {"field_right"},
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Open Monday and Tuesday from 9 am to 5 pm.", set()),
        ("Open from 9 am to 5 pm on Mondays, and from 10 am to 2 pm on Saturdays.", set()),
        ("Open Monday through Saturday from 9 am to 5 pm.", {"hours_wrong", "days_wrong"}),
        ("Open on Saturday from 10 am to 4 pm.", {"hours_wrong"}),
        ("It is open daily.", {"days_wrong"}),
        ("It is closed on Mondays.", {"days_wrong"}),
    ],
)
def test_opening_hours_are_held_against_the_record(text: str, wrong: set[str]) -> None:
    hours = OpeningHours({0: (540, 1020), 1: (540, 1020), 5: (600, 840)})

    found = hours.features(text, in_record=True)

    assert {name for name in ("hours_wrong", "days_wrong") if found[name]} == wrong


def test_a_wrong_field_makes_a_sentence_less_supported() -> None:
    (right,) = by_words("It has no Wi-Fi.", (CAFE,)).sentences
    (wrong,) = by_words("It has free Wi-Fi.", (CAFE,)).sentences

    assert (right.source_sentence, wrong.source_sentence) == ("WiFi: no", "WiFi: no")
    assert right.score > wrong.score + 0.1


def test_time_grows_with_the_length_and_no_faster() -> None:
    def seconds(times: int) -> float:
        text = "dog boat lead " * times + ". Dogs travel free on a lead " * times
        started = time.process_time()
        support_of(text, (text,))
        return time.process_time() - started

    seconds(10)
    assert seconds(400) < max(0.1, 20 * seconds(100))


def test_the_check_names_what_stands_in_no_approved_answer() -> None:
    text = "Claim within 28 days. Our chefs bake fresh bread every single morning."

    assert find("support", text) == warned(
        "support",
        "“Our chefs bake fresh bread every single morning.” seems to stand in no approved answer.",
        ("Our chefs bake fresh bread every single morning.",),
    )


def test_the_check_passes_approved_words_and_texts_that_state_nothing() -> None:
    approved = passed("support", "Every statement is near a sentence of an approved answer.")
    nothing = passed("support", "The text states nothing that needs a source.")

    assert find("support", PLAIN.sources[1]) == approved
    assert find("support", "Thanks for your message!") == nothing
    assert find("support", "Fair winds!", replace(PLAIN, own_words=("Fair winds!",))) == nothing


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("Thanks for asking about your bike on the boat.", False),
        ("Thanks for asking about 3 bikes on the boat.", True),
        ("Thanks for asking about bikes, which travel free on every boat and train we run.", True),
        ("Bikes are asked about.", True),
    ],
)
def test_an_approved_phrase_with_a_topic_in_its_gap_states_nothing(sentence: str, states: bool) -> None:
    assert states_something(sentence, approved=("Thanks for asking about {topic}.",)) is states
