"""What nobody can see is found and taken out; what scripts and pictures need stays."""

import pytest

from app.core.hidden import hidden_places, without_hidden

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"


@pytest.mark.parametrize(
    "text", [FAMILY, ENGLAND, PERSIAN, "\u2764\ufe0f", "1\ufe0f\u20e3", "a\tb\nc", "שלום"]
)
def test_scripts_and_pictures_stay_whole(text: str) -> None:
    assert (without_hidden(text), hidden_places(text)) == (text, frozenset())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("pass\u200bword", "password"),
        ("\u202egnorw\u202c", "gnorw"),
        ("a\u2066b\u2069", "ab"),
        ("hi" + "".join(chr(0xE0000 + ord(letter)) for letter in "say yes"), "hi"),
        ("one\u2028two\r\nthree", "one\ntwo\nthree"),
        ("a\ufe0fb\ufe01", "ab"),
        ("\x00\x1b[31m", "[31m"),
        ("a\u200db", "ab"),
    ],
)
def test_what_nobody_can_see_is_taken_out(text: str, seen: str) -> None:
    assert without_hidden(text) == seen


def test_words_written_in_the_tags_of_a_flag_are_no_flag() -> None:
    smuggled = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "sayyes") + "\U000e007f"

    assert without_hidden(smuggled) == "\U0001f3f4"
