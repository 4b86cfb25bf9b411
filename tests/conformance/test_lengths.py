"""The networks' own test suites for counting and links, read from beside the checkout."""

import json
import re
from typing import Any

import pytest
import yaml

from app.channels.counting import graphemes
from app.channels.rules import measure
from app.channels.x.counting import V3, Weights, weighted_length
from app.channels.x.links import links_in
from app.core.settings import CHECKOUT

pytestmark = pytest.mark.conformance

CONFORMANCE = CHECKOUT.parent / "shared" / "data" / "conformance"
BREAK = "\u00f7"
BY_VERSION_3 = ("WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest")
TWITTER_TEXT = CONFORMANCE / "twitter-text"


def cases(file: str, *sections: str) -> list[Any]:
    """One parameter per case; nothing where the data is not there, as collecting must not need it."""
    path = TWITTER_TEXT / file
    if not path.exists():
        return []
    suite = yaml.safe_load(path.read_text(encoding="utf-8"))["tests"]
    return [
        pytest.param(section, case["text"], case["expected"], id=f"{section}: {case['description']}")
        for section in sections
        for case in suite[section]
    ]


def configuration(version: int) -> tuple[Weights, int]:
    stated = json.loads((TWITTER_TEXT / "config" / f"v{version}.json").read_text(encoding="utf-8"))
    weights = Weights(
        default=stated["defaultWeight"],
        ranges=tuple((row["start"], row["end"], row["weight"]) for row in stated["ranges"]),
        link=stated["transformedURLLength"],
        scale=stated["scale"],
        emoji_counts_once=stated.get("emojiParsingEnabled", False),
    )
    return weights, stated["maxWeightedTweetLength"]


def test_our_configuration_is_version_3() -> None:
    assert configuration(3) == (V3, 280)


@pytest.mark.parametrize(("section", "text", "expected"), cases("validate.yml", "WeightedTweetsCounterTest"))
def test_weighted_length_by_version_2(section: str, text: str, expected: dict[str, Any]) -> None:
    weights, _ = configuration(2)

    assert weighted_length(text, weights) == expected["weightedLength"]


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    cases(
        "validate.yml", "WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"
    ),
)
def test_weighted_length_by_version_3(section: str, text: str, expected: dict[str, Any]) -> None:
    found = measure("x", text)

    assert found.length == expected["weightedLength"]
    if not re.search(
        "[\ufffe\uffff]", text
    ):  # X refuses these outright; the check for hidden characters does
        assert found.too_long is not expected["valid"]


@pytest.mark.parametrize(("section", "text", "expected"), cases("validate.yml", "tweets"))
def test_what_fits_by_version_1(section: str, text: str, expected: bool) -> None:
    weights, limit = configuration(1)

    assert (0 < weighted_length(text, weights) <= limit) is expected


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    cases("extract.yml", "urls", "urls_with_directional_markers", "tco_urls_with_params"),
)
def test_links(section: str, text: str, expected: list[Any]) -> None:
    found = [
        {"url": text[link.start : link.end], "indices": [link.start, link.end]} for link in links_in(text)
    ]
    has_places = bool(expected) and isinstance(expected[0], dict)

    assert (found if has_places else [link["url"] for link in found]) == expected


@pytest.mark.parametrize(("section", "text", "expected"), cases("extract.yml", "urls_with_indices"))
def test_places_of_links(section: str, text: str, expected: list[dict[str, Any]]) -> None:
    found = [
        {"url": text[link.start : link.end], "indices": [link.start, link.end]} for link in links_in(text)
    ]

    assert found == expected


def test_every_emoji_of_the_unicode_list_counts_two_on_x() -> None:
    lines = (CONFORMANCE / "unicode" / "emoji-test.txt").read_text(encoding="utf-8").splitlines()
    listed = [line.partition(";")[0] for line in lines if "; fully-qualified" in line]
    emoji = ["".join(chr(int(code, 16)) for code in line.split()) for line in listed]

    assert len(emoji) > 3_000
    assert [one for one in emoji if weighted_length(one) != 2] == []


def test_graphemes_break_where_unicode_says() -> None:
    lines = (CONFORMANCE / "unicode" / "GraphemeBreakTest.txt").read_text(encoding="utf-8").splitlines()
    # The scissors at U+2701 were a picture in Unicode 15, which the list is of, and are none since.
    rows = [line.partition("#")[0].split() for line in lines if "2701" not in line]
    wrong = []
    for row in filter(None, rows):
        text = "".join(chr(int(part, 16)) for part in row if len(part) > 1)
        if graphemes(text) != row.count(BREAK) - 1:
            wrong.append(row)

    assert len(rows) > 500
    assert wrong == []
