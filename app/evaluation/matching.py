"""How well messages find their FAQ entry, measured on cases whose right answer is known."""

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from app.core.errors import InvalidInput
from app.embeddings.encoder import Encoder, get_encoder
from app.knowledge.kb_files import KbFolder, check_kb
from app.knowledge.queries import PublishedVersion
from app.retrieval.index import EntryIndex, phrasings_of
from app.retrieval.matching import Matches, find_matches


class MatchingCase(BaseModel):
    """A message and the entry it is about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    text: str
    expects: str | None  # None: no approved answer fits


@dataclass(frozen=True)
class Miss:
    """A case that went wrong: another entry, none, or one where none fits."""

    case: MatchingCase
    answered: str | None
    score: float  # of the nearest entry, 0..1


@dataclass(frozen=True)
class MatchingReport:
    """Shares of 0..1, None where there was nothing to count. top1 and top3 look past the threshold."""

    n: int
    in_scope: int
    top1: float | None  # of the cases with an entry, those whose entry came first
    top3: float | None
    answered_precision: float | None  # of the answers given, those that were right: a wrong one is the danger
    answered_recall: float | None  # of the cases with an entry, those answered with it
    abstained_right: float | None  # of the cases without an entry, those left unanswered
    threshold: float
    p50_ms: float
    misses: tuple[Miss, ...]


def read_cases(file: Path) -> list[MatchingCase]:
    """The cases of a YAML file, or of a JSONL file of messages with `expects`."""
    if file.suffix == ".jsonl":
        rows = [json.loads(line) for line in file.read_text().splitlines()]
        return [MatchingCase(id=row["external_id"], text=row["text"], expects=row["expects"]) for row in rows]
    return TypeAdapter(list[MatchingCase]).validate_python(yaml.safe_load(file.read_text()))


def run_matching_eval(cases: Sequence[MatchingCase], folder: Path) -> MatchingReport:
    """Match every case against the FAQ below `folder`, from its files alone.

    Raises `InvalidInput` when a case expects an entry that does not exist.
    """
    kb = check_kb(folder)
    unknown = {case.expects for case in cases} - {entry.id for entry in kb.entries} - {None}
    if unknown:
        raise InvalidInput(f"Cases expect entries that do not exist: {', '.join(sorted(map(str, unknown)))}.")
    encoder = get_encoder()
    index = index_of(kb, encoder)
    answers: list[Matches] = []
    times: list[float] = []
    for case in cases:
        began = time.perf_counter()
        answers.append(find_matches(index, encoder, case.text))
        times.append((time.perf_counter() - began) * 1000)
    return score(cases, answers, threshold=index.threshold, p50_ms=statistics.median(times or [0.0]))


def index_of(kb: KbFolder, encoder: Encoder) -> EntryIndex:
    """An index of these files, as publishing them would make it."""
    versions = [
        PublishedVersion(
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
        for number, entry in enumerate(kb.entries, start=1)
    ]
    return EntryIndex(versions, [encoder.encode(phrasings_of(version)) for version in versions])


def score(
    cases: Sequence[MatchingCase], answers: Sequence[Matches], *, threshold: float, p50_ms: float
) -> MatchingReport:
    """Compare what was found with what was expected."""
    pairs = list(zip(cases, answers, strict=True))
    inside = [(case, answer) for case, answer in pairs if case.expects is not None]
    answered = [(case, answer) for case, answer in pairs if answer.best is not None]
    return MatchingReport(
        n=len(pairs),
        in_scope=len(inside),
        top1=_share([_is_among_first(case, answer, 1) for case, answer in inside]),
        top3=_share([_is_among_first(case, answer, 3) for case, answer in inside]),
        answered_precision=_share([_answered(answer) == case.expects for case, answer in answered]),
        answered_recall=_share([_answered(answer) == case.expects for case, answer in inside]),
        abstained_right=_share([answer.best is None for case, answer in pairs if case.expects is None]),
        threshold=threshold,
        p50_ms=p50_ms,
        misses=tuple(
            Miss(case, _answered(answer), answer.found[0].score if answer.found else 0.0)
            for case, answer in pairs
            if _answered(answer) != case.expects
        ),
    )


def _answered(matches: Matches) -> str | None:
    return None if matches.best is None else matches.best.entry_id


def _is_among_first(case: MatchingCase, matches: Matches, count: int) -> bool:
    return case.expects in [match.entry_id for match in matches.found[:count]]


def _share(rights: Sequence[bool]) -> float | None:
    return sum(rights) / len(rights) if rights else None
