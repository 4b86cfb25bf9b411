"""The groups of digits of a text: numbers are written with gaps, and each detector joins them its own way."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.privacy.spans import Span

GROUP = re.compile(r"\d+")
GAP = frozenset(" .-/()")
LONGEST_GAP = 3
LONG_ALONE = 9
SENTENCE_END = frozenset(". ")


class Group(NamedTuple):
    start: int
    end: int
    digits: str
    before: str  # the character before it, "" at the start of the text
    after: str
    is_joined: bool  # to the group before it, by nothing but what may stand within a number


def digit_groups(text: str) -> list[Group]:
    groups: list[Group] = []
    last = -LONGEST_GAP - 1
    for match in GROUP.finditer(text):
        start, end = match.span()
        gap = text[max(last, 0) : start]
        is_joined = start - last <= LONGEST_GAP and GAP.issuperset(gap) and not SENTENCE_END.issubset(gap)
        before = text[start - 1] if start else ""
        groups.append(Group(start, end, match.group(), before, text[end : end + 1], is_joined))
        last = end
    return groups


def is_amid(groups: Sequence[Group], first: int, *, last: int | None = None, most_beside: int = 2) -> bool:
    """Whether the stretch from one group to another is only a part of a longer number.

    Short groups beside it are something else: "room 12", a date, the digits on a card's back. A group that
    is long enough by itself needs no others.
    """
    if len(groups[first].digits) >= LONG_ALONE and last in {None, first}:
        return False
    if groups[first].is_joined and first and len(groups[first - 1].digits) > most_beside:
        return True
    after = (first if last is None else last) + 1
    if last is None or after >= len(groups):
        return False
    return groups[after].is_joined and len(groups[after].digits) > most_beside


def row_start(groups: Sequence[Group], place: int) -> int:
    """Where the row of joined groups begins, up to ten back; a group long enough by itself is its own."""
    first = place
    if len(groups[place].digits) >= LONG_ALONE:
        return groups[place].start
    while first and groups[first].is_joined and place - first < 10:
        first -= 1
    return groups[first].start


def groups_outside(groups: list[Group], spans: Sequence[Span]) -> list[Group]:
    """Those that no span covers; what follows a covered one is joined to nothing."""
    if not spans:
        return groups
    covered = bytearray(groups[-1].end if groups else 0)
    for span in spans:
        covered[span.start : span.end] = b"\1" * (min(span.end, len(covered)) - span.start)
    left, was_left = [], True
    for group in groups:
        is_left = not covered[group.start]
        if is_left:
            left.append(group if was_left else group._replace(is_joined=False))
        was_left = is_left
    return left
