"""Mail addresses, however they are written."""

import pytest

from app.privacy.spans import Kind
from tests.privacy.finding import found, values


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Write to Anna.Berg+shop@mail.example.", "Anna.Berg+shop@mail.example"),
        ("(anna@sub.mail.co.uk)", "anna@sub.mail.co.uk"),
        ("an anna@bücher.example!", "anna@bücher.example"),
        ("mailto:anna_1@mail.example?subject=x", "anna_1@mail.example"),
        ("see https://shop.example/?user=anna@mail.example&x=1", "anna@mail.example"),
        ("It is anna@mail.example.Thanks for that", "anna@mail.example"),
        ("login=o'neill@mail.example", "o'neill@mail.example"),
        ("anna (at) mail.example", "anna (at) mail.example"),
        ("anna[ät]mail[punkt]example", "anna[ät]mail[punkt]example"),
        ("anna at mail dot com, please", "anna at mail dot com"),
        ("anna\uff20mail.example", "anna\uff20mail.example"),
        ("an\u200bna@mail\u200b.example", "an\u200bna@mail\u200b.example"),
    ],
)
def test_an_address_is_found_whole(text: str, address: str) -> None:
    assert found(text) == [(Kind.EMAIL, address)]


@pytest.mark.parametrize(
    "text",
    [
        "I follow @anna@mastodon.example",
        "@anna hello",
        "3 @ 4.50 each",
        "meet me at home dot",
        "a@b",
        "look at x.example",
    ],
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert values(text, Kind.EMAIL) == []


def test_a_hidden_address_equals_the_plain_one() -> None:
    assert values("anna (at) mail (dot) example, Anna@Mail.example", Kind.EMAIL) == ["anna@mail.example"] * 2
