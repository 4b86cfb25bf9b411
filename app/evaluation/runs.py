"""One matcher over one set of questions, each timed from its text to its ranking."""

import time
from dataclasses import dataclass

from app.evaluation.contestants import Contestant, make_contestant
from app.evaluation.rankings import Matcher, RememberingEncoder
from app.evaluation.scoring import Outcome, Scores, outcome, score
from app.evaluation.sets import EvalSet

WARM_UP = 5  # questions asked before the clock runs


@dataclass(frozen=True)
class Run:
    outcomes: tuple[Outcome, ...]
    threshold: float | None  # None: the matcher always answers

    def scores(self, *, language: str | None = None) -> Scores:
        """Of all cases, or of those in one language."""
        return score([one for one in self.outcomes if language in (None, one.case.language)])

    def languages(self) -> list[str]:
        return sorted({one.case.language for one in self.outcomes if one.case.language})


def run_contestant(who: Contestant, asked: EvalSet, remembering: RememberingEncoder) -> Run:
    """Index the entries and ask every question once."""
    return ask(make_contestant(who, asked.entries, remembering), asked)


def ask(matcher: Matcher, asked: EvalSet) -> Run:
    for case in asked.cases[:WARM_UP]:
        matcher.rank(case.text, case.history)
    outcomes: list[Outcome] = []
    for case in asked.cases:
        began = time.perf_counter()
        ranking = matcher.rank(case.text, case.history)
        milliseconds = (time.perf_counter() - began) * 1000
        outcomes.append(outcome(case, ranking, asked.names, milliseconds))
    return Run(tuple(outcomes), matcher.threshold)
