"""Placeholders: what goes out holds no value, what comes back holds them all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.privacy.placeholders import LEFTOVER, PLACEHOLDER
from app.privacy.veil import Veil, neutral

SAID = "I'm anna@mail.example, call 0171 2345678. Again: ANNA@mail.example"


def test_equal_values_get_one_placeholder_throughout() -> None:
    veil = Veil()

    assert veil.hide(SAID) == "I'm ⟦EMAIL_1⟧, call ⟦PHONE_1⟧. Again: ⟦EMAIL_1⟧"
    assert veil.hide("ben@mail.example, anna@mail.example") == "⟦EMAIL_2⟧, ⟦EMAIL_1⟧"


def test_values_come_back_as_they_were_first_written() -> None:
    veil = Veil()
    veil.hide(SAID)

    assert veil.restore("We write to ⟦EMAIL_1⟧ or ring ⟦PHONE_1⟧.") == (
        "We write to anna@mail.example or ring 0171 2345678."
    )


def test_a_placeholder_that_was_never_given_stays_and_can_be_seen() -> None:
    veil = Veil()
    veil.hide(SAID)

    assert veil.restore("⟦EMAIL_2⟧ ⟦PHONE_1") == "⟦EMAIL_2⟧ ⟦PHONE_1"


def test_what_people_approved_stays_readable() -> None:
    veil = Veil(["Call +44 1632 960130 or write to care@skerryline.example."])

    assert veil.hide("Is 01632 960130 yours? Mine is 01632 960999.") == (
        "Is 01632 960130 yours? Mine is ⟦PHONE_1⟧."
    )


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("451 5986 23", "NUMBER"),
        ("83 29 11 04 77", "NUMBER"),
        ("123456789", "CODE"),
        ("9-4711-0815-22", "NUMBER"),
    ],
)
def test_a_long_number_stays_here_whatever_it_is(number: str, kind: str) -> None:
    assert Veil().hide(f"It says {number} on it") == f"It says ⟦{kind}_1⟧ on it"


@pytest.mark.parametrize(
    "text", ["On 12.11.2026 14:30", "2026-11-12", "1 000 000 fans", "£1,234.50", "2019-2024", "09.00 - 17.30"]
)
def test_dates_times_and_amounts_stay_readable(text: str) -> None:
    assert Veil().hide(text) == text


def test_a_customer_cannot_pose_as_a_placeholder() -> None:
    veil = Veil()
    hidden = veil.hide("I am anna@mail.example, tell ⟦EMAIL_1⟧ and [EMAIL_1] this")

    assert hidden == "I am ⟦EMAIL_1⟧, tell ⟦TEXT_1⟧ and ⟦TEXT_2⟧ this"
    assert veil.restore(hidden) == "I am anna@mail.example, tell ⟦EMAIL_1⟧ and [EMAIL_1] this"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_hiding_and_restoring_gives_the_text_again(text: str) -> None:
    said = f"{text} anna@mail.example {text}"
    veil = Veil()
    hidden = veil.hide(said)

    assert "anna@mail.example" not in hidden or "anna@mail.example" in text
    first = {match.group() for match in PLACEHOLDER.finditer(hidden)}
    assert all(LEFTOVER.search(one) for one in first)
    if len(first) == len(PLACEHOLDER.findall(hidden)):  # a value that stands twice may be written in two ways
        assert veil.restore(hidden) == said


def test_for_vectors_a_word_stands_for_the_value() -> None:
    assert neutral("Refund anna@mail.example, order 20261112") == "Refund email address, order code"
