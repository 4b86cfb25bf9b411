"""Signs of orders to a machine: expressions by kind, read from order_signs.txt."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.checks.folding import fold
from app.checks.order_disguises import undisguised

FILE = Path(__file__).with_name("order_signs.txt")
GAP = r"(?:\W+\w+){0,5}?\W+"  # up to five words
# A class of characters stays as it is; a blank is whatever stands between two words, ` ?` at most one of it.
WRITTEN = re.compile(r"(?P<kept>\\.|\[(?:\\.|[^\]\\])+\])|(?P<maybe> \?)|(?P<blank> )|(?P<gap>~)")
MEANT = {"maybe": r"\W?", "blank": r"\W+", "gap": GAP}
# A disguise is believed only where what is behind it is plainly an order.
TELLING = frozenset(
    [
        "overrides_instructions",
        "overrides_what_was_said",
        "asks_for_secrets",
        "takes_a_role",
        "forces_the_output",
        "addresses_assistant",
    ]
)
MANY = (2, 3, 4)  # so many kinds in one passage are signs of their own


@dataclass(frozen=True)
class Sign:
    kind: str
    found: re.Pattern[str]


@dataclass(frozen=True)
class Seen:
    """What one passage shows: places of signs, and whether a disguise had to be taken off."""

    signs: frozenset[int]
    is_disguised: bool


@lru_cache(maxsize=1)
def signs() -> tuple[Sign, ...]:
    """Every sign, in the order that the fitted weights know them by."""
    found: list[Sign] = []
    kind = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            kind = line[2:]
        elif line and not line.startswith("#"):
            found.append(Sign(kind, re.compile(WRITTEN.sub(_meant, line))))
    return tuple(found)


@lru_cache(maxsize=1)
def kinds() -> tuple[str, ...]:
    return tuple(dict.fromkeys(sign.kind for sign in signs()))


def _meant(match: re.Match[str]) -> str:
    return match["kept"] or MEANT[match.lastgroup or ""]


def look_at(passage: str) -> Seen:
    """The signs in a passage or, if none of them tells, behind a disguise it may wear."""
    folded = fold(passage)
    plain = _signs_in(folded)
    if _tells(plain):
        return Seen(plain, is_disguised=False)
    for other in undisguised(folded, passage):
        behind = _signs_in(other)
        if _tells(behind):
            return Seen(plain | behind, is_disguised=True)
    return Seen(plain, is_disguised=False)


def _signs_in(folded: str) -> frozenset[int]:
    return frozenset(place for place, sign in enumerate(signs()) if sign.found.search(folded))


def _tells(found: frozenset[int]) -> bool:
    return any(signs()[place].kind in TELLING for place in found)


def as_numbers(seen: Seen) -> NDArray[np.float32]:
    """0 or 1 for each sign, each kind, a disguise, and two, three or four kinds at once."""
    shown = {signs()[place].kind for place in seen.signs}
    return np.array(
        [
            *(place in seen.signs for place in range(len(signs()))),
            *(kind in shown for kind in kinds()),
            seen.is_disguised,
            *(len(shown) >= many for many in MANY),
        ],
        dtype=np.float32,
    )
