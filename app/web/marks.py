"""Words that stand out in a text, and characters nobody could see otherwise: as segments, never as HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from app.core.hidden import character_name, hidden_places

MOST_MARKS = 60  # phrases looked for in one text


class Mark(StrEnum):
    """Why words stand out; each has its own underline and symbol."""

    BAD = "bad"  # a check that blocks
    WARN = "warn"  # a check that warns
    SIGN = "sign"  # asks for a further signature
    SOURCE = "source"  # used in the draft
    ORDER = "order"  # reads like an order to the machine


FLAGS = (Mark.BAD, Mark.WARN)  # the worst first


@dataclass(frozen=True)
class Marked:
    words: str
    mark: Mark
    why: str


Place = tuple[int, int, Marked]  # from, up to, what


@dataclass(frozen=True)
class Segment:
    """A stretch of text shown in one way."""

    text: str
    mark: Mark | None = None
    why: str = ""
    is_hidden: bool = False  # `text` names a character that cannot be seen


def segments(text: str, marked: Sequence[Marked] = ()) -> list[Segment]:
    """The text cut where its look changes."""
    owner: list[Marked | None] = [None] * len(text)
    found = [(*place, one) for one in marked[:MOST_MARKS] for place in _places(text, one.words)]
    flags = [one for one in found if one[2].mark in FLAGS]
    for start, end, one in [each for each in found if each[2].mark not in FLAGS] + _merged(flags):
        owner[start:end] = [one] * (end - start)
    hidden = hidden_places(text)
    cuts: list[Segment] = []
    for (why, unseen), places in groupby(range(len(text)), key=lambda at: (owner[at], at in hidden)):
        cut = [text[at] for at in places]
        shown = [_label(one) for one in cut] if unseen else ["".join(cut)]
        mark, reason = (why.mark, why.why) if why else (None, "")
        cuts += [Segment(words, mark, reason, unseen) for words in shown]
    return cuts


def _merged(flags: list[Place]) -> list[Place]:
    """Findings that meet become one, as bad as the worst: a link is not flagged in pieces.

    Of two that are as bad, the one inside the other stays: the wrong number, not its whole sentence.
    """
    merged: list[Place] = []
    for flag in sorted(flags, key=lambda one: (one[0], -one[1])):
        meets = bool(merged) and flag[0] < merged[-1][1]
        merged.append(_joined(merged.pop(), flag) if meets else flag)
    return merged


def _joined(first: Place, second: Place) -> Place:
    one, other = first[2], second[2]
    whys = one.why if other.why in one.why else f"{one.why} {other.why}"
    worst = min(one.mark, other.mark, key=FLAGS.index)
    is_inside = second[1] <= first[1]
    start, end = second[:2] if is_inside and one.mark is other.mark else (first[0], max(first[1], second[1]))
    return start, end, Marked(one.words, worst, whys)


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Where these words stand as words: the 5 of 15 is not a 5."""
    if words.strip():
        before = r"(?<!\w)" if words[0].isalnum() else ""
        after = r"(?!\w)" if words[-1].isalnum() else ""
        for match in re.finditer(before + re.escape(words) + after, text, re.IGNORECASE):
            yield match.span()


def _label(character: str) -> str:
    """Such as U+202E; a title tells more."""
    return f"U+{ord(character):04X}"


def name_of_label(label: str) -> str:
    """What U+202E is called, in small letters."""
    return character_name(chr(int(label[2:], 16)))


def plain(text: str) -> str:
    """The text where no markup can stand, such as a title: what cannot be seen is written as its number."""
    return "".join(f"[{one.text}]" if one.is_hidden else one.text for one in segments(text))
