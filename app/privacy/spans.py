"""What a detector says: a piece of private data and where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of private data, the surest first: where two overlap, the earlier one stays."""

    EMAIL = "email"
    IBAN = "iban"
    CARD = "card"
    BIRTH_DATE = "birth_date"
    IDENTITY = "identity"  # numbers that states give: insurance, tax, health, passport
    PHONE = "phone"
    IP = "ip"
    CODE = "code"  # orders, bookings, tickets
    ADDRESS = "address"
    NAME = "name"
    NUMBER = "number"  # long, and nobody knows what of: veiled, never reported
    TEXT = "text"  # looks like one of our own placeholders


@dataclass(frozen=True)
class Span:
    """One value, from `start` up to `end` of its text. `value` is its normal form: equal for equal data."""

    kind: Kind
    start: int
    end: int
    value: str


def without_overlaps(spans: list[Span]) -> list[Span]:
    """The surest of those that overlap, in the order of the text; of one kind the longer one."""
    rank = {kind: place for place, kind in enumerate(Kind)}
    taken = bytearray(max((span.end for span in spans), default=0))
    kept = []
    for span in sorted(spans, key=lambda one: (rank[one.kind], one.start - one.end, one.start)):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            kept.append(span)
    return sorted(kept, key=lambda one: one.start)
