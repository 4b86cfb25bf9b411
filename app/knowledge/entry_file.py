"""One FAQ entry as it stands in its file: fields, the approved answer, and its wordings per channel."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from app.knowledge.front_matter import Fields, Line, read_fields
from app.knowledge.problems import ProblemList
from app.knowledge.sections import Sections, read_sections
from app.knowledge.text_files import read_text

FIELDS = ("id", "question", "examples", "owner", "reviewed_on", "review_by", "language")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")

LONGEST_QUESTION = 300  # characters
LONGEST_EXAMPLE = 500
LONGEST_FIELD = 100
MOST_EXAMPLES = 200


@dataclass(frozen=True)
class EntryFile:
    """What one file says, checked."""

    id: str
    question: str
    examples: tuple[str, ...]
    answer: str
    public_short: str | None
    private_long: str | None
    internal_notes: str
    owner: str
    reviewed_on: date
    review_by: date
    language: str

    @property
    def topic(self) -> str:
        return self.id.partition("/")[0]

    @property
    def content_hash(self) -> str:
        """Sixty-four hex digits; equal only when every field and every word is."""
        return hashlib.sha256(json.dumps(asdict(self), default=str, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class ReadEntry:
    """An entry and the lines on which its phrasings stand, for comparison with the other files."""

    entry: EntryFile
    file: Path
    phrasings: tuple[Line, ...]  # the question first


def read_entry(file: Path, entry_id: str, problems: ProblemList) -> ReadEntry | None:
    """The entry in this file, or None with every problem added."""
    text = read_text(file, problems)
    lines = [] if text is None else text.split("\n")
    end = _end_of_fields(lines, problems) if lines else None
    if end is None:
        return None
    fields = read_fields("\n".join(lines[1:end]), 2, FIELDS, problems)
    examples = fields.texts("examples", longest=LONGEST_EXAMPLE, most=MOST_EXAMPLES)
    entry = _entry(fields, examples, read_sections(lines, end + 1, problems))
    _check_fields(entry, entry_id, fields, problems)
    if problems.found:
        return None
    return ReadEntry(entry, file, (Line(entry.question, fields.line("question")), *examples))


def _end_of_fields(lines: list[str], problems: ProblemList) -> int | None:
    if lines[0].rstrip() != "---":
        problems.add(1, "The file must begin with a line “---”, its fields, and another “---”. Add them.")
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return number
    problems.add(len(lines), "The fields are not closed. Put a line “---” before the answer.")
    return None


def _entry(fields: Fields, examples: list[Line], sections: Sections) -> EntryFile:
    return EntryFile(
        id=fields.text("id", longest=LONGEST_FIELD),
        question=fields.text("question", longest=LONGEST_QUESTION),
        examples=tuple(example.text for example in examples),
        answer=sections.answer,
        public_short=sections.public_short,
        private_long=sections.private_long,
        internal_notes=sections.internal_notes or "",
        owner=fields.text("owner", longest=LONGEST_FIELD),
        reviewed_on=fields.day("reviewed_on"),
        review_by=fields.day("review_by"),
        language=fields.text("language", longest=LONGEST_FIELD),
    )


def _check_fields(entry: EntryFile, entry_id: str, fields: Fields, problems: ProblemList) -> None:
    """What the fields must hold beyond being texts and dates."""
    if entry.id and entry.id != entry_id:
        problems.add(fields.line("id"), f"“id” must be {entry_id}, as the file is called. Correct it.")
    if entry.review_by < entry.reviewed_on and entry.review_by != date.min:
        problems.add(fields.line("review_by"), "“review_by” lies before “reviewed_on”. Correct one of them.")
    if entry.language and not LANGUAGE.fullmatch(entry.language):
        problems.add(fields.line("language"), "“language” must be a code such as en or de-AT. Correct it.")
