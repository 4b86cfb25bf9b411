"""X's open test suite (twitter-text): weighted counts and links."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from app.channels.x.counting import V3, Weights, weighted_length
from app.channels.x.links import links_in
from app.evaluation.conformance_cases import Case, SuiteResult, judged
from app.evaluation.jsonl import UnusableFile

UNSENDABLE = "\ufffe\uffff"  # X refuses these outright, whatever the length; the hidden-characters check does
LINKS = ("urls", "urls_with_indices", "urls_with_directional_markers", "tco_urls_with_params")


def twitter_suites(folder: Path) -> Iterator[SuiteResult]:
    """Raises `UnusableFile` when a file is missing or not what it was."""
    validate, extract = (_tests(folder / name) for name in ("validate.yml", "extract.yml"))
    current, limit = configuration(folder, 3)
    yield judged("twitter-text configuration", [Case("version 3", (V3, 280), (current, limit))])
    for section in ("WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"):
        yield judged(f"twitter-text {section}", _counted(validate[section], current, limit))
    second, limit = configuration(folder, 2)
    section = "WeightedTweetsCounterTest"
    yield judged(f"twitter-text {section}", _counted(validate[section], second, limit))
    yield judged("twitter-text tweets", _valid(validate["tweets"], *configuration(folder, 1)))
    for section in LINKS:
        yield judged(f"twitter-text {section}", _linked(extract[section]))


def configuration(folder: Path, version: int) -> tuple[Weights, int]:
    """The weights and the limit of one version of the count, as X publishes them."""
    stated = json.loads((folder / "config" / f"v{version}.json").read_text(encoding="utf-8"))
    weights = Weights(
        default=stated["defaultWeight"],
        ranges=tuple((row["start"], row["end"], row["weight"]) for row in stated["ranges"]),
        link=stated["transformedURLLength"],
        scale=stated["scale"],
        emoji_counts_once=stated.get("emojiParsingEnabled", False),
    )
    return weights, stated["maxWeightedTweetLength"]


def _tests(path: Path) -> dict[str, list[dict[str, Any]]]:
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        tests: dict[str, list[dict[str, Any]]] = read["tests"]
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise UnusableFile(f"{path} cannot be read as a suite of twitter-text.") from error
    return tests


def _counted(rows: list[dict[str, Any]], weights: Weights, limit: int) -> Iterator[Case]:
    for row in rows:
        text, expected = row["text"], row["expected"]
        length = weighted_length(text, weights)
        fits = length <= limit and not any(mark in text for mark in UNSENDABLE)
        yield Case(row["description"], (length, fits), (expected["weightedLength"], expected["valid"]))


def _valid(rows: list[dict[str, Any]], weights: Weights, limit: int) -> Iterator[Case]:
    for row in rows:
        fits = 0 < weighted_length(row["text"], weights) <= limit
        yield Case(row["description"], fits, row["expected"])


def _linked(rows: list[dict[str, Any]]) -> Iterator[Case]:
    for row in rows:
        text, expected = row["text"], row["expected"]
        links = [
            {"url": text[link.start : link.end], "indices": [link.start, link.end]} for link in links_in(text)
        ]
        has_places = bool(expected) and isinstance(expected[0], dict)
        yield Case(row["description"], links if has_places else [link["url"] for link in links], expected)
