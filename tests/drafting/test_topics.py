"""Topics: what may be offered to the model, and what of its answers may be printed."""

import pytest

from app.drafting.topics import is_sound, topics_in
from app.drafting.voice import Voice
from tests.drafting.conftest import task


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("Can I take my bike on the boat?", ["your bike on the boat"]),
        ("When does the last boat to Eilan leave?", ["the last boat to Eilan"]),
        ("Is there Wi-Fi on board?", ["Wi-Fi on board"]),
        ("Why are there buses instead of trains on Sundays?", ["trains on Sundays"]),
        ("Can I get my money back for an Advance ticket?", ["an Advance ticket"]),
        ("How do I change a vehicle booking on the boat?", ["a vehicle booking"]),
        ("Can I bring a surfboard, kayak or other long sports gear?", []),
        ("What does it cost to take a car, van or motorbike on the boat?", []),
        ("When do I have to be at the port?", []),
        ("Who do I tell?", []),
        ("What does platform 9 cost?", []),
        ("", []),
    ],
)
def test_topics_are_phrases_of_the_question_that_can_stand_after_about(
    question: str, topics: list[str]
) -> None:
    assert topics_in(question) == topics


@pytest.mark.parametrize(
    "topic",
    [
        "your bike on the boat",
        "bike on sunday",  # the customer's word
        "ferry to Brae",  # the customer's name, with its capital
    ],
)
def test_a_topic_of_known_words_is_sound(topic: str, voice: Voice) -> None:
    assert is_sound(topic, task=task(), voice=voice)


@pytest.mark.parametrize(
    "topic",
    [
        "",
        "the",
        "a free bike",  # new word: a promise nobody made
        "bike for 4 pounds",
        "bike on the boat to Brae sunday",  # six words
        "Bike on the boat",  # a capital that is no name
        "bike on the BOAT",
        "bike, boat",
        "https://evil.example",
        "hun",
    ],
)
def test_any_other_topic_is_not(topic: str, voice: Voice) -> None:
    assert not is_sound(topic, task=task("hun the bike on the ferry to Brae sunday"), voice=voice)
