"""The matching eval counts what it says it counts."""

from io import StringIO
from pathlib import Path

import pytest
from pydantic import ValidationError
from rich.console import Console

from app.core.errors import InvalidInput
from app.core.settings import CHECKOUT
from app.evaluation.matching import MatchingCase, read_cases, run_matching_eval, score
from app.evaluation.rankings import Ranking
from app.evaluation.report import CASES, run
from app.knowledge.kb_files import check_kb
from tests.knowledge.kb_folder import QUESTIONS, write_kb


def case(number: int, expects: str | None) -> MatchingCase:
    return MatchingCase(id=f"case-{number}", text="text", expects=expects)


def found(*entry_ids: str, fits: bool = True) -> Ranking:
    return Ranking(entry_ids, 0.6, answered=fits)


def test_each_figure_counts_its_own_cases() -> None:
    cases = [
        case(1, "a"),
        case(2, "a"),
        case(3, "a"),
        case(4, "a"),
        case(5, None),
        case(6, None),
        case(7, None),
    ]
    answers = [
        found("a", "b"),  # right
        found("a", "b", fits=False),  # first, but not answered
        found("b", "c", "a"),  # wrong, though among three
        found("b", "c", "d", "a", fits=False),
        found("a"),  # answered where none fits
        found("a", fits=False),
        Ranking((), 0.0, answered=False),
    ]

    report = score(cases, answers, threshold=0.5, p50_ms=1.0)

    assert (report.n, report.in_scope) == (7, 4)
    assert (report.top1, report.top3) == (2 / 4, 3 / 4)
    assert report.answered_precision == 1 / 3
    assert report.answered_recall == 1 / 4
    assert report.abstained_right == 2 / 3
    assert [(miss.case.id, miss.answered, miss.score) for miss in report.misses] == [
        ("case-2", None, 0.6),
        ("case-3", "b", 0.6),
        ("case-4", None, 0.6),
        ("case-5", "a", 0.6),
    ]


def test_what_cannot_be_counted_is_none() -> None:
    report = score([case(1, None)], [found("a", fits=False)], threshold=0.5, p50_ms=1.0)

    assert (report.top1, report.top3, report.answered_precision, report.answered_recall) == (None,) * 4
    assert report.abstained_right == 1.0


def test_the_files_own_questions_are_all_found(tmp_path: Path) -> None:
    kb = write_kb(tmp_path)
    cases = [
        MatchingCase(id=entry_id, text=question, expects=entry_id) for entry_id, question in QUESTIONS.items()
    ]

    report = run_matching_eval(cases, kb)

    assert (report.n, report.top1, report.answered_recall, report.misses) == (3, 1.0, 1.0, ())
    assert report.p50_ms > 0


def test_a_case_of_an_unknown_entry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="delays/none"):
        run_matching_eval([case(1, "delays/none")], write_kb(tmp_path))


def test_a_case_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text("- {id: a, text: b, expects: null, expect: c}")

    with pytest.raises(ValidationError, match="expect"):
        read_cases(tmp_path / "cases.yaml")


@pytest.mark.parametrize("file", CASES, ids=[file.name for file in CASES])
def test_the_repositorys_cases_are_sound(file: Path) -> None:
    cases = read_cases(file)
    entries = {entry.id for entry in check_kb(CHECKOUT / "kb").entries}

    assert len({one.id for one in cases}) == len(cases) >= 40
    assert {one.expects for one in cases} - {None} <= entries
    assert len([one for one in cases if one.expects is None]) >= len(cases) / 5


def test_the_cases_are_no_copies_of_the_faqs_own_phrasings() -> None:
    phrasings = {
        phrasing.casefold()
        for entry in check_kb(CHECKOUT / "kb").entries
        for phrasing in (entry.question, *entry.examples)
    }

    for file in CASES:
        assert [one.id for one in read_cases(file) if one.text.casefold() in phrasings] == []


def test_the_report_names_every_set_and_miss() -> None:
    out = StringIO()

    assert run(Console(file=out, width=200)) == 0

    printed = out.getvalue()
    assert [printed.count(file.name) for file in CASES] == [2, 2]  # in the table, and above its misses
    assert printed.count("went wrong, dangerous ones first") == len(CASES)
