"""Replies beside their sources in the forms of published sets; docs/evals.md says how labels are read."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.evaluation.jsonl import Filled, Row, UnusableFile, read_objects, read_rows

HOURS = re.compile(r"(\d{1,2}):(\d{1,2})-(\d{1,2}):(\d{1,2})")
LONG_VALUE = 40  # characters; longer texts of a record are prose
TRANSPARENT = "attributes"  # a level that says nothing


@dataclass(frozen=True)
class GroundingCase:
    """A reply, what it may rest on, and whether people found something unsupported in it."""

    reply: str
    sources: tuple[str, ...]
    unsupported: bool | None  # None: the label says neither, so it is not scored


@dataclass(frozen=True)
class GroundingSet:
    form: str
    cases: tuple[GroundingCase, ...]
    notes: tuple[str, ...]

    @property
    def scored(self) -> tuple[GroundingCase, ...]:
        return tuple(case for case in self.cases if case.unsupported is not None)


class RatedReply(Row):
    """A reply to a FAQ question, rated by people."""

    faq_question: str
    faq_answer: Filled
    entity: str | None
    reply: Filled
    label: Filled

    def case(self) -> GroundingCase:
        label = _label(self.label, {"grounded": False, "ungrounded": True, "mixed": None})
        entity = [self.entity] if self.entity else []
        return GroundingCase(self.reply, (self.faq_question, self.faq_answer, *entity), label)


class MarkedReply(Row):
    """A reply in which people marked what they found invented."""

    context: Filled
    question: str | None = None
    reply: Filled
    hallucinated: bool

    def case(self) -> GroundingCase:
        asked = [self.question] if self.question else []
        return GroundingCase(self.reply, (as_lines(self.context), *asked), self.hallucinated)


class Claim(Row):
    """A sentence of an encyclopedia beside what it cites."""

    claim: Filled
    evidence: list[str]
    label: Filled

    def case(self) -> GroundingCase:
        label = _label(self.label, {"supported": False, "partially_supported": True, "not_supported": True})
        return GroundingCase(self.claim, ("\n".join(self.evidence),), label)


class KnowledgeReply(Row):
    """A turn of a conversation about a piece of knowledge."""

    knowledge: Filled
    reply: Filled
    label: Filled

    def case(self) -> GroundingCase:
        known = {"Fully attributable": False, "Not fully attributable": True, "Generic": None}
        return GroundingCase(self.reply, (self.knowledge,), _label(self.label, known))


class PlainReply(Row):
    """Your own."""

    source: Filled
    reply: Filled
    unsupported: bool | None

    def case(self) -> GroundingCase:
        return GroundingCase(self.reply, (as_lines(self.source),), self.unsupported)


Form = type[RatedReply] | type[MarkedReply] | type[Claim] | type[KnowledgeReply] | type[PlainReply]
# A form is told by columns that no other has.
FORMS: dict[str, tuple[tuple[str, ...], Form]] = {
    "rated replies to a FAQ": (("faq_answer", "reply"), RatedReply),
    "replies with marked inventions": (("context", "hallucinated"), MarkedReply),
    "claims with evidence": (("claim", "evidence"), Claim),
    "replies with knowledge": (("knowledge", "reply"), KnowledgeReply),
    "replies with a source": (("source", "reply"), PlainReply),
}


def read_grounding(file: Path) -> GroundingSet:
    """Every case of the file. Raises `UnusableFile`, also when its columns are of no known form."""
    number, first = read_objects(file)[0]
    form, model = _form(file, number, first)
    cases = []
    for number, row in read_rows(file, model):
        try:
            cases.append(row.case())
        except ValueError as error:
            raise UnusableFile(f"{file}, line {number}, field label: {error}") from error
    left_out = sum(case.unsupported is None for case in cases)
    notes = [f"Rows whose label says neither are not scored: {left_out}."] if left_out else []
    return GroundingSet(form, tuple(cases), tuple(notes))


def as_lines(context: str) -> str:
    """A record in JSON as lines "name: value"; any other text as it is."""
    if not context.lstrip().startswith("{"):
        return context
    try:
        record = json.loads(context)
    except (ValueError, RecursionError):
        return context
    return "\n".join(dict.fromkeys(_lines(record, ""))) if isinstance(record, dict) else context


def _form(file: Path, number: int, first: dict[str, Any]) -> tuple[str, Form]:
    for name, (columns, model) in FORMS.items():
        if first.keys() >= set(columns):
            return name, model
    known = "; ".join(" and ".join(columns) for columns, _ in FORMS.values())
    raise UnusableFile(
        f"{file}, line {number}: these columns are of no form we know. Give each line {known}."
    )


def _label(label: str, known: dict[str, bool | None]) -> bool | None:
    if label not in known:
        raise ValueError(f"“{label}” is no label of this form. Use one of: {', '.join(known)}.")
    return known[label]


def _lines(record: dict[str, Any], above: str) -> Iterator[str]:
    for key, value in record.items():
        name = "" if key == TRANSPARENT else f"{above} {_spaced(key)}".strip()
        if isinstance(value, dict):
            yield from _lines(value, name)
        elif isinstance(value, list):
            for item in value:
                yield from _lines(item, "") if isinstance(item, dict) else [f"{name}: {_written(item)}"]
        elif isinstance(value, str) and len(value) > LONG_VALUE:
            yield value
        else:
            yield f"{name}: {_written(value)}"


def _spaced(key: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key).replace("_", " ")


def _written(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: "not stated"}[value]
    hours = HOURS.fullmatch(str(value))
    if hours:
        opens, closes = (f"{int(hours[part])}:{int(hours[part + 1]):02}" for part in (1, 3))
        return f"{opens} to {closes}"
    return str(value)
