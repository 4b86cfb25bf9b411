"""Which sets `make eval` measures: the repository's own cases, and public files where they lie beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from app.core.settings import CHECKOUT
from app.evaluation.article_files import read_article_set
from app.evaluation.faq_files import read_faq_set
from app.evaluation.matching import entries_of, read_cases
from app.evaluation.report import CASES
from app.evaluation.scoring import Scores
from app.evaluation.sets import Case, EvalSet
from app.knowledge.kb_files import check_kb

SUITE = CHECKOUT / "evals" / "suites" / "matching.yaml"
PUBLIC_DATA = CHECKOUT.parent / "shared" / "data"

COLUMN_OF = {"top1": "top 1", "top5": "top 5", "oos_auroc": "AUROC", "overall_accuracy": "right"}


class Aims(BaseModel):
    """What we want to reach, on questions nobody here has seen. None: no aim."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    top1: float | None = None
    top5: float | None = None
    oos_auroc: float | None = None
    overall_accuracy: float | None = None
    below_hindsight: float | None = None  # most that the best threshold may add to our overall accuracy

    def judged(self, scores: Scores) -> Iterator[str]:
        """One line for each aim."""
        for name, column in COLUMN_OF.items():
            aim, reached = getattr(self, name), getattr(scores, name)
            if aim is not None:
                yield f"{column} {aim:g}: {_met(reached is not None and reached >= aim)}"
        if self.below_hindsight is not None:
            best, ours = scores.hindsight_best_accuracy, scores.overall_accuracy
            is_near = best is not None and ours is not None and best - ours <= self.below_hindsight
            yield f"gap {self.below_hindsight:g}: {_met(is_near)}"


class SuiteSet(BaseModel):
    """One line of the suite file; paths are below the folder of public data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    queries: Path
    faq: Path | None = None
    kb: Path | None = None
    learn: Path | None = None
    hide_near_oos: bool = False
    kb_languages: tuple[str, ...] = ()
    aims: Aims = Aims()

    def missing(self, folder: Path) -> list[Path]:
        files = (self.faq, self.kb, self.queries, self.learn)
        return [folder / file for file in files if file is not None and not (folder / file).is_file()]

    def read(self, folder: Path) -> EvalSet:
        if self.faq is not None:
            learn = folder / self.learn if self.learn else None
            return read_faq_set(
                folder / self.faq, folder / self.queries, learn=learn, hide_near_oos=self.hide_near_oos
            )
        if self.kb is None:
            raise ValueError(f"{self.name} names neither faq nor kb")
        return read_article_set(folder / self.kb, folder / self.queries, languages=self.kb_languages)


@dataclass(frozen=True)
class NamedSet:
    name: str
    asked: EvalSet
    aims: Aims


def suite_sets() -> list[SuiteSet]:
    return TypeAdapter(list[SuiteSet]).validate_python(yaml.safe_load(SUITE.read_text()))


def own_sets() -> Iterator[NamedSet]:
    """The cases of this repository, against its own FAQ."""
    entries = entries_of(check_kb(CHECKOUT / "kb"))
    for file in CASES:
        cases = tuple(
            Case(
                case.id,
                case.text,
                frozenset({case.expects} if case.expects else ()),
                in_scope=case.expects is not None,
            )
            for case in read_cases(file)
        )
        yield NamedSet(file.name, EvalSet(entries, cases), Aims())


def public_sets(folder: Path) -> Iterator[NamedSet]:
    """Those of the suite whose files are all there."""
    for one in suite_sets():
        if not one.missing(folder):
            yield NamedSet(one.name, one.read(folder), one.aims)


def left_out(folder: Path) -> Iterator[str]:
    """A sentence about each set that cannot be measured."""
    if not folder.is_dir():
        yield f"There is no {folder}: only the cases of this repository were measured."
        return
    for one in suite_sets():
        if missing := one.missing(folder):
            yield f"{one.name} was left out: there is no {', '.join(map(str, missing))}."


def _met(is_met: bool) -> str:
    return "met" if is_met else "not met"
