"""Addresses of the internet, both versions; numbers of software versions are none."""

import re
from collections.abc import Iterator
from ipaddress import ip_address

from app.privacy.label_words import Topic
from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

FOUR = re.compile(r"(?<!\w)\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
SIX = re.compile(
    r"(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{1,4})?(?![\w:])", re.IGNORECASE
)


def ip_addresses(reading: Reading) -> Iterator[Span]:
    text = reading.text
    fours = (FOUR.match(text, group.start) for group in reading.groups if group.after == "." != group.before)
    for match in (*filter(None, fours), *SIX.finditer(text)):
        value = _normal(match.group())
        if value and not reading.context.labelled(match.start(), Topic.OTHER):
            yield Span(Kind.IP, match.start(), match.end(), value)


def _normal(written: str) -> str | None:
    try:
        address = ip_address(written)
    except ValueError:
        return None
    # A loopback or wildcard address names nobody; "::" alone stands in programs.
    return None if address.is_unspecified or address.is_loopback else str(address)
