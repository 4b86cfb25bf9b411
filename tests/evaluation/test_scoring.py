"""Rankings are worth what a person would say by hand."""

from collections.abc import Sequence

import pytest

from app.evaluation.rankings import Ranking
from app.evaluation.runs import WARM_UP, ask
from app.evaluation.scoring import Outcome, outcome, score
from app.evaluation.sets import Case, EvalSet
from app.retrieval.corpus import Entry


def case(*gold: str, language: str | None = None) -> Case:
    return Case("id", "text", frozenset(gold), in_scope=bool(gold), language=language)


def went(one: Case, ranking: Ranking, milliseconds: float = 1.0) -> Outcome:
    return outcome(one, ranking, {}, milliseconds)


def test_every_figure_counts_its_own_cases() -> None:
    outcomes = [
        went(case("a"), Ranking(("a", "b"), 0.9, answered=True), 4.0),  # right
        went(case("a", "z"), Ranking(("z", "a"), 0.5, answered=False), 1.0),  # first, but not answered
        went(case("a"), Ranking(("b", "c", "a"), 0.8, answered=True), 2.0),  # wrong, though among three
        went(case("a"), Ranking(("b", "c", "d", "e", "a"), 0.3, answered=False), 3.0),  # among five
        went(case("gone"), Ranking(("b",), 0.2, answered=False), 1.0),
        went(case(), Ranking(("a",), 0.7, answered=True), 1.0),  # answered where none fits
        went(case(), Ranking(("a",), 0.4, answered=False), 1.0),  # rightly none
        went(case(), Ranking((), 0.0, answered=False), 1.0),  # rightly none
    ]

    scores = score(outcomes)

    assert (scores.n, scores.in_scope) == (8, 5)
    assert (scores.top1, scores.top3, scores.top5) == (2 / 5, 3 / 5, 4 / 5)
    assert scores.mrr == pytest.approx((1 + 1 + 1 / 3 + 1 / 5 + 0) / 5)
    # Below 0.7 lie 0.5, 0.3, 0.2 of those in scope; above 0.4 lie 0.9, 0.5, 0.8; above 0 all five.
    assert scores.oos_auroc == (2 + 3 + 5) / 15
    assert scores.answered_precision == 1 / 3
    assert scores.answered_recall == 1 / 5
    assert scores.overall_accuracy == 3 / 8
    # Each probability lies in a bin of its own, but for 0.7 and 0.8: 11th and 12th, so there too.
    gaps = [1 - 0.9, 1 - 0.5, 0.8, 0.3, 0.2, 0.7, 0.4, 0.0]
    assert scores.expected_calibration_error == pytest.approx(sum(gaps) / 8)
    # From 0.9 on: 1 right and 3 rightly none.
    assert scores.hindsight_best_accuracy == 4 / 8
    assert scores.p50_ms == 1.0
    assert scores.p95_ms == pytest.approx(3.65)


def test_what_cannot_be_counted_is_none() -> None:
    scores = score([went(case(), Ranking(("a",), 0.4, answered=False))])

    assert (scores.top1, scores.mrr, scores.oos_auroc) == (None, None, None)
    assert (scores.answered_precision, scores.answered_recall) == (None, None)
    assert scores.overall_accuracy == 1.0


def test_translations_of_one_article_take_one_place() -> None:
    names = {"a (en)": "a", "a (de)": "a", "b (en)": "b"}
    ranking = Ranking(("a (en)", "a (de)", "b (en)"), 0.5, answered=True)

    assert outcome(case("b"), ranking, names, 1.0).place == 2
    assert outcome(case("a"), ranking, names, 1.0).place == 1


class Recorder:
    """Answers with the first word, and remembers what it was asked."""

    threshold: float | None = 0.5

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def rank(self, text: str, history: Sequence[str]) -> Ranking:
        self.asked.append((text, tuple(history)))
        return Ranking((text.split()[0],), 0.8, answered=True)


def test_every_question_is_asked_with_its_history_after_a_warm_up() -> None:
    cases = tuple(
        Case(str(number), f"a {number}", frozenset({"a"}), in_scope=True, history=("before",))
        for number in range(WARM_UP + 2)
    )
    matcher = Recorder()

    run = ask(matcher, EvalSet((Entry("a", "A"),), cases))

    texts = [one.text for one in cases]
    assert matcher.asked == [(text, ("before",)) for text in texts[:WARM_UP] + texts]
    assert [one.case for one in run.outcomes] == list(cases)
    assert all(0 < one.milliseconds < 1_000 for one in run.outcomes)
    assert (run.threshold, run.scores().top1) == (0.5, 1.0)


def test_languages_can_be_scored_apart() -> None:
    cases = (
        Case("1", "a ...", frozenset({"a"}), in_scope=True, language="de"),
        Case("2", "b ...", frozenset({"a"}), in_scope=True, language="fr"),
    )

    run = ask(Recorder(), EvalSet((Entry("a", "A"),), cases))

    assert run.languages() == ["de", "fr"]
    assert [run.scores(language=language).top1 for language in (None, "de", "fr")] == [0.5, 1.0, 0.0]
