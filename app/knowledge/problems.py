"""What is wrong with the FAQ's files, all of it at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import InvalidInput


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to put right: where it stands, and a sentence that says what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class KbProblems(InvalidInput):
    """The FAQ's files cannot be used; nothing was imported."""

    title = "The FAQ's files need correction"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ProblemList:
    """Problems of one file, collected while reading on."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.found: list[Problem] = []

    def add(self, line: int, message: str) -> None:
        self.found.append(Problem(str(self.file), line, message))
