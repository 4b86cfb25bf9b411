"""How X counts a text: the weighted length of its open twitter-text library, configuration v3.

The text is put into Unicode form NFC. A link counts 23, an emoji 2, most letters of the world 1, and
Chinese, Japanese, Korean and what else lies outside the light ranges 2.
"""

import re
from dataclasses import dataclass

from app.channels.normalising import normalise
from app.channels.x.emoji import EMOJI
from app.channels.x.links import links_in


@dataclass(frozen=True)
class Weights:
    """One configuration of the count; weights in hundredths, as X publishes them."""

    default: int
    ranges: tuple[tuple[int, int, int], ...]  # first and last code point, weight
    link: int = 23
    scale: int = 100
    emoji_counts_once: bool = True


V3 = Weights(default=200, ranges=((0, 4351, 100), (8192, 8205, 100), (8208, 8223, 100), (8242, 8247, 100)))


def weighted_length(text: str, weights: Weights = V3) -> int:
    """The length X sees; at most 280 may be posted."""
    text = normalise("NFC", text)
    between = []  # the text around the links, weighed in one go
    position = 0
    for link in links_in(text):
        between.append(text[position : link.start])
        position = link.end
    between.append(text[position:])
    links = len(between) - 1
    weight = _weight("\n".join(between), weights) - links * _weight("\n", weights)
    return weight // weights.scale + links * weights.link


def _weight(text: str, weights: Weights) -> int:
    emoji = 0
    if weights.emoji_counts_once and not text.isascii():
        text, emoji = EMOJI.subn("", text)
    heavy = len(text)
    total = emoji * weights.default
    for first, last, weight in weights.ranges:
        inside = len(re.findall(f"[{chr(first)}-{chr(last)}]", text))
        total += inside * weight
        heavy -= inside
    return total + heavy * weights.default
