"""How a Mastodon server counts, on texts of our own."""

import pytest

from app.channels.mastodon.counting import counted_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("See https://skerryline.com/a/very/long/path.", 4 + 23 + 1),
        ("(https://skerryline.com/a)", 1 + 23 + 1),
        ("See skerryline.com", 18),  # without a protocol it is no link
        ("See https://skerryline.example", 30),  # nor on a domain that does not exist
        ("@anna@isles.scot thanks", 5 + 7),
        ("@anna@isles.scot@x", 18),  # an address within an address is no mention
        ("mail anna@isles.scot", 20),
        ("https://isles.scot/@anna@isles.scot", 23),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301", 3),
    ],
)
def test_links_and_distant_mentions_are_made_short(text: str, length: int) -> None:
    assert counted_length(text) == length


def test_an_instance_says_what_a_link_counts() -> None:
    assert counted_length("https://skerryline.com", link_length=30) == 30
