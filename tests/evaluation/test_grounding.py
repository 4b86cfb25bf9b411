"""`sayso eval grounding` as a person at a terminal meets it, on each form of file."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from app.cli.commands import cli
from app.evaluation.grounding_forms import as_lines, read_grounding
from tests.evaluation.files import Rows, write_rows

ANSWER = {"faq_question": "Is there a pool?", "faq_answer": "Yes, there is a heated pool.", "entity": None}
RATED: Rows = [
    {**ANSWER, "reply": "There is a heated pool.", "label": "grounded", "made_by": "us"},
    {**ANSWER, "reply": "No, the spa closed for good in spring.", "label": "ungrounded"},
    {**ANSWER, "reply": "There is a pool for guests.", "label": "mixed"},
]
MARKED: Rows = [
    {"context": "Bread costs £2.", "question": "price?", "reply": "Bread costs £2.", "hallucinated": False},
    {"context": "Bread costs £2.", "question": None, "reply": "Cake costs £9.", "hallucinated": True},
]
CLAIMS: Rows = [
    {"claim": "She wrote ten novels.", "evidence": ["She wrote ten novels."], "label": "supported"},
    {"claim": "She won.", "evidence": ["She wrote ten novels."], "label": "partially_supported"},
    {"claim": "She lost.", "evidence": ["She wrote ten novels."], "label": "not_supported"},
]
KNOWLEDGE: Rows = [
    {"knowledge": "Owls hunt at night.", "reply": "Owls hunt at night.", "label": "Fully attributable"},
    {"knowledge": "Owls hunt at night.", "reply": "Owls eat jam.", "label": "Not fully attributable"},
    {"knowledge": "Owls hunt at night.", "reply": "I like that.", "label": "Generic"},
]
PLAIN: Rows = [
    {"source": "We open at nine.", "reply": "We open at nine.", "unsupported": False},
    {"source": "We open at nine.", "reply": "Parking costs £3.", "unsupported": True},
]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def measure(rows: Rows, *options: str) -> tuple[Result, dict[str, Any]]:
    write_rows(Path("cases"), rows)
    done = CliRunner().invoke(cli, ["eval", "grounding", "--cases", "cases", "--json", "out.json", *options])
    return done, json.loads(Path("out.json").read_text()) if Path("out.json").exists() else {}


def test_the_figures_are_printed_and_written() -> None:
    done, figures = measure(RATED)

    assert done.exit_code == 0, done.output
    assert "F1 at the threshold shipped" in done.stdout
    assert (figures["n"], figures["unsupported"], figures["flagged"]) == (2, 1, 1)
    assert [figures[name] for name in ("auroc", "f1", "precision", "recall")] == [1.0, 1.0, 1.0, 1.0]
    assert 0 < figures["p50_ms"] <= figures["p95_ms"]
    assert figures["notes"] == ["Rows whose label says neither are not scored: 1."]
    assert figures["form"] == "rated replies to a FAQ"


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        (RATED, [False, True, None]),
        (MARKED, [False, True]),
        (CLAIMS, [False, True, True]),
        (KNOWLEDGE, [False, True, None]),
        (PLAIN, [False, True]),
    ],
)
def test_each_form_is_known_by_its_columns_and_its_labels_are_read(
    rows: Rows, labels: list[bool | None]
) -> None:
    asked = read_grounding(write_rows(Path("cases"), rows))

    assert [case.unsupported for case in asked.cases] == labels


@pytest.mark.parametrize("rows", [MARKED, CLAIMS, KNOWLEDGE, PLAIN])
def test_each_form_is_measured_without_the_encoder_too(rows: Rows) -> None:
    done, figures = measure(rows, "--words-alone")

    assert done.exit_code == 0, done.output
    assert figures["auroc"] == 1.0


def test_what_cannot_be_counted_is_null() -> None:
    one_class, figures = measure([RATED[0]])
    neither, nothing = measure([RATED[2]])

    assert (one_class.exit_code, neither.exit_code) == (0, 0)
    assert [figures[name] for name in ("n", "auroc", "f1", "recall")] == [1, None, None, None]
    counted = ("auroc", "f1", "precision", "recall", "p50_ms")
    assert (nothing["n"], *(nothing[name] for name in counted)) == (0, None, None, None, None, None)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([{"text": "x"}], "cases, line 1: these columns are of no form we know."),
        ([*RATED, {**RATED[0], "label": "good"}], "cases, line 4, field label: “good” is no label"),
        (
            [RATED[0], {"reply": "x", "label": "grounded"}],
            "cases, line 2: the field faq_question is missing.",
        ),
        ([{**CLAIMS[0], "evidence": "x"}], "cases, line 1, field evidence: Input should be a valid list."),
        ([{**MARKED[0], "reply": " "}], "cases, line 1, field reply: it is empty."),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_line_and_field(rows: Rows, sentence: str) -> None:
    done, figures = measure(rows)

    assert (done.exit_code, figures) == (2, {})
    assert done.stderr.startswith(sentence)


def test_a_place_that_cannot_be_written_is_told_before_anything_is_measured() -> None:
    write_rows(Path("cases"), RATED)

    done = CliRunner().invoke(cli, ["eval", "grounding", "--cases", "cases", "--json", "no/out.json"])

    assert done.exit_code == 2
    assert done.stderr == "no/out.json cannot be written. Give --json a file in a folder that exists.\n"


def test_a_record_becomes_a_line_for_each_field() -> None:
    record = {
        "name": "Inn",
        "attributes": {"WiFi": "no", "BusinessParking": {"lot": True, "valet": False}, "Music": None},
        "hours": {"Monday": "9:0-17:30"},
        "review_info": [
            {"review_stars": 4.0, "review_text": "Long and friendly words about this lovely inn."}
        ],
    }

    assert as_lines(json.dumps(record)).splitlines() == [
        "name: Inn",
        "Wi Fi: no",
        "Business Parking lot: yes",
        "Business Parking valet: no",
        "Music: not stated",
        "hours Monday: 9:00 to 17:30",
        "review stars: 4.0",
        "Long and friendly words about this lovely inn.",
    ]
