"""How much private data is found: marked texts against what the product's own detectors find.

A marked value is a hit when every letter and digit of it lies in what was found as its kind; what was found
is right when it overlaps a value of that kind. Types without a kind of ours are counted too, with recall 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.evaluation.jsonl import Filled, Row, UnusableFile, read_rows
from app.evaluation.metrics import share
from app.privacy.detecting import private_spans
from app.privacy.spans import Kind, Span
from app.privacy.veil import Veil

# The names of presidio-research beside our own ones.
KIND_OF = {
    "EMAIL_ADDRESS": Kind.EMAIL,
    "PHONE_NUMBER": Kind.PHONE,
    "CREDIT_CARD": Kind.CARD,
    "IBAN_CODE": Kind.IBAN,
    "US_SSN": Kind.IDENTITY,
    "IP_ADDRESS": Kind.IP,
    "STREET_ADDRESS": Kind.ADDRESS,
    "ZIP_CODE": Kind.ADDRESS,
    "GPE": Kind.ADDRESS,
    "PERSON": Kind.NAME,
} | {kind.value.upper(): kind for kind in Kind if kind not in {Kind.NUMBER, Kind.TEXT}}


class MarkedSpan(Row):
    type: Filled
    start: int
    end: int
    value: str


class MarkedText(Row):
    text: str
    spans: tuple[MarkedSpan, ...]


class _Line(Row):
    """A line of a file: JSON has lists where a row has tuples."""

    text: str
    spans: list[MarkedSpan]


@dataclass(frozen=True)
class TypeScores:
    """The figures of one type; None where there is nothing to count."""

    recall: float | None
    precision: float | None
    n: int
    veiled: float | None  # share of the values of which no outside model would see a letter


@dataclass
class _Tally:
    hits: list[bool] = field(default_factory=list)
    veiled: list[bool] = field(default_factory=list)


def read_marked(file: Path) -> list[MarkedText]:
    """Raises `UnusableFile`, also where a value is not what stands at its place."""
    texts = []
    for number, line in read_rows(file, _Line):
        for span in line.spans:
            if line.text[span.start : span.end] != span.value:
                raise UnusableFile(
                    f"{file}, line {number}: {span.value!r} does not stand at {span.start} to {span.end} "
                    "of the text. Count places in characters, from 0, the end excluded."
                )
        texts.append(MarkedText(text=line.text, spans=tuple(line.spans)))
    return texts


def score_private_data(texts: Sequence[MarkedText]) -> dict[str, TypeScores]:
    """The figures of each type that is marked anywhere, by name."""
    tallies: dict[str, _Tally] = {}
    right: dict[Kind, list[bool]] = {}
    for marked in texts:
        found = private_spans(marked.text)
        hidden = Veil().hidden_spans(marked.text)
        for span in marked.spans:
            tally = tallies.setdefault(span.type, _Tally())
            kind = KIND_OF.get(span.type)
            tally.hits.append(_covers(marked.text, span, (one for one in found if one.kind is kind)))
            tally.veiled.append(_covers(marked.text, span, hidden))
        for one in found:
            right.setdefault(one.kind, []).append(_is_marked(one, marked.spans))
    return {
        name: TypeScores(
            recall=share(tally.hits),
            precision=share(right.get(KIND_OF[name], [])) if name in KIND_OF else None,
            n=len(tally.hits),
            veiled=share(tally.veiled),
        )
        for name, tally in sorted(tallies.items())
    }


def _covers(text: str, wanted: MarkedSpan, found: Iterable[Span]) -> bool:
    covered = {place for one in found for place in range(one.start, one.end)}
    return all(place in covered for place in range(wanted.start, wanted.end) if text[place].isalnum())


def _is_marked(found: Span, marked: Iterable[MarkedSpan]) -> bool:
    return any(
        KIND_OF.get(one.type) is found.kind and one.start < found.end and found.start < one.end
        for one in marked
    )
