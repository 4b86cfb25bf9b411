"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.web.marks import Segment, segments

WORDS = re.compile(r"\s+|\w+|[^\w\s]+")
MOST_WORDS = 2000  # beyond that the comparison takes too long; the texts are shown as replaced


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Change:
    kind: Kind
    segments: list[Segment]


def word_diff(before: str, after: str) -> list[Change]:
    """Removed words stand before those that replaced them."""
    return [Change(kind, segments(text)) for kind, text in _stretches(before, after) if text]


def _stretches(before: str, after: str) -> Iterator[tuple[Kind, str]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        yield from ((Kind.REMOVED, before), (Kind.ADDED, after)) if before != after else ((Kind.SAME, after),)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Kind.SAME, "".join(new[c:d])
        else:
            yield Kind.REMOVED, "".join(old[a:b])
            yield Kind.ADDED, "".join(new[c:d])
