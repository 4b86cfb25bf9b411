"""Dates of birth: a date, in any usual form, right after a word that says so."""

import re
from collections.abc import Iterator

from app.privacy.label_words import Topic
from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

MONTH = (
    r"(?:jan|feb|m[aä]r|apr|ma[iy]|ju[nl]|aug|sep|o[ck]t|nov|de[cz]|janv|f[ée]v|avr|juin|juil|ao[uû]t|d[ée]c|jän)"
    r"[^\W\d_]{0,8}\.?"
)
DATE = re.compile(
    rf"\d{{1,2}}[./\- ]{{1,2}}\d{{1,2}}[./\- ]{{1,2}}(?:19|20)?\d\d(?!\d)"
    rf"|(?:19|20)\d\d[./\-]\d{{1,2}}[./\-]\d{{1,2}}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?: of)? {MONTH},? (?:19|20)?\d\d(?!\d)"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)?\d\d(?!\d)",
    re.IGNORECASE,
)


def birth_dates(reading: Reading) -> Iterator[Span]:
    for start, topic in reading.context.leads_to.items():
        if topic is Topic.BIRTH and (match := DATE.match(reading.text, start)):
            yield Span(
                Kind.BIRTH_DATE, start, match.end(), " ".join(re.findall(r"[^\W_]+", match.group().lower()))
            )
