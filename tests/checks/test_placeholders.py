"""A placeholder that is left over never reaches a customer."""

import pytest

from tests.checks.checking import find


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hello ⟦NAME_1⟧, thanks", "⟦NAME_1⟧"),
        ("We write to ⟦EMAIL_1", "⟦"),
        ("We write to EMAIL_1.", "EMAIL_1"),
        ("We write to [EMAIL_1]", "[EMAIL_1]"),
        ("We write to {email_2}", "email_2"),
        ("Dear [NAME],", "[NAME]"),
        ("Call <PHONE 1>", "<PHONE 1>"),
    ],
)
def test_a_left_over_placeholder_blocks(text: str, left: str) -> None:
    found = find("placeholders", text)

    assert (found.passed, found.blocks, found.words[0]) == (False, True, left)


@pytest.mark.parametrize(
    "text", ["Your code (code 12) is fine", "The number 1 email", "[1] see text 2", "A NAME is a name"]
)
def test_everyday_words_are_no_placeholders(text: str) -> None:
    assert find("placeholders", text).passed
