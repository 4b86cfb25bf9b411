"""Messages with the entry that answers them, from a JSONL file, for measuring drafts."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from app.channels.rules import NETWORKS
from app.conversations.models import Visibility
from app.core.settings import CHECKOUT
from app.evaluation.jsonl import Filled, Row, UnusableFile, read_rows, refuse_twice
from app.knowledge.kb_files import check_kb
from app.knowledge.queries import PublishedVersion

OWN = "own/"  # begins the id of an entry that a case brings along


def _is_a_network(name: str) -> str:
    if name not in NETWORKS:
        raise ValueError(f"{name} is not one of {', '.join(NETWORKS)}")
    return name


class OwnEntry(Row):
    """An entry that stands in the case itself."""

    question: Filled
    answer: Filled
    public_short: str | None = None
    private_long: str | None = None


class DraftCase(Row):
    id: Filled
    message: str
    entry: Annotated[str | OwnEntry, Field(union_mode="left_to_right")]  # an id of kb/, or the entry itself
    network: Annotated[str, AfterValidator(_is_a_network)] = "x"
    visibility: Literal["public", "private"] = "public"
    thread: list[str] = []  # what was said before, oldest first

    @property
    def audience(self) -> Visibility:
        return Visibility(self.visibility)


AskedDraft = tuple[DraftCase, PublishedVersion]


def read_draft_cases(file: Path) -> list[AskedDraft]:
    """Every case with its entry. Raises `UnusableFile`."""
    rows = read_rows(file, DraftCase)
    refuse_twice(file, "id", [(number, case.id) for number, case in rows])
    known = _entries_of_kb() if any(isinstance(case.entry, str) for _, case in rows) else {}
    return [(case, _version(file, number, case, known)) for number, case in rows]


def _version(
    file: Path, number: int, case: DraftCase, known: dict[str, PublishedVersion]
) -> PublishedVersion:
    if isinstance(case.entry, OwnEntry):
        own = case.entry
        wordings = (own.answer, own.public_short, own.private_long)
        return PublishedVersion(1, f"{OWN}{case.id}", 1, "own", own.question, (), *wordings, "en")
    if case.entry not in known:
        raise UnusableFile(
            f"{file}, line {number}: there is no entry {case.entry} in kb/. Name one, or write the entry "
            f"as an object with question and answer."
        )
    return known[case.entry]


def _entries_of_kb() -> dict[str, PublishedVersion]:
    return {
        entry.id: PublishedVersion(
            version_id=number,
            entry_id=entry.id,
            number=1,
            topic=entry.topic,
            question=entry.question,
            examples=entry.examples,
            answer=entry.answer,
            public_short=entry.public_short,
            private_long=entry.private_long,
            language=entry.language,
        )
        for number, entry in enumerate(check_kb(CHECKOUT / "kb").entries, start=1)
    }
