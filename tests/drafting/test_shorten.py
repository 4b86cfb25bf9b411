"""Shortening by rule: what goes, what stays, and when nothing is shortened."""

from collections.abc import Callable

import pytest

from app.drafting.shorten import Frame, Shortened, shorten

FRAME = Frame(openings=["Thank you for asking."], closings=["Have a good journey."])
SOURCE = "Bikes travel for 4 pounds each way. Book at https://skerryline.example/bikes. There is a shed."


def fits(most: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= most


def test_the_closing_goes_first_then_the_opening_then_sentences_from_the_end() -> None:
    text = "Thank you for asking. Bikes travel for 4 pounds. We like bikes. Ask us. Have a good journey."
    left_out = []
    for most in (len(text) - 1, 70, 48, 40):
        found = shorten(text, frame=FRAME, sources=[SOURCE], fits=fits(most))
        left_out.append(found and found.left_out)

    assert left_out == [
        ("Have a good journey.",),
        ("Thank you for asking.", "Have a good journey."),
        ("Thank you for asking.", "Ask us.", "Have a good journey."),
        ("Thank you for asking.", "We like bikes.", "Ask us.", "Have a good journey."),
    ]


def test_a_sentence_with_an_approved_fact_stays_wherever_it_stands() -> None:
    text = "We like bikes. Our crew helps. Book at https://skerryline.example/bikes."

    found = shorten(text, frame=FRAME, sources=[SOURCE], fits=fits(60))

    assert found == Shortened(
        "We like bikes. Book at https://skerryline.example/bikes.", ("Our crew helps.",)
    )


@pytest.mark.parametrize(
    "restriction",
    [
        "Tandems are not taken.",
        "Only folding bikes go on Sundays.",
        "Batteries can't come.",
        "Tandems nehmen wir nicht mit.",
        "Les tandems ne montent pas.",
    ],
)
def test_a_restriction_is_never_left_out(restriction: str) -> None:
    text = f"Bikes travel on every boat. {restriction}"

    assert shorten(text, frame=FRAME, sources=[SOURCE], fits=fits(len(text) - 1)) is None


@pytest.mark.parametrize(
    "leaning",
    [
        "If you have one, tell us.",
        "But tell us before.",
        "However, tell us before.",
        "Otherwise ask the crew.",
        "This makes it easy.",
        "That makes it easy.",
        "Sonst hilft die Crew.",
    ],
)
def test_what_leans_on_a_sentence_goes_with_it_or_stays_with_it(leaning: str) -> None:
    text = f"Bikes travel for 4 pounds. There may be a shed. {leaning}"
    pair = text.removeprefix("Bikes travel for 4 pounds. ")

    found = shorten(text, frame=FRAME, sources=[SOURCE], fits=fits(len(text) - 1))
    refused = shorten(pair, frame=FRAME, sources=[SOURCE], fits=fits(len(pair) - 1))

    assert found == Shortened(f"Bikes travel for 4 pounds. {pair}", ()) or found is None
    assert refused is None


def test_an_introduction_and_its_list_stand_or_fall_together() -> None:
    text = "Bikes travel for 4 pounds. Bring these:\n- a lock\n- a light\n\nAsk us."

    found = shorten(text, frame=FRAME, sources=[SOURCE], fits=fits(30))

    assert found == Shortened("Bikes travel for 4 pounds.", ("Bring these:\n- a lock\n- a light", "Ask us."))


def test_the_signature_stays() -> None:
    frame = Frame(closings=["Have a good journey."], signature="Skerry Line")
    text = "Bikes travel for 4 pounds. Have a good journey.\n\nSkerry Line"

    found = shorten(text, frame=frame, sources=[SOURCE], fits=fits(len(text) - 1))

    assert found == Shortened("Bikes travel for 4 pounds.\n\nSkerry Line", ("Have a good journey.",))


def test_a_text_that_fits_is_left_alone_and_one_sentence_is_never_cut() -> None:
    assert shorten("Bikes are welcome.", frame=FRAME, sources=[], fits=fits(100)) is None
    assert shorten("Bikes are welcome on each boat.", frame=FRAME, sources=[], fits=fits(10)) is None


def test_the_reviewer_reads_what_was_left_out() -> None:
    assert Shortened("Yes.", ("We like bikes.", "Ask us.")).note == (
        "Shortened to fit: left out \u201cWe like bikes.\u201d, \u201cAsk us.\u201d."
    )


def test_a_greeting_alone_is_no_shorter_answer() -> None:
    text = f"Hello. {'Bikes are very welcome on each of our boats and ' * 3}we look forward to you."

    assert shorten(text, frame=FRAME, sources=[SOURCE], fits=fits(100)) is None
