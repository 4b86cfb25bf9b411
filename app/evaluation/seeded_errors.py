"""Errors put into right drafts on purpose, one each, to see whether the checks notice.

It finds values by its own simple means and shares no code with the checks: what they cannot read must show as
a miss, not vanish on both sides. A change that the sources or the customer support is never made.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from app.evaluation.right_drafts import RightDraft
from app.evaluation.seeded_meanings import drop_condition, invent_promise, swap_values, turn
from app.evaluation.seeded_values import (
    borrow_value,
    change_code,
    change_date,
    change_duration,
    change_link,
    change_mail,
    change_name,
    change_number,
    change_percentage,
    change_phone,
    change_price,
    change_time,
)


class ErrorKind(StrEnum):
    PRICE = "price"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    DURATION = "duration"
    LINK = "link"
    MAIL = "mail"
    PHONE = "phone"
    CODE = "code"
    NAME = "name"
    NEGATION = "negation"
    DROPPED_CONDITION = "dropped_condition"
    PROMISE = "promise"
    SWAPPED_VALUES = "swapped_values"
    BORROWED_VALUE = "borrowed_value"  # an approved value of the same kind, from another place


VALUE_KINDS = tuple(ErrorKind)[: list(ErrorKind).index(ErrorKind.NEGATION)]


@dataclass(frozen=True)
class SeededError:
    """A draft with one error in it."""

    kind: ErrorKind
    draft: RightDraft  # as it was
    text: str  # as it became
    change: str  # "£4 -> £7", for people


Change = tuple[str, str]  # the text with the error, and what was changed


SEEDERS: dict[ErrorKind, Callable[[RightDraft, Random], Change | None]] = {
    ErrorKind.PRICE: change_price,
    ErrorKind.DATE: change_date,
    ErrorKind.TIME: change_time,
    ErrorKind.NUMBER: change_number,
    ErrorKind.PERCENTAGE: change_percentage,
    ErrorKind.DURATION: change_duration,
    ErrorKind.LINK: change_link,
    ErrorKind.MAIL: change_mail,
    ErrorKind.PHONE: change_phone,
    ErrorKind.CODE: change_code,
    ErrorKind.NAME: change_name,
    ErrorKind.NEGATION: turn,
    ErrorKind.DROPPED_CONDITION: drop_condition,
    ErrorKind.PROMISE: invent_promise,
    ErrorKind.SWAPPED_VALUES: swap_values,
    ErrorKind.BORROWED_VALUE: borrow_value,
}


def seed_errors(
    drafts: Iterator[RightDraft],
    random: Random,
    *,
    per_kind: int,
    kinds: tuple[ErrorKind, ...] = tuple(ErrorKind),
) -> list[SeededError]:
    """So many errors of each kind. `drafts` must not end and must offer each kind now and then."""
    found: dict[ErrorKind, list[SeededError]] = {kind: [] for kind in kinds}
    while any(len(errors) < per_kind for errors in found.values()):
        draft = next(drafts)
        for kind in kinds:
            if len(found[kind]) >= per_kind:
                continue
            change = SEEDERS[kind](draft, random)
            if change is not None:
                found[kind].append(SeededError(kind, draft, *change))
    return [error for errors in found.values() for error in errors]
