"""How many seeded errors the fact checks notice, and how often they speak up at drafts that are right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from app.checks.checked_text import CheckedText
from app.checks.conditions import check_conditions
from app.checks.facts_traced import check_facts_traced
from app.checks.links import check_links_allowed
from app.checks.names_traced import check_names_traced
from app.checks.negation import check_negation
from app.checks.promises import check_promises
from app.checks.values_in_place import check_values_in_place
from app.core.settings import CHECKOUT
from app.drafting.voice import Voice, get_voice
from app.evaluation.right_drafts import RightDraft, right_drafts, wordings_apart
from app.evaluation.seeded_errors import VALUE_KINDS, ErrorKind, SeededError, seed_errors

KB = CHECKOUT / "kb"
FACT_CHECKS = (
    check_facts_traced,
    check_values_in_place,
    check_names_traced,
    check_promises,
    check_negation,
    check_conditions,
    check_links_allowed,
)
Alarm = tuple[str, tuple[str, ...]]  # a check that did not pass, and the words it marks


@dataclass(frozen=True)
class Caught:
    """One seeded error and what the checks newly said about it; nothing if it was missed."""

    error: SeededError
    alarms: frozenset[Alarm]


Rested = tuple[RightDraft, frozenset[Alarm]]  # a right draft and the false alarms about it


@dataclass(frozen=True)
class SeededRun:
    caught: tuple[Caught, ...]
    untouched: tuple[Rested, ...]
    left_out: tuple[Rested, ...]  # each approved wording, checked against the others of its entry alone

    def recall(self, kinds: Sequence[ErrorKind]) -> float | None:
        of_kind = [one for one in self.caught if one.error.kind in kinds]
        return _share(sum(bool(one.alarms) for one in of_kind), len(of_kind))

    @property
    def false_alarm_rate(self) -> float | None:
        return _share(sum(bool(alarms) for _, alarms in self.untouched), len(self.untouched))

    @property
    def left_out_alarm_rate(self) -> float | None:
        """The same where the words of the draft themselves are not among the sources: people's rewordings."""
        return _share(sum(bool(alarms) for _, alarms in self.left_out), len(self.left_out))

    @property
    def precision(self) -> float | None:
        """Of all drafts that were flagged, the share with an error in them."""
        right = sum(bool(one.alarms) for one in self.caught)
        return _share(right, right + sum(bool(alarms) for _, alarms in self.untouched))


def run_seeded_errors(
    *, per_kind: int, seed: int, untouched: int, kb: Path = KB, voice: str = "skerry"
) -> SeededRun:
    """So many errors of each kind, and so many right drafts. The same seed gives the same ones."""
    spoken = get_voice(voice)
    drafting, seeding, resting = (Random(seed + step) for step in range(3))  # noqa: S311 -- no secret
    errors = seed_errors(right_drafts(kb, spoken, drafting), seeding, per_kind=per_kind)
    fresh = right_drafts(kb, spoken, resting)
    at_rest = [(draft, _alarms(draft, draft.text, spoken)) for draft in islice(fresh, untouched)]
    before = {id(one.draft): _alarms(one.draft, one.draft.text, spoken) for one in errors}
    caught = [Caught(one, _alarms(one.draft, one.text, spoken) - before[id(one.draft)]) for one in errors]
    return SeededRun(tuple(caught), tuple(at_rest), _left_out(kb, spoken))


def _left_out(kb: Path, voice: Voice) -> tuple[Rested, ...]:
    drafts = wordings_apart(kb)
    return tuple((draft, _alarms(draft, draft.text, voice)) for draft in drafts)


def _alarms(draft: RightDraft, text: str, voice: Voice) -> frozenset[Alarm]:
    checked = CheckedText(
        text=text,
        network="email",
        public=False,
        sources=draft.sources,
        customer_text=draft.customer_text,
        allowed_domains=voice.allowed_domains,
        banned_words=voice.banned_words,
        own_words=(voice.brand, *voice.own_words()),
    )
    findings = [check(checked) for check in FACT_CHECKS]
    return frozenset((one.name, one.words) for one in findings if not one.passed)


def seeded_as_json(run: SeededRun, *, seed: int) -> dict[str, Any]:
    """The figures by name; a share of nothing is null."""
    by_check: dict[str, int] = {}
    for _, alarms in run.untouched:
        for name in {name for name, _ in alarms}:
            by_check[name] = by_check.get(name, 0) + 1
    return {
        "n": len(run.caught),
        "untouched": len(run.untouched),
        "value_recall": run.recall(VALUE_KINDS),
        "recall": run.recall(tuple(ErrorKind)),
        "false_alarm_rate": run.false_alarm_rate,
        "left_out": len(run.left_out),
        "left_out_alarm_rate": run.left_out_alarm_rate,
        "precision": run.precision,
        "by_kind": {
            kind.value: {"n": len(of_kind), "caught": sum(bool(one.alarms) for one in of_kind)}
            for kind in ErrorKind
            if (of_kind := [one for one in run.caught if one.error.kind is kind])
        },
        "false_alarms_by_check": dict(sorted(by_check.items())),
        "seed": seed,
    }


def seeded_lines(run: SeededRun, *, verbose: bool) -> Iterator[str]:
    """What a person reads; with `verbose` every miss and every false alarm too."""
    for kind in ErrorKind:
        of_kind = [one for one in run.caught if one.error.kind is kind]
        if of_kind:
            caught = sum(bool(one.alarms) for one in of_kind)
            yield f"{kind.value:<20}{caught:>6} of {len(of_kind):>5}  {_written(run.recall((kind,)))}"
    yield f"{'values together':<36}{_written(run.recall(VALUE_KINDS))}"
    yield f"{'false alarms on right drafts':<36}{_written(run.false_alarm_rate)} of {len(run.untouched)}"
    yield f"{'the same, own wording left out':<36}{_written(run.left_out_alarm_rate)} of {len(run.left_out)}"
    yield f"{'precision':<36}{_written(run.precision)}"
    if verbose:
        for one in run.caught:
            if not one.alarms:
                seeded = one.error
                yield f"Missed {seeded.kind.value} ({seeded.draft.entry_id}) {seeded.change}: {seeded.text}"
        for draft, alarms in (*run.untouched, *run.left_out):
            for name, words in sorted(alarms):
                yield f"False alarm of {name} ({draft.entry_id}): {'; '.join(words)}"


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _written(share: float | None) -> str:
    return "-" if share is None else f"{share:.4f}"
