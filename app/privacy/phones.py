"""Telephone numbers: international, national of the countries our languages are spoken in, or labelled.

Dates, times, prices and numbers that are labelled as something else are none.
"""

import re
from collections.abc import Iterator

from app.privacy.context import Context
from app.privacy.digit_groups import Group, is_amid, row_start
from app.privacy.label_words import Topic
from app.privacy.phone_plans import LONGEST_WITH_TRUNK, is_national, national_part
from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

MOST_DIGITS = 17  # E.164 allows 15, and two more for 00
MOST_GROUPS = 8  # more only where all are single digits
FEWEST_LABELLED = 6
FEWEST_BARE = 10  # without a gap and without a label
AMERICAN = re.compile(
    r"(?:1[ .\-]{1,2})?(?:\([2-9]\d\d\)[ .\-]{0,2}|[2-9]\d\d[ .\-])[2-9]\d\d[ .\-]\d{4}(?![\d])"
)
NO_PHONE = re.compile(
    r"\d{1,2}([./\-])\d{1,2}\1(?:\d{4}|\d\d)(?![./\-]?\d)"  # 1.2.2024
    r"|(?:19|20)\d\d([./\-])\d\d\2\d\d(?!\d)"  # 2024-02-01
    r"|(?:[0-2]?\d[.h]|[0-2]\d)[0-5]\d ?- ?(?:[0-2]?\d[.h]|[0-2]\d)[0-5]\d(?![./\-]?\d)"  # 9.00 - 17.00
    r"|\d{1,2}(?:\.\d{1,2}){2,3}(?!\.?\d)"  # version 10.4.1.17
    r"|\d{1,3}(?:[., ]\d{3})+(?:[.,]\d\d)?(?= ?(?:[€£$%]|EUR|USD|GBP|CHF))"  # 1 250.00 €
)
UNIT_AFTER = re.compile(
    r" ?(?:[€£$%°]|(?:eur|euros?|usd|gbp|chf|pounds?|dollars?|km|kg|cm|mm|mb|gb|ml)\b)", re.IGNORECASE
)
NOT_BEFORE = frozenset("_£$€#")
LONGEST_LINK = 200
NOT_PHONES = (Topic.ORDER, Topic.OTHER, Topic.CARD, Topic.IBAN, Topic.TAX)
AMID = frozenset(".,:-/")
TRUNK = re.compile(r"\(0\)")


def phones(reading: Reading) -> Iterator[Span]:
    taken_to = 0
    for place, group in enumerate(reading.groups):
        if group.start < taken_to:
            continue
        begin = _begin(reading, place)
        if begin is None or not _looks_like_one(reading, group, begin):
            continue
        if span := _phone_at(reading, place, begin):
            taken_to = span.end
            yield span


def _looks_like_one(reading: Reading, group: Group, begin: int) -> bool:
    """Whether it is worth a closer look; most groups of digits are not."""
    text, context = reading.text, reading.context
    if group.digits[0] == "0" or text[begin] in "+(" or (group.end - group.start == 3) or group.digits == "1":
        return not NO_PHONE.match(text, group.start)
    return _is_labelled(context, begin, group) and not NO_PHONE.match(text, group.start)


def _is_labelled(context: Context, begin: int, group: Group) -> bool:
    return context.labelled(begin, Topic.PHONE) or context.labelled(group.start, Topic.PHONE)


def _begin(reading: Reading, place: int) -> int | None:
    """Where a number that starts with this group starts, with its plus and bracket; None: it cannot."""
    text, group = reading.text, reading.groups[place]
    begin = group.start
    if group.before == " " and text.startswith("+ ", begin - 2):
        begin -= 2
    while begin and text[begin - 1] in "+(" and group.start - begin < 3:
        begin -= 1
    before = text[begin - 1] if begin else ""
    if before in NOT_BEFORE or before.isalnum() or (before == "/" and _is_in_link(text, begin)):
        return None
    if begin == group.start and (is_amid(reading.groups, place) or _is_in_row_of_digits(reading, place)):
        return None
    # These end a word, or stand inside another number.
    return None if before in AMID and begin > 1 and text[begin - 2].isdigit() else begin


def _is_in_row_of_digits(reading: Reading, place: int) -> bool:
    """Whether both this group and the one before it are single digits: the row is read from its start."""
    group = reading.groups[place]
    return group.is_joined and len(group.digits) == 1 == len(reading.groups[place - 1].digits)


def _is_in_link(text: str, place: int) -> bool:
    before = text[max(0, place - LONGEST_LINK) : place].rpartition(" ")[2]
    return "://" in before or before.startswith("www.")


def _phone_at(reading: Reading, place: int, begin: int) -> Span | None:
    text, context, first = reading.text, reading.context, reading.groups[place]
    is_labelled = _is_labelled(context, begin, first)
    row = begin if text[begin] in "+(" else row_start(reading.groups, place)
    if not is_labelled and context.labelled(row, *NOT_PHONES):
        return None
    is_international = "+" in text[begin : first.start]
    if not is_international and (american := AMERICAN.match(text, begin)):
        return Span(Kind.PHONE, begin, american.end(), re.sub(r"\D", "", american.group())[-10:])
    if not (is_international or is_labelled or first.digits[0] == "0"):
        return None
    for last, digits in _stretches(reading, place):
        if not (is_labelled or is_international) and is_amid(reading.groups, place, last=last):
            continue
        end = reading.groups[last].end
        if value := _value(
            digits, text[begin:end], is_international=is_international, is_labelled=is_labelled
        ):
            return Span(Kind.PHONE, begin, end, value)
    return None


def _stretches(reading: Reading, first: int) -> Iterator[tuple[int, str]]:
    """Each group that a number may end with, and the digits up to there, the longest first."""
    text, groups = reading.text, reading.groups
    found, digits = [], ""
    for last in range(first, min(first + MOST_DIGITS, len(groups))):
        group = groups[last]
        if last > first and not group.is_joined:
            break
        if last > first and group.before == " " and NO_PHONE.match(text, group.start):
            break
        digits += group.digits
        groups_so_far = last - first + 1
        if len(digits) > MOST_DIGITS or (groups_so_far > MOST_GROUPS and len(digits) > groups_so_far):
            break
        is_free = not group.after.isalpha() and group.after != "_"
        if len(digits) >= FEWEST_LABELLED and is_free and not UNIT_AFTER.match(text, group.end):
            found.append((last, digits))
    return reversed(found)


def _value(digits: str, written: str, *, is_international: bool, is_labelled: bool) -> str | None:
    """The significant digits, without country code and trunk zero; None where this is no number."""
    if is_international or digits.startswith("00"):
        return national_part(_without_trunk(written).removeprefix("00" if not is_international else ""))
    if digits.startswith("0"):
        is_bare = written.strip("(").isdigit()
        if len(digits) <= LONGEST_WITH_TRUNK and (is_labelled or not is_bare or len(digits) >= FEWEST_BARE):
            return digits[1:] if is_national(digits) else _labelled_value(digits, is_labelled=is_labelled)
        return None
    return _labelled_value(digits, is_labelled=is_labelled)


def _labelled_value(digits: str, *, is_labelled: bool) -> str | None:
    return digits.lstrip("0") if is_labelled and FEWEST_LABELLED <= len(digits) <= 15 else None


def _without_trunk(written: str) -> str:
    return re.sub(r"\D", "", TRUNK.sub("", written))
