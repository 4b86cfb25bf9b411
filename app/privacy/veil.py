"""Putting placeholders where private values stand, and the values back where the placeholders went."""

import re
from collections.abc import Iterable
from functools import lru_cache

from app.privacy.detecting import private_spans
from app.privacy.digit_groups import Group
from app.privacy.placeholders import LEFTOVER, PLACEHOLDER, placeholder
from app.privacy.reading import read
from app.privacy.spans import Kind, Span, without_overlaps

FEWEST_DIGITS = 7  # of a row that nothing explains; a date or a price has fewer, or is told by its form
HARMLESS = re.compile(
    r"(?:19|20)\d\d[./\-]\d\d[./\-]\d\d(?:[ T]\d\d?)?"
    r"|\d{1,2}([./\-])\d{1,2}\1(?:19|20)?\d\d(?: \d\d?)?"  # dates
    r"|\d{1,3}(?:[. ]\d{3}){1,4}"  # 1 000 000
    r"|\d\d?\.\d\d ?- ?\d\d?\.\d\d|(?:19|20)\d\d ?[/\-] ?(?:19|20)\d\d"  # times, years
)


class Veil:
    """One conversation with somebody outside: equal values have equal placeholders throughout.

    What stands in an approved text is no secret and stays readable everywhere.
    """

    def __init__(self, approved: Iterable[str] = ()) -> None:
        self._approved = frozenset[str]().union(*map(_values_in, approved))
        self._placeholders: dict[tuple[Kind, str], str] = {}
        self._written: dict[str, str] = {}  # by placeholder: the words it first stood for

    @property
    def hides_something(self) -> bool:
        return bool(self._written)

    def hidden_spans(self, text: str) -> list[Span]:
        """What `hide` would replace: all that is private or might be, and what poses as a placeholder."""
        posing = [Span(Kind.TEXT, *match.span(), match.group()) for match in LEFTOVER.finditer(text)]
        found = without_overlaps([*_private_or_long(text), *posing])
        return [span for span in found if span.value not in self._approved]

    def hide(self, text: str) -> str:
        """The text with placeholders. Text that `hide` made itself must not be hidden again."""
        pieces, place = [], 0
        for span in self.hidden_spans(text):
            written = text[span.start : span.end]
            pieces += [text[place : span.start], self._placeholder(span, written)]
            place = span.end
        return "".join([*pieces, text[place:]])

    def restore(self, text: str) -> str:
        """The text with the values as they were first written. A placeholder that was never given stays."""
        return PLACEHOLDER.sub(lambda match: self._written.get(match.group(), match.group()), text)

    def _placeholder(self, span: Span, written: str) -> str:
        key = (span.kind, span.value)
        if key not in self._placeholders:
            number = 1 + sum(kind is span.kind for kind, _ in self._placeholders)
            self._placeholders[key] = placeholder(span.kind, number)
            self._written[self._placeholders[key]] = written
        return self._placeholders[key]


def neutral(text: str) -> str:
    """The text with a plain word in each value's place, for those who give no text back."""
    pieces, place = [], 0
    for span in Veil().hidden_spans(text):
        pieces += [text[place : span.start], NEUTRAL_WORDS[span.kind]]
        place = span.end
    return "".join([*pieces, text[place:]])


NEUTRAL_WORDS = {
    Kind.EMAIL: "email address",
    Kind.IBAN: "bank account",
    Kind.CARD: "card number",
    Kind.BIRTH_DATE: "date of birth",
    Kind.IDENTITY: "identity number",
    Kind.PHONE: "phone number",
    Kind.IP: "IP address",
    Kind.CODE: "code",
    Kind.ADDRESS: "address",
    Kind.NAME: "name",
    Kind.NUMBER: "number",
    Kind.TEXT: "text",
}


@lru_cache(maxsize=1024)
def _values_in(text: str) -> frozenset[str]:
    """Approved answers are the same for many drafts, so each is read once."""
    return frozenset(span.value for span in _private_or_long(text))


def _private_or_long(text: str) -> list[Span]:
    return without_overlaps([*private_spans(text), *_long_numbers(text)])


def _long_numbers(text: str) -> list[Span]:
    """Rows of digits too long for a price or a date: nobody knows whose number it is, so it stays here."""
    reading = read(text)
    rows: list[list[Group]] = []
    for group in reading.groups:
        if rows and group.is_joined:
            rows[-1].append(group)
        else:
            rows.append([group])
    spans = []
    for row in rows:
        start, end = row[0].start, row[-1].end
        digits = "".join(group.digits for group in row)
        if len(digits) >= FEWEST_DIGITS and not HARMLESS.fullmatch(reading.text[start:end]):
            spans.append(reading.plain.original(Span(Kind.NUMBER, start, end, digits)))
    return spans
