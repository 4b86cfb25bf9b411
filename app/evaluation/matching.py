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
from app.embeddings.encoder import get_encoder
from app.evaluation.contestants import Contestant, make_contestant
from app.evaluation.metrics import share
from app.evaluation.rankings import Ranking, RememberingEncoder
from app.knowledge.kb_files import KbFolder, check_kb
from app.retrieval.corpus import Entry


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
    score: float  # probability that the nearest entry answers, 0..1


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
    threshold: float | None  # of the probability; None: it always answers
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
    matcher = make_contestant(Contestant.OURS, entries_of(kb), RememberingEncoder(get_encoder()))
    answers: list[Ranking] = []
    times: list[float] = []
    for case in cases:
        began = time.perf_counter()
        answers.append(matcher.rank(case.text, ()))
        times.append((time.perf_counter() - began) * 1000)
    return score(cases, answers, threshold=matcher.threshold, p50_ms=statistics.median(times or [0.0]))


def entries_of(kb: KbFolder) -> tuple[Entry, ...]:
    """The files' entries, as publishing them would make them searchable."""
    return tuple(Entry(entry.id, entry.question, tuple(entry.examples)) for entry in kb.entries)


def score(
    cases: Sequence[MatchingCase], answers: Sequence[Ranking], *, threshold: float | None, p50_ms: float
) -> MatchingReport:
    """Compare what was found with what was expected."""
    pairs = list(zip(cases, answers, strict=True))
    inside = [(case, answer) for case, answer in pairs if case.expects is not None]
    answered = [(case, answer) for case, answer in pairs if answer.answered]
    return MatchingReport(
        n=len(pairs),
        in_scope=len(inside),
        top1=share([_is_among_first(case, answer, 1) for case, answer in inside]),
        top3=share([_is_among_first(case, answer, 3) for case, answer in inside]),
        answered_precision=share([_answered(answer) == case.expects for case, answer in answered]),
        answered_recall=share([_answered(answer) == case.expects for case, answer in inside]),
        abstained_right=share([not answer.answered for case, answer in pairs if case.expects is None]),
        threshold=threshold,
        p50_ms=p50_ms,
        misses=tuple(
            Miss(case, _answered(answer), answer.probability)
            for case, answer in pairs
            if _answered(answer) != case.expects
        ),
    )


def _answered(ranking: Ranking) -> str | None:
    return ranking.keys[0] if ranking.answered else None


def _is_among_first(case: MatchingCase, ranking: Ranking, count: int) -> bool:
    return case.expects in ranking.keys[:count]
