"""The FAQ as files: kb/faq/<topic>/_topic.yaml and kb/faq/<topic>/<slug>.md, read whole or not at all.

All problems are collected before anything is refused, so that a person corrects them in one go.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.knowledge.entry_file import EntryFile, ReadEntry, read_entry
from app.knowledge.front_matter import read_fields
from app.knowledge.problems import KbProblems, Problem, ProblemList
from app.knowledge.text_files import read_text

TOPIC_FILE = "_topic.yaml"
TOPIC_FIELDS = ("name", "gatekeeper", "deputy")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 100  # characters


@dataclass(frozen=True)
class TopicFile:
    """A topic and who answers for it."""

    slug: str
    name: str
    gatekeeper: str
    deputy: str


@dataclass(frozen=True)
class KbFolder:
    """A whole FAQ without a known fault. Topics and entries are in order of their ids."""

    topics: tuple[TopicFile, ...]
    entries: tuple[EntryFile, ...]


def check_kb(folder: Path) -> KbFolder:
    """Read the FAQ below `folder` (the one that holds `faq/`). Raises `KbProblems` with all that is wrong."""
    faq = folder / "faq"
    problems: list[Problem] = []
    topics: list[TopicFile] = []
    read: list[ReadEntry] = []
    for place in _visible(faq, problems):
        if not place.is_dir():
            problems.append(Problem(str(place), 1, "Only topic folders belong here. Move the file."))
            continue
        topics.extend(_topic(place, problems))
        read.extend(_entries(place, problems))
    problems.extend(_repeated_phrasings(read))
    if not read and not problems:
        problems.append(Problem(str(faq), 1, "There is no entry here. Add <topic>/<name>.md files."))
    if problems:
        raise KbProblems(problems)
    return KbFolder(tuple(topics), tuple(one.entry for one in read))


def _visible(folder: Path, problems: list[Problem]) -> list[Path]:
    """What lies in a folder, in order, without hidden files such as an editor's."""
    try:
        return sorted(place for place in folder.iterdir() if not place.name.startswith("."))
    except OSError as error:
        problems.append(Problem(str(folder), 1, f"This folder cannot be read ({error.strerror}). Check it."))
        return []


def _topic(folder: Path, found: list[Problem]) -> list[TopicFile]:
    file = folder / TOPIC_FILE
    problems = ProblemList(file)
    topic: list[TopicFile] = []
    if not file.exists():
        problems.add(1, f"The topic's file is missing. Add it with {', '.join(TOPIC_FIELDS)}.")
    elif (source := read_text(file, problems)) is not None:
        fields = read_fields(source, 1, TOPIC_FIELDS, problems)
        topic = [TopicFile(folder.name, *(fields.text(name, longest=LONGEST_NAME) for name in TOPIC_FIELDS))]
    found.extend(problems.found)
    return topic


def _entries(folder: Path, found: list[Problem]) -> Iterable[ReadEntry]:
    for file in _visible(folder, found):
        if file.name == TOPIC_FILE:
            continue
        problems = ProblemList(file)
        entry = None
        if file.suffix == ".md" and SLUG.fullmatch(file.stem) and SLUG.fullmatch(folder.name):
            entry = read_entry(file, f"{folder.name}/{file.stem}", problems)
        else:
            problems.add(1, "Entries are called like delays/late-train.md. Rename or move this.")
        found.extend(problems.found)
        if entry is not None:
            yield entry


def _repeated_phrasings(read: Iterable[ReadEntry]) -> Iterable[Problem]:
    """Questions and examples that stand twice: nothing could tell such entries apart."""
    first: dict[str, str] = {}
    for one in read:
        for phrasing in one.phrasings:
            place = f"{one.file}:{phrasing.number}"
            known = first.setdefault(phrasing.text.casefold(), place)
            if known != place:
                yield Problem(
                    str(one.file),
                    phrasing.number,
                    f"“{phrasing.text}” already stands in {known}. Remove one.",
                )
