"""Every unit in which a network counts, under the name that people read."""

from collections.abc import Callable
from enum import StrEnum

from app.channels.counting import code_points, graphemes, utf8_bytes, utf16_units
from app.channels.x.counting import weighted_length


class Unit(StrEnum):
    WEIGHTED = "weighted characters"
    GRAPHEMES = "graphemes"
    CODE_POINTS = "code points"
    UTF16 = "UTF-16 code units"
    UTF8 = "UTF-8 bytes"
    CHARACTERS = "characters"  # where there is no limit, whatever they are


COUNTERS: dict[Unit, Callable[[str], int]] = {
    Unit.WEIGHTED: weighted_length,
    Unit.GRAPHEMES: graphemes,
    Unit.CODE_POINTS: code_points,
    Unit.UTF16: utf16_units,
    Unit.UTF8: utf8_bytes,
    Unit.CHARACTERS: code_points,
}
