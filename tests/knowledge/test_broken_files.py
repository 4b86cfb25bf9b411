"""Every fault of a file is told with its file, its line and what to do, and nothing is imported."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.settings import CHECKOUT
from app.knowledge.import_kb import import_kb
from app.knowledge.kb_files import check_kb
from app.knowledge.models import EntryVersion
from app.knowledge.problems import KbProblems, Problem
from app.knowledge.queries import current_versions, knowledge_number
from tests.knowledge.kb_folder import QUESTIONS, edit, entry_file, entry_text

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
ENTRY = "delays/compensation"
QUESTION = QUESTIONS[ENTRY]

# name: (what stands in the file, what is put in its place, line, words of the message)
BROKEN = {
    "invalid YAML": ("owner: gatekeeper", "owner: [gatekeeper", 8, "not valid YAML"),
    "a text with a colon": (f"question: {QUESTION}", "question: What: now?", 3, "not valid YAML"),
    "an unknown field": ("owner:", "owners:", 7, "“owners” is not known"),
    "a missing field": ("owner: gatekeeper\n", "", 2, "“owner” is missing"),
    "a field twice": ("owner: gatekeeper", "owner: gatekeeper\nowner: lead", 8, "stands here twice"),
    "an empty owner": ("owner: gatekeeper", "owner:", 7, "“owner” is empty"),
    "a number for a question": (f"question: {QUESTION}", "question: 7", 3, "“question” must be a text"),
    "a list for a question": (f"question: {QUESTION}", "question: [a, b]", 3, "“question” must be a text"),
    "an example YAML takes for no": (f"  - {QUESTION} an example", "  - no", 5, "Put it in quotes"),
    "an example that is a mapping": (f"  - {QUESTION} an example", "  - a: b", 5, "must be a text"),
    "a text for examples": (
        f'examples:\n  - {QUESTION} an example\n  - "{QUESTION} another: example"',
        "examples: none",
        4,
        "must be a list",
    ),
    "an escaped NUL": (f"question: {QUESTION}", 'question: "a\\0b"', 3, "invisible character"),
    "an escaped surrogate": (f"question: {QUESTION}", 'question: "a\\uD800b"', 3, "invisible character"),
    "a date that is none": ("reviewed_on: 2026-11-03", "reviewed_on: 2026-02-30", 8, "must be a date"),
    "a review before the last": ("review_by: 2027-05-01", "review_by: 2026-11-02", 9, "lies before"),
    "a language in words": ("language: en", "language: English", 10, "must be a code"),
    "another entry's id": (f"id: {ENTRY}", "id: delays/live-times", 2, f"must be {ENTRY}"),
    "an empty answer": (f"The approved answer to {QUESTION}", "", 12, "answer is empty"),
    "an unknown section": ("## Public short", "## Public brief", 14, "“## Public brief” is not known"),
    "a section in capitals": ("## Private long", "## PRIVATE LONG", 18, "is not known"),
    "a heading in the answer": ("The approved", "# Our answer\nThe approved", 12, "is not known"),
    "a section twice": ("## Private long", "## Public short", 18, "stands here twice"),
    "an empty section": (f"Long answer to {QUESTION}", "", 18, "is empty"),
    "fields that are not closed": ("language: en\n---\n", "language: en\n", 24, "not closed"),
    "no fields at all": (f"---\nid: {ENTRY}", f"id: {ENTRY}", 1, "must begin with"),
    "a long question": (f"question: {QUESTION}", f"question: {'a' * 301}", 3, "Shorten it"),
    "a public short over 280": (f"Short answer to {QUESTION}", "word " * 57, 14, "counts 284 on X"),
    "an answer of 20,000 characters": ("The approved", "word " * 4_000, 12, "longer than 10,000"),
    "an answer of 10 MB": ("The approved", "word " * 2_000_000, 1, "longer than 200,000 bytes"),
    "a NUL": ("The approved", "The \0 approved", 12, "U+0000"),
    "a mark that turns the text": ("The approved", "The \u202e approved", 12, "U+202E"),
    "nested too deep": ("owner: gatekeeper", "owner: " + "[" * 9_000, 2, "not valid YAML"),
}


@pytest.mark.parametrize(("old", "new", "line", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_entry_is_told_with_file_and_line(
    kb: Path, old: str, new: str, line: int, words: str
) -> None:
    edit(kb, ENTRY, old, new)

    told = [problem for problem in problems_of(kb) if words in problem.message]

    assert [(problem.file, problem.line) for problem in told] == [(str(entry_file(kb, ENTRY)), line)]
    assert told[0].message.endswith(".")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"\xef\xbb\xbf" + entry_text(ENTRY).encode(), 1, "byte order mark"),
        (entry_text(ENTRY).replace("The approved", "La réponse").encode("latin-1"), 12, "not UTF-8"),
        (entry_text(ENTRY).encode("utf-16"), 1, "not UTF-8"),
        (b"", 1, "must begin with"),
        (b"---\n---\n", 2, "Here must stand fields"),
        (b"---\n- a\n---\n", 2, "Here must stand fields"),
        (b"---\na: &a [x, x]\nb: [*a, *a]\n? [c]\n: d\n---\n", 4, "“?” is not known"),
    ],
)
def test_bytes_that_are_no_entry_are_told(kb: Path, content: bytes, line: int, words: str) -> None:
    entry_file(kb, ENTRY).write_bytes(content)

    told = [problem for problem in problems_of(kb) if words in problem.message]

    assert [(problem.file, problem.line) for problem in told] == [(str(entry_file(kb, ENTRY)), line)]


def test_line_ends_of_windows_are_welcome(kb: Path) -> None:
    plain = check_kb(kb)
    for entry_id in QUESTIONS:
        entry_file(kb, entry_id).write_bytes(entry_text(entry_id).replace("\n", "\r\n").encode())

    assert check_kb(kb) == plain


def test_an_entry_needs_no_wordings_per_channel(kb: Path) -> None:
    entry_file(kb, ENTRY).write_text(entry_text(ENTRY).partition("\n## ")[0])

    entry = check_kb(kb).entries[0]

    assert (entry.id, entry.public_short, entry.private_long) == (ENTRY, None, None)
    assert entry.answer == f"The approved answer to {QUESTION}"


def test_phrasings_that_stand_twice_are_told_with_both_places(kb: Path) -> None:
    edit(
        kb,
        "delays/live-times",
        f"question: {QUESTIONS['delays/live-times']}",
        f"question: {QUESTION.upper()}",
    )
    edit(kb, "ferries/car-fare", '  - "', f'  - {QUESTION}\n  - "')

    first = f"{entry_file(kb, ENTRY)}:3"
    assert problems_of(kb) == (
        Problem(
            str(entry_file(kb, "delays/live-times")),
            3,
            f"“{QUESTION.upper()}” already stands in {first}. Remove one.",
        ),
        Problem(
            str(entry_file(kb, "ferries/car-fare")), 6, f"“{QUESTION}” already stands in {first}. Remove one."
        ),
    )


@pytest.mark.parametrize(
    ("place", "content", "words"),
    [
        ("faq/loose.md", "text", "Only topic folders"),
        ("faq/delays/notes.txt", "text", "Entries are called like"),
        ("faq/delays/Late Train.md", "text", "Entries are called like"),
        ("faq/Trains/late.md", entry_text(ENTRY), "Entries are called like"),
        ("faq/delays/_topic.yaml", "name: Delays\ngatekeeper: gatekeeper\n", "“deputy” is missing"),
        ("faq/delays/_topic.yaml", "name: Delays\ngatekeeper:\ndeputy: lead\n", "“gatekeeper” is empty"),
    ],
)
def test_files_out_of_place_and_broken_topics_are_told(
    kb: Path, place: str, content: str, words: str
) -> None:
    (kb / place).parent.mkdir(exist_ok=True)
    (kb / place).write_text(content)

    assert words in next(problem for problem in problems_of(kb) if problem.file.endswith(place)).message


def test_a_missing_topic_file_is_told(kb: Path) -> None:
    (kb / "faq/ferries/_topic.yaml").unlink()

    assert problems_of(kb) == (
        Problem(
            str(kb / "faq/ferries/_topic.yaml"),
            1,
            "The topic's file is missing. Add it with name, gatekeeper, deputy.",
        ),
    )


def test_a_folder_without_a_faq_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "none") == (
        Problem(
            str(tmp_path / "none/faq"), 1, "This folder cannot be read (No such file or directory). Check it."
        ),
    )


def test_all_problems_of_all_files_come_at_once(kb: Path) -> None:
    edit(kb, ENTRY, "owner: gatekeeper\n", "")
    edit(kb, ENTRY, "language: en", "language: 7")
    edit(kb, "ferries/car-fare", "## Private long", "## Private")
    (kb / "faq/loose.md").write_text("")

    assert [(Path(problem.file).name, problem.line) for problem in problems_of(kb)] == [
        ("compensation.md", 2),
        ("compensation.md", 9),
        ("car-fare.md", 18),
        ("loose.md", 1),
    ]


def test_a_broken_file_leaves_the_database_as_it_was(kb: Path, session: Session) -> None:
    import_kb(session, kb, at=AT)
    session.commit()
    before = (knowledge_number(session), current_versions(session))
    edit(kb, "delays/live-times", "The approved", "The new")
    edit(kb, ENTRY, "owner: gatekeeper", "owner:")

    with pytest.raises(KbProblems):
        import_kb(session, kb, at=AT)
    session.commit()

    assert (knowledge_number(session), current_versions(session)) == before
    assert session.scalar(select(func.count()).select_from(EntryVersion)) == 3


def test_the_demo_faq_has_no_fault() -> None:
    kb = check_kb(CHECKOUT / "kb")

    assert len(kb.entries) >= 60
    assert len(kb.topics) >= 8


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(KbProblems) as caught:
        check_kb(folder)
    return caught.value.problems
