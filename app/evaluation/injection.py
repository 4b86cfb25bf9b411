"""How well orders to the machine are noticed: on files of labelled texts, by kind and by length."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Literal

import yaml

from app.checks.orders import NOTICED_FROM, Orders
from app.core.settings import CHECKOUT
from app.evaluation.jsonl import Filled, Row, read_rows
from app.evaluation.metrics import share, wilson_interval

OWN_CASES = CHECKOUT / "evals" / "cases" / "injection.yaml"
WARM_UP = 3
NO_GROUP = "-"


class LabelledText(Row):
    """One row of the shape of shared/data/injection; 1 is an attempt to give orders."""

    id: str
    text: Filled
    label: Literal[0, 1]
    source: str = NO_GROUP
    category: str = NO_GROUP
    kind: str = NO_GROUP
    position: str | None = None


@dataclass(frozen=True)
class Judged:
    case: LabelledText
    probability: float
    milliseconds: float

    @property
    def is_noticed(self) -> bool:
        return self.probability >= NOTICED_FROM


@dataclass(frozen=True)
class Noticed:
    """Shares of 0..1, None where there was nothing to count."""

    n: int
    attacks: int
    recall: float | None  # of the attacks, those noticed
    precision: float | None  # of those noticed, the attacks
    false_alarm_rate: float | None  # of the harmless, those noticed
    intervals: dict[str, tuple[float, float] | None]  # Wilson, 95 %


def read_texts(file: Path) -> list[LabelledText]:
    """The rows of a JSONL file, or the cases of a YAML file by label and kind. Raises `UnusableFile`."""
    if file.suffix == ".yaml":
        return _own_cases(file)
    return [row for _, row in read_rows(file, LabelledText)]


def _own_cases(file: Path) -> list[LabelledText]:
    by_label = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        LabelledText(
            id=f"{label}/{kind}-{number}",
            text=text,
            label=1 if label == "attacks" else 0,
            source="own",
            category=f"{label}/{kind}",
            kind=label,
        )
        for label in ("attacks", "benign")
        for kind, texts in by_label[label].items()
        for number, text in enumerate(texts, start=1)
    ]


def judge(cases: Sequence[LabelledText], notice: Callable[[str], Orders]) -> list[Judged]:
    """Every text once, timed one after the other."""
    for case in cases[:WARM_UP]:
        notice(case.text)
    judged = []
    for case in cases:
        began = time.perf_counter()
        found = notice(case.text)
        judged.append(Judged(case, found.probability, (time.perf_counter() - began) * 1000))
    return judged


def noticed(judged: Sequence[Judged]) -> Noticed:
    attacks = [one.is_noticed for one in judged if one.case.label]
    harmless = [one.is_noticed for one in judged if not one.case.label]
    alarms = [bool(one.case.label) for one in judged if one.is_noticed]
    shares = {"recall": share(attacks), "precision": share(alarms), "false_alarm_rate": share(harmless)}
    counts = {"recall": len(attacks), "precision": len(alarms), "false_alarm_rate": len(harmless)}
    bounds = {name: wilson_interval(one, counts[name]) for name, one in shares.items()}
    return Noticed(len(judged), len(attacks), **shares, intervals=bounds)


def by_group(judged: Iterable[Judged], name: Callable[[Judged], str]) -> dict[str, Noticed]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[name(one)].append(one)
    return {group: noticed(groups[group]) for group in sorted(groups)}


def length_quarters(judged: Sequence[Judged]) -> dict[str, Noticed]:
    """The texts in four parts of like size by their length, with its bounds in characters as names."""
    if len(judged) < 4:
        return {}
    lengths = sorted(len(one.case.text) for one in judged)
    cuts = [lengths[len(lengths) * quarter // 4 - 1] for quarter in (1, 2, 3)]
    bounds = list(zip([lengths[0], *cuts], [*cuts, lengths[-1]], strict=True))
    names = [f"{low} to {high} characters" for low, high in bounds]
    return by_group(judged, lambda one: names[sum(len(one.case.text) > cut for cut in cuts)])


def equal_lengths(judged: Sequence[Judged]) -> Noticed:
    """The attacks and, for each, the harmless text nearest to it in length, each harmless one once.

    Whoever goes by length alone finds nothing here.
    """
    left = sorted((one for one in judged if not one.case.label), key=lambda one: len(one.case.text))
    chosen: list[Judged] = []
    for attack in (one for one in judged if one.case.label):
        nearest = min(left, key=lambda one: abs(len(one.case.text) - len(attack.case.text)), default=None)
        if nearest is None:
            break
        left.remove(nearest)
        chosen += [attack, nearest]
    return noticed(chosen)


def p50_ms(judged: Sequence[Judged]) -> float | None:
    return median(one.milliseconds for one in judged) if judged else None


def figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """What is written as JSON."""
    return {
        **vars(noticed(judged)),
        "p50_ms": p50_ms(judged),
        "noticed_from": NOTICED_FROM,
        "by_source": _plain(by_group(judged, lambda one: one.case.source)),
        "by_category": _plain(by_group(judged, lambda one: one.case.category)),
        "by_kind": _plain(by_group(judged, lambda one: one.case.kind)),
        "by_length": _plain(length_quarters(judged)),
        "equal_lengths": vars(equal_lengths(judged)),
    }


def _plain(groups: dict[str, Noticed]) -> dict[str, Any]:
    return {name: vars(group) for name, group in groups.items()}
