"""The entries that retrieval found for a message, kept with its triage: pages need no index to show them."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.triage.models import TriageDecision


class Part(StrEnum):
    """What an entry has to do with the message besides the answer."""

    OTHER = "other"
    OR_ELSE = "or_else"  # the matching cannot tell it from the answer
    ALSO = "also"  # the message asks this too


@dataclass(frozen=True)
class Candidate:
    """One entry, and how near the message came to it."""

    entry_id: str
    score: float  # 0 to 1
    phrasing: str  # of the entry, the one that was nearest
    is_answer: bool = False  # the matching took it to answer the message
    probability: float | None = None  # that it answers the message, where the matching knows
    part: Part = Part.OTHER


@dataclass(frozen=True)
class Candidates:
    """Best first, at most one per entry."""

    found: tuple[Candidate, ...] = ()
    threshold: float | None = None  # the score from which on one counted as an answer

    @property
    def has_answer(self) -> bool:
        """Whether one of them was taken to fit."""
        return any(one.is_answer for one in self.found)

    def of(self, entry_id: str) -> Candidate | None:
        return next((one for one in self.found if one.entry_id == entry_id), None)

    def as_rows(self) -> list[dict[str, Any]]:
        return [asdict(one) for one in self.found]


def candidates_of(decision: TriageDecision | None) -> Candidates:
    """What was found for the message; nothing where nobody looked."""
    if decision is None:
        return Candidates()
    return Candidates(tuple(_candidate(one) for one in decision.candidates), decision.threshold)


def _candidate(row: dict[str, Any]) -> Candidate:
    """Rows of earlier releases say nothing of parts."""
    return Candidate(**{**row, "part": Part(row.get("part", Part.OTHER))})
