"""Numbers that states give to people: insurance, tax, health and passport numbers.

A form with a strong check stands for itself; where every tenth number would pass, a word must stand by it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum import luhn
from stdnum.at import vnr
from stdnum.ch import ssn as swiss
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fr import nif, nir
from stdnum.gb import nhs, utr
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.pl import pesel

from app.privacy.digit_groups import Group
from app.privacy.label_words import Topic
from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

GAP = r"[ .\-/]?"
GAPS = frozenset(" .-/")


@dataclass(frozen=True)
class Form:
    """How one kind of number is written, and the topics one of which must stand before it."""

    pattern: re.Pattern[str]
    is_valid: Callable[[str], bool]
    topics: tuple[Topic, ...]


def _form(body: str, is_valid: Callable[[str], bool], *topics: Topic) -> Form:
    return Form(re.compile(rf"{body}(?![\w]|[.\-/]\d)", re.IGNORECASE), is_valid, topics)


def _digits(*sizes: int) -> str:
    return GAP.join(rf"\d{{{size}}}" for size in sizes)


def _is_anything(number: str) -> bool:
    return True


# The Social Security Administration never gives these; taxpayers without a number of theirs begin with 9.
NO_ZEROS = rf"(?!000|666|\d{{3}}{GAP}00|\d{{3}}{GAP}\d\d{GAP}0000)"
LABELLED = (
    _form(_digits(3, 3, 4), nhs.is_valid, Topic.HEALTH),
    _form(rf"{_digits(5, 5)}K?", utr.is_valid, Topic.TAX),
    _form(_digits(2, 3, 3, 3), idnr.is_valid, Topic.TAX),
    _form(_digits(2, 2, 3, 3, 3), nif.is_valid, Topic.TAX),
    _form(rf"{NO_ZEROS}{_digits(3, 2, 4)}", _is_anything, Topic.SOCIAL, Topic.TAX),
    _form(rf"{_digits(2, 6)}{GAP}[A-Z]{GAP}\d{{3}}", _is_anything, Topic.SOCIAL),  # German pensions
    _form(_digits(4, 6), vnr.is_valid, Topic.SOCIAL),
    _form(r"\d{9}", bsn.is_valid, Topic.SOCIAL, Topic.TAX),
    _form(r"\d{11}", pesel.is_valid, Topic.SOCIAL, Topic.DOCUMENT),
    _form(_digits(3, 3, 3), luhn.is_valid, Topic.SOCIAL),  # Canada
    _form(r"(?=[A-Z]{0,12}\d)[CFGHJKLMNPRTVWXYZ0-9]{9,10}D?", _is_anything, Topic.DOCUMENT),  # Germany
    _form(r"[A-Z]{0,3} ?\d{6,9}[A-Z]?", _is_anything, Topic.DOCUMENT),
)
# The letters of a British insurance number are those that HMRC gives out (NIM39110).
LETTERS_FIRST = {
    1: _form(rf"[XYZ]{GAP}\d{{7}}{GAP}[A-Z]", nie.is_valid),
    2: _form(
        rf"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]{GAP}{_digits(2, 2, 2)}{GAP}[A-D]",
        _is_anything,
    ),
    6: _form(r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]", codicefiscale.is_valid),
}
DIGITS_FIRST = {
    1: (_form(rf"[1-478]{GAP}\d\d{GAP}\d\d{GAP}\d[\dAB]{GAP}{_digits(3, 3, 2)}", nir.is_valid),),
    3: (
        _form(rf"{NO_ZEROS}\d{{3}}-\d\d-\d{{4}}", _is_anything),
        _form(rf"756{GAP}{_digits(4, 4, 2)}", swiss.is_valid),
    ),
    5: (_form(r"[1-478]\d{4}\d[\dAB]\d{8}", nir.is_valid),),
    8: (_form(rf"\d{{8}}{GAP}[A-Z]", dni.is_valid),),
    13: (_form(r"756\d{10}", swiss.is_valid), _form(r"[1-478]\d{12} ?\d\d", nir.is_valid)),
    15: (_form(r"[1-478]\d{14}", nir.is_valid),),
}


def identity_numbers(reading: Reading) -> Iterator[Span]:
    text = reading.text
    for start, topic in reading.context.leads_to.items():
        for form in LABELLED:
            if topic in form.topics:
                yield from _spans(form, text, start)
    for group in reading.groups:
        letters = _letters_before(text, group) if group.before in GAPS or group.before.isalpha() else 0
        if letters in LETTERS_FIRST:
            start = group.start - letters - (group.before in GAPS)
            yield from _spans(LETTERS_FIRST[letters], text, start)
        if not group.before.isalpha():
            for form in DIGITS_FIRST.get(group.end - group.start, ()):
                yield from _spans(form, text, group.start)


def _letters_before(text: str, group: Group) -> int:
    """How many letters stand before a group of digits, over one gap; other words count as none, or as 7."""
    end = group.start - (group.before in GAPS)
    most = 2 if group.before in GAPS else 6
    place = end
    while place and end - place <= most and text[place - 1].isalnum():
        place -= 1
    if end - place > most:
        return 0 if group.before in GAPS else 7
    return end - place if text[place:end].isalpha() else 0


def _spans(form: Form, text: str, start: int) -> Iterator[Span]:
    match = form.pattern.match(text, start)
    if match is None:
        return
    number = re.sub(r"[ .\-/]", "", match.group()).upper()
    if any(character.isdigit() for character in number) and form.is_valid(number):
        yield Span(Kind.IDENTITY, match.start(), match.end(), number)
