"""What an eval runs on: entries, questions whose right answer is known, and what must be said beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.retrieval.corpus import Entry


@dataclass(frozen=True)
class Case:
    """A message and the entries that answer it."""

    id: str
    text: str
    gold: frozenset[str]  # any of them is a hit; not all need to exist
    in_scope: bool  # False: the right answer is none
    history: tuple[str, ...] = ()  # what was said before, oldest first
    language: str | None = None


@dataclass(frozen=True)
class EvalSet:
    entries: tuple[Entry, ...]
    cases: tuple[Case, ...]
    names: Mapping[str, str] = field(default_factory=dict)  # entry key: its gold name, where they differ
    notes: tuple[str, ...] = ()  # what a reader of the figures must know
