"""The one way to find private data in a text: every detector, in one reading."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from app.privacy.addresses import addresses
from app.privacy.birth_dates import birth_dates
from app.privacy.cards import cards
from app.privacy.codes import codes
from app.privacy.digit_groups import groups_outside
from app.privacy.emails import emails
from app.privacy.ibans import ibans
from app.privacy.identity_numbers import identity_numbers
from app.privacy.ip_addresses import ip_addresses
from app.privacy.names import names
from app.privacy.phones import phones
from app.privacy.reading import Reading, read
from app.privacy.spans import Span, without_overlaps

# The surest first: what they find is not looked at again.
SURE: tuple[Callable[[Reading], Iterator[Span]], ...] = (emails, ibans, cards)
OTHERS: tuple[Callable[[Reading], Iterator[Span]], ...] = (
    birth_dates,
    identity_numbers,
    phones,
    ip_addresses,
    codes,
    addresses,
    names,
)


def private_spans(text: str) -> list[Span]:
    """What looks private in a text, in its order and without overlaps.

    Places are those of the given text, whatever stands invisible in it. Time grows with its length only.
    """
    reading = read(text)
    sure = [span for detect in SURE for span in detect(reading)]
    rest = replace(reading, groups=groups_outside(reading.groups, sure))
    found = sure + [span for detect in OTHERS for span in detect(rest)]
    return [reading.plain.original(span) for span in without_overlaps(found)]
