"""A sentence keeps the condition of the approved sentence it stands on."""

from dataclasses import replace

import pytest

from tests.checks.checking import PLAIN, find

RULES = replace(
    PLAIN,
    sources=(
        "If we cancel your train, you get the full fare back. Only folded bikes are taken on "
        "weekdays. You may drink alcohol on board, except on match days. Book a space in the "
        "app until 1 hour before departure. With an Access Card, you pay half the adult fare."
        " Unless you hold a permit, scooters stay ashore. Dogs travel free.",
        "Wenn wir den Zug streichen, erhalten Sie den vollen Fahrpreis zurück.",
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "If we cancel your train, you get the full fare back.",
        "You get the full fare back if we cancel your train.",
        "Did we cancel your train? Then you get the full fare back.",
        "On weekdays only folded bikes are taken.",
        "You can book a space in the app until 1 hour before departure.",
        "With an Access Card you pay half the adult fare.",
        "Dogs travel free, of course.",
        "Thank you for asking.",
        "Sie erhalten den vollen Fahrpreis zurück, wenn wir den Zug streichen.",
    ],
)
def test_a_kept_condition_passes(text: str) -> None:
    assert find("conditions", text, RULES).passed


@pytest.mark.parametrize(
    "text",
    [
        "You get the full fare back.",
        "Even if we cancel your train, you get the full fare back.",
        "Unless we cancel your train, you get the full fare back.",
        "Folded bikes are taken on weekdays.",
        "You may drink alcohol on board.",
        "You pay half the adult fare.",
        "Book a space in the app.",
        "If you hold a permit, scooters stay ashore.",
        "Sie erhalten den vollen Fahrpreis zurück.",
    ],
)
def test_a_lost_or_turned_condition_is_shown(text: str) -> None:
    found = find("conditions", text, RULES)

    assert (found.passed, found.blocks, found.words) == (False, False, (text,))


def test_what_another_approved_sentence_says_without_condition_may_be_said() -> None:
    both = replace(RULES, sources=(*RULES.sources, "You get the full fare back."))

    assert find("conditions", "You get the full fare back.", both).passed
