"""How the networks count, on texts of our own; the networks' suites stand in tests/conformance."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from app.channels.counting import GRAPHEME, graphemes, utf8_bytes, utf16_units
from app.channels.mastodon.counting import counted_length as mastodon_length
from app.channels.normalising import normalise
from app.channels.x.counting import weighted_length
from app.channels.x.links import links_in
from app.channels.x.punycode import punycode_length

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
PLAIN = st.text("abcdefghij ,")
ANYTHING = st.text(st.characters(exclude_categories=[]))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Thank you", 9),
        ("\u6e21\u8239", 4),  # two Chinese letters
        ("e\u0301", 1),  # e with an acute accent, in two code points
        (FAMILY, 2),
        ("\U0001f1f3\U0001f1f4", 2),  # a flag
        ("1\ufe0f\u20e3", 2),  # a keycap
        ("\u00a9", 1),
        ("\u00a9\ufe0f", 2),
        ("See https://skerryline.example/delays", 4 + len("https://skerryline.example/delays")),
        ("See https://skerryline.co.uk/delays/compensation/how-to-claim?from=x now", 4 + 23 + 4),
        ("See skerryline.com", 4 + 23),
        ("Ask @skerryline.com", 19),
        ("Write to care@skerryline.com", 28),
    ],
)
def test_x_weighs_letters_emoji_and_links(text: str, length: int) -> None:
    assert weighted_length(text) == length


def test_x_takes_the_full_stop_after_a_link_for_the_sentence() -> None:
    text = "Claim at skerryline.com/delays. Thank you."

    assert [text[link.start : link.end] for link in links_in(text)] == ["skerryline.com/delays"]


@given(ANYTHING)
def test_x_counts_a_text_and_its_composed_form_alike(text: str) -> None:
    assert weighted_length(text) == weighted_length(normalise("NFC", text))


@given(ANYTHING, PLAIN)
def test_plain_text_after_a_line_break_only_lengthens(text: str, more: str) -> None:
    assert weighted_length(f"{text}\n{more}") == weighted_length(f"{text}\n") + weighted_length(more)


@given(
    st.lists(st.sampled_from(["a.co", "http://", "a", ".", "-", "_", "/", "(", "\u6e21", "t.co/", "?", " "]))
)
def test_links_on_x_stand_in_order_and_apart(parts: list[str]) -> None:
    text = "".join(parts)
    ends = [0]
    for link in links_in(text):
        assert ends[-1] <= link.start < link.end <= len(text)
        ends.append(link.end)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=63))
def test_the_length_in_the_dns_is_that_of_the_codec(label: str) -> None:
    assert punycode_length(label) == len(label.encode("punycode"))


@given(st.text(st.sampled_from("a\u0301\U0001f1f3\U0001f1f4\U0001f468\u200d\u0600\r\n\u1100\u0915\u094d")))
def test_flags_are_counted_as_the_grapheme_rules_say(text: str) -> None:
    assert graphemes(text) == len(regex.findall(GRAPHEME, text))


def test_utf16_and_utf8_count_an_emoji_as_two_and_four() -> None:
    assert (utf16_units("\U0001f600"), utf8_bytes("\U0001f600")) == (2, 4)


def test_mastodon_counts_a_link_as_23_and_a_distant_mention_by_its_name() -> None:
    assert mastodon_length("@anna@isles.example see https://skerryline.com/a/very/long/path") == 5 + 5 + 23


def test_a_letter_under_thirty_thousand_marks_keeps_its_marks() -> None:
    text = "q" + "\u0316\u0301" * 15_000

    assert len(normalise("NFC", text)) == len(text)
