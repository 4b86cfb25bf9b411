"""Payment cards: the ranges and lengths that issuers use, and the Luhn sum, in any grouping.

Ranges: ISO/IEC 7812 as the networks publish them (Visa 4; Mastercard 51-55, 2221-2720; Amex 34, 37; Diners
36, 38, 39, 300-305, 309; Discover 6011, 644-649, 65; JCB 3528-3589, older 1800 and 2131; UnionPay 62; Maestro
50, 56-69; Mir 2200-2204).
"""

from collections.abc import Iterator
from functools import lru_cache

from app.privacy.digit_groups import Group, is_amid, row_start
from app.privacy.label_words import Topic
from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

SHORTEST, LONGEST = 12, 19
MOST_UNEVEN_GROUPS = 8  # more only where all are equally long, as in 4 1 1 1 …
RANGES = (
    (4, 4, frozenset({13, 16, 19})),
    (51, 55, frozenset({16})),
    (2221, 2720, frozenset({16})),
    (2200, 2204, frozenset(range(16, 20))),
    (34, 34, frozenset({15})),
    (37, 37, frozenset({15})),
    (36, 36, frozenset({14, 16})),
    (38, 39, frozenset({14, 16})),
    (300, 305, frozenset({14, 16})),
    (309, 309, frozenset({14, 16})),
    (3528, 3589, frozenset(range(16, 20))),
    (1800, 1800, frozenset({15})),
    (2131, 2131, frozenset({15})),
    (50, 50, frozenset(range(12, 20))),
    (56, 69, frozenset(range(12, 20))),
)
# Shorter or rarer than the rest, so that numbers of other things have such forms too: a word must help.
NOT_BEFORE = frozenset("+£$€")
DOUBLED = str.maketrans("0123456789", "0246813579")  # twice the digit, and the digits of that added up
PLAIN_LENGTHS = frozenset({15, 16, 19})


def cards(reading: Reading) -> Iterator[Span]:
    taken_to = 0
    any_range = Topic.CARD in reading.context.places
    for first, group in enumerate(reading.groups):
        if group.start < taken_to or not (any_range or card_lengths(_head(reading.groups, first))):
            continue
        if not _may_begin(reading, first):
            continue
        for last, number in _stretches(reading.groups, first):
            span = Span(Kind.CARD, group.start, reading.groups[last].end, number)
            is_likely = any_range or len(number) in card_lengths(number[:4])
            if (
                is_likely
                and luhn_comes_out(number)
                and not is_amid(reading.groups, first, last=last, most_beside=3)
                and _is_card(reading, span, first)
            ):
                taken_to = span.end
                yield span
                break


def luhn_comes_out(number: str) -> bool:
    """Whether the sum of ISO/IEC 7812-1, annex B, is right."""
    doubled = number[-2::-2].translate(DOUBLED)
    return sum(map(int, doubled + number[-1::-2])) % 10 == 0


def _head(groups: list[Group], first: int) -> str:
    """The four digits that a number beginning here begins with."""
    digits = groups[first].digits
    return digits[:4] if len(digits) > 3 else "".join(one.digits for one in groups[first : first + 4])[:4]


def _may_begin(reading: Reading, first: int) -> bool:
    """Not inside a word, an amount or an international number, nor amid a row of ones or twos of digits."""
    group = reading.groups[first]
    if (
        group.digits[0] == "0"
        or group.before in NOT_BEFORE
        or group.before.isalpha()
        or reading.text.startswith("+ ", group.start - 2)
    ):
        return False
    size = len(group.digits)
    return size > 2 or not group.is_joined or len(reading.groups[first - 1].digits) != size


def _stretches(groups: list[Group], first: int) -> Iterator[tuple[int, str]]:
    """Each group that a card beginning at `first` may end with, and the digits up to there, longest first."""
    found = []
    number, size = "", len(groups[first].digits)
    is_even = True
    for last in range(first, min(first + LONGEST, len(groups))):
        if last > first and not groups[last].is_joined:
            break
        number += groups[last].digits
        is_even = is_even and len(groups[last].digits) == size
        if len(number) > LONGEST or (last - first >= MOST_UNEVEN_GROUPS and not is_even):
            break
        if len(number) >= SHORTEST:
            found.append((last, number))
    return reversed(found)


@lru_cache(maxsize=10_000)
def card_lengths(start: str) -> frozenset[int]:
    """How long cards are that begin with these four digits."""
    found = frozenset[int]()
    for low, high, lengths in RANGES:
        if low <= int(start[: len(str(low))]) <= high:
            found |= lengths
    return found


def _is_card(reading: Reading, span: Span, first: int) -> bool:
    """What the sum alone does not say: every tenth number of anything has a right one.

    A word may stand in for the range: issuers get new ones.
    """
    text, context = reading.text, reading.context
    if text[span.end : span.end + 1].isalpha() or len(set(span.value)) == 1:
        return False
    if context.labelled(span.start, Topic.CARD):
        return True
    if context.labelled(row_start(reading.groups, first), Topic.OTHER, Topic.ORDER, Topic.PHONE):
        return False
    if len(span.value) in PLAIN_LENGTHS and len(span.value) in card_lengths(span.value[:4]):
        return True
    return context.near(span.start, span.end, Topic.CARD)
