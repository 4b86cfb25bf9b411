"""What a measure gives: a value, what it is held against, and the goal it has to meet."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Beside:
    """A floor or a peer, measured in the same run."""

    name: str
    value: float  # in the figure's unit


@dataclass(frozen=True)
class Goal:
    limit: float
    at_most: bool = True

    def is_met(self, value: float) -> bool:
        return value <= self.limit if self.at_most else value >= self.limit


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    value: float
    unit: str
    beside: Beside | None = None
    goal: Goal | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The value by what stands beside it; None when there is nothing, or nothing to divide by."""
        return self.value / self.beside.value if self.beside and self.beside.value else None

    @property
    def met(self) -> bool | None:
        return self.goal.is_met(self.value) if self.goal else None


@dataclass(frozen=True)
class Section:
    """Figures that belong together, and what was done to get them."""

    title: str
    told: str
    figures: list[Figure]


def as_json(sections: list[Section]) -> list[dict[str, Any]]:
    """The same with ratios and verdicts, for a file."""
    return [
        {
            "title": section.title,
            "told": section.told,
            "figures": [
                {**asdict(figure), "ratio": figure.ratio, "met": figure.met} for figure in section.figures
            ],
        }
        for section in sections
    ]


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values does not exceed; of 100 values the 95th for 0.95."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]
