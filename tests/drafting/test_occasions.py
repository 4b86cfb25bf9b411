"""When thanks for a question would be out of place."""

import pytest

from app.drafting.occasions import asks_calmly


@pytest.mark.parametrize(
    "message",
    [
        "Can my bike come on the boat?",
        "bike on the boat to Brae on sunday?",
        "how much for the car to eilan",
        "Darf mein Fahrrad mit in den Zug?",
        "Morning! Off to Brae on Saturday. Anything to book for the boat?",
    ],
)
def test_a_calm_question_is_one(message: str) -> None:
    assert asks_calmly(message)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "bikes",
        "I sat on that platform like luggage for 35 minutes.",
        "Was my train late on Tuesday?",
        "Why was my son's scooter turned away?",
        "Is the boat full EVERY morning?",
        "is there a lift at all??",
        "Can somebody tell me who was hurt?",
        "Mein Zug ist ausgefallen, was jetzt?",
        "What is the point of you 😡?",
    ],
)
def test_anything_else_is_none(message: str) -> None:
    assert not asks_calmly(message)
