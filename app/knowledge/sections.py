"""The body of an entry's file: the approved answer, then its wordings under known headings."""

import re
from dataclasses import dataclass
from itertools import pairwise

from app.channels.rules import measure
from app.knowledge.problems import ProblemList

PUBLIC_SHORT = "Public short"
PRIVATE_LONG = "Private long"
INTERNAL_NOTES = "Internal notes"
HEADINGS = (PUBLIC_SHORT, PRIVATE_LONG, INTERNAL_NOTES)

HEADING = re.compile(r"#{1,6}\s")
LONGEST_SECTION = 10_000  # characters
TIGHTEST = "x"  # the network whose limit a public short wording keeps


@dataclass(frozen=True)
class Sections:
    """What may be said, and what may not: internal notes never leave."""

    answer: str
    public_short: str | None
    private_long: str | None
    internal_notes: str | None


@dataclass(frozen=True)
class _Section:
    heading: str  # empty for the answer
    line: int
    text: str


def read_sections(lines: list[str], start: int, problems: ProblemList) -> Sections:
    """The sections that begin at lines[start]; line numbers in problems count from 1."""
    sections: dict[str, str] = {}
    for section in _split(lines, start):
        if section.heading in sections:
            problems.add(section.line, f"“{section.heading}” stands here twice. Keep one.")
        fault = _fault(section)
        if fault:
            problems.add(section.line, fault)
        sections.setdefault(section.heading, section.text)
    return Sections(
        answer=sections[""],
        public_short=sections.get(f"## {PUBLIC_SHORT}"),
        private_long=sections.get(f"## {PRIVATE_LONG}"),
        internal_notes=sections.get(f"## {INTERNAL_NOTES}"),
    )


def _split(lines: list[str], start: int) -> list[_Section]:
    heads = [number for number in range(start, len(lines)) if HEADING.match(lines[number])]
    bounds = [*heads, len(lines)]
    answer = _Section("", start + 1, _text(lines[start : bounds[0]]))
    return [
        answer,
        *(
            _Section(lines[head].strip(), head + 1, _text(lines[head + 1 : end]))
            for head, end in pairwise(bounds)
        ),
    ]


def _text(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip()


def _fault(section: _Section) -> str | None:
    known = [f"## {heading}" for heading in HEADINGS]
    if section.heading and section.heading not in known:
        return f"The section “{section.heading[:60]}” is not known. Use {', '.join(known)}."
    if not section.text:
        return f"“{section.heading}” is empty. Fill it in or remove it." if section.heading else NO_ANSWER
    if len(section.text) > LONGEST_SECTION:
        return f"This section is longer than {LONGEST_SECTION:,} characters. Shorten it or split the entry."
    if section.heading == f"## {PUBLIC_SHORT}":
        return _too_long_in_public(section.text)
    return None


def _too_long_in_public(text: str) -> str | None:
    measured = measure(TIGHTEST, text)
    if not measured.too_long:
        return None
    return f"“{PUBLIC_SHORT}” counts {measured.length} on X, more than {measured.limit}. Shorten it."


NO_ANSWER = "The approved answer is empty. Write it between the fields and the first heading."
