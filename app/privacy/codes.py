"""Orders, bookings, tickets: by a brand's patterns, by their labels, and by looking like nothing else."""

import re
from collections.abc import Iterator

from app.privacy.code_patterns import known_codes
from app.privacy.digit_groups import Group
from app.privacy.label_words import Topic
from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

# Letters and digits mixed, as booking codes are; the length keeps coach 16A and gate B2 out.
MIXED = re.compile(
    r"(?<![\w.,£€$-])(?=[A-Z0-9-]{5,12}(?![\w-]))(?=[A-Z-]{0,11}\d)(?=[0-9-]{0,11}[A-Z])"
    r"(?!\d{1,11}(?:KM|CM|MM|KG|ML|GB|MB|TB|KB|EUR|USD|GBP|CHF|AM|PM|UHR|MIN|SEC|HRS|ST|ND|RD|TH)(?![\w-]))"
    r"[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,12}){0,3}"
)
LABELLED = re.compile(
    r"#?(?=[A-Z\-/]{0,12}\d)[A-Z0-9]{1,24}(?:[\-/][A-Z0-9]{1,24}){0,4}(?![^\W_])", re.IGNORECASE
)
SPACED = re.compile(r"\d{2,6}(?: \d{2,6}){1,5}(?![\w.,:]?\d)")
NOT_BEFORE = frozenset("_.,£€$")
FEWEST = 4  # digits of a code that is labelled
SHORTEST, LONGEST = 8, 40  # digits of a number that nothing explains


def codes(reading: Reading) -> Iterator[Span]:
    yield from _by_form(reading)
    for start, topic in reading.context.leads_to.items():
        if topic is Topic.ORDER:
            yield from _labelled(reading.text, start)
    for group in reading.groups:
        if _stands_alone(group):
            yield Span(Kind.CODE, group.start, group.end, group.digits)


def _by_form(reading: Reading) -> Iterator[Span]:
    for pattern in (*known_codes(), MIXED) if reading.groups else ():
        for match in pattern.finditer(reading.text):
            if any(character.isdigit() for character in match.group()):  # else it is a word of that form
                yield _span(match)


def _labelled(text: str, start: int) -> Iterator[Span]:
    match = SPACED.match(text, start) or LABELLED.match(text, start)
    if match and sum(character.isdigit() for character in match.group()) >= FEWEST:
        yield _span(match)


def _stands_alone(group: Group) -> bool:
    """A long number that is no part of a word or an amount."""
    return (
        SHORTEST <= len(group.digits) <= LONGEST
        and not group.before.isalpha()
        and group.before not in NOT_BEFORE
        and not group.after.isalpha()
        and group.after != "_"
    )


def _span(match: re.Match[str]) -> Span:
    return Span(Kind.CODE, match.start(), match.end(), re.sub(r"[\s#]", "", match.group()).upper())
