"""Names come from a cited version, from the brand or from the customer."""

from dataclasses import replace

import pytest

from tests.checks.checking import PLAIN, find

PLACES = replace(
    PLAIN,
    sources=(
        "Where does it stop?",
        "The Island Day Rover is valid between Solvik and Tarn Point, and in Norhaven. "
        "Harbour trains run late.",
    ),
    customer_text="I am Anna Berg and I left my bag at Wickersea",
    own_words=("Skerry Line", "Kind regards\nSkerry Line Customer Care"),
)


@pytest.mark.parametrize(
    "text",
    [
        "Solvik's harbour is open, and so is Norhaven's.",
        "Buy an Island Day Rover. It is valid on the Solvik-Norhaven line.",
        "Dear Anna Berg, your bag from Wickersea is here.",
        "Kind regards\nSkerry Line Customer Care",
        "Unfortunately we cannot say. Passengers may ask. Reimbursements take time.",
        "Come on Monday in March. I hope Mrs Berg is well. We speak English and take GBP.",
        "Don't worry. Let us know! What else? 1. Open the app\n2. Choose a ticket",
        "Der Hund fährt mit dem Zug nach Solvik, und wir wünschen Ihnen eine gute Fahrt.",
        "See www.Skerry.example/Kelmoor or @Kelmoor.",
    ],
)
def test_known_names_and_ordinary_capitals_pass(text: str) -> None:
    assert find("names_traced", text, PLACES).passed


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("The train stops at Kelmoor.", ("Kelmoor",)),
        ("Kelmoor is step-free.", ("Kelmoor",)),
        ("Buy a Flexi Saver in Solvik.", ("Flexi Saver",)),
        ("Ask at Norhaven Point.", ("Norhaven Point",)),
        ("It leaves from Solvik Quay's gate.", ("Solvik Quay",)),
        ("Take the Solvik-Kelmoor line.", ("Solvik-Kelmoor",)),
        ("Der Zug fährt nach Kelmoor und ist für alle da.", ("Kelmoor",)),
        ("Pay with AMEX or SkerryPay.", ("AMEX", "SkerryPay")),
    ],
)
def test_a_name_from_nowhere_is_shown(text: str, foreign: tuple[str, ...]) -> None:
    found = find("names_traced", text, PLACES)

    assert (found.passed, found.blocks, found.words) == (False, False, foreign)
    assert all(words in text for words in found.words)
