"""A small FAQ on disk, written as its owners write theirs."""

from pathlib import Path

TOPIC = "name: Delays\ngatekeeper: gatekeeper\ndeputy: lead\n"

ENTRY = """---
id: {id}
question: {question}
examples:
  - {question} an example
  - "{question} another: example"
owner: gatekeeper
reviewed_on: 2026-11-03
review_by: 2027-05-01
language: en
---
The approved answer to {question}

## Public short

Short answer to {question}

## Private long

Long answer to {question}

## Internal notes

Never say aloud: {question}
"""

QUESTIONS = {
    "delays/compensation": "What do I get back for a delay?",
    "delays/live-times": "Where do I see live times?",
    "ferries/car-fare": "What does a car cost on the boat?",
}


def entry_text(entry_id: str) -> str:
    return ENTRY.format(id=entry_id, question=QUESTIONS[entry_id])


def write_kb(folder: Path) -> Path:
    """Three sound entries over two topics; returns the folder that holds faq/."""
    for entry_id in QUESTIONS:
        file = entry_file(folder, entry_id)
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "_topic.yaml").write_text(TOPIC)
        file.write_text(entry_text(entry_id))
    return folder


def entry_file(folder: Path, entry_id: str) -> Path:
    return folder / "faq" / f"{entry_id}.md"


def edit(folder: Path, entry_id: str, old: str, new: str) -> None:
    """Put other words in an entry's file; the old ones must stand there."""
    file = entry_file(folder, entry_id)
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
