"""Bank accounts: each country's own structure, and the check digits of ISO 7064 (MOD 97-10)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from stdnum import numdb
from stdnum.iso7064 import mod_97_10

from app.privacy.label_words import Topic
from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

START = re.compile(r"(?<![^\W_])(?:IBAN)?(?P<country>[A-Z]{2})(?=[ .\-]?\d[ .\-]?\d)", re.IGNORECASE)
PART = re.compile(r"([1-9]\d*)!([nac])")
LETTERS = {"n": r"\d", "a": "[A-Za-z]", "c": "[A-Za-z0-9]"}
GAP = r"[ .\-]{0,2}"


def ibans(reading: Reading) -> Iterator[Span]:
    text = reading.text
    for start in START.finditer(text):
        begin = start.start("country")
        form = _form(start["country"].upper())
        match = form.match(text, begin) if form else None
        if match is None:
            continue
        number = re.sub(r"[ .\-]", "", match.group()).upper()
        # A number that is labelled so is one, even with a slip of the pen in it.
        if mod_97_10.is_valid(number[4:] + number[:4]) or reading.context.labelled(begin, Topic.IBAN):
            yield Span(Kind.IBAN, begin, match.end(), number)


@lru_cache(maxsize=512)
def _form(country: str) -> re.Pattern[str] | None:
    """How that country's numbers are written, with gaps anywhere; None for a country that has none."""
    ((_, properties), *_) = numdb.get("iban").info(country)
    parts = PART.findall(f"2!n{properties['bban']}") if "bban" in properties else []
    if not parts:
        return None
    body = "".join(rf"(?:{GAP}{LETTERS[letters]}){{{count}}}" for count, letters in parts)
    return re.compile(rf"{country}{body}(?![^\W_])", re.IGNORECASE)
