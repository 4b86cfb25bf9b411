"""How finding private data is measured, and what the made-up messages are worth."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import cli
from app.evaluation.private_data import KIND_OF, MarkedText, score_private_data
from app.evaluation.private_messages import VALUES, private_messages
from tests.evaluation.files import write_rows

MAIL = {"type": "EMAIL_ADDRESS", "start": 5, "end": 22, "value": "anna@mail.example"}
FLOORS = {"EMAIL": (0.995, 0.97), "CREDIT_CARD": (0.995, 0.97), "IBAN": (0.995, 0.97), "PHONE": (0.97, 0.95)}


def marked(text: str, *spans: dict[str, object]) -> MarkedText:
    return MarkedText.model_validate({"text": text, "spans": spans}, strict=False)


def test_found_missed_and_wrongly_found_are_told_apart() -> None:
    scores = score_private_data(
        [
            marked("I am anna@mail.example", MAIL),
            marked("I am anna@mail.example, not ben@mail.example", MAIL),
            marked("nothing here", {"type": "EMAIL_ADDRESS", "start": 0, "end": 7, "value": "nothing"}),
            marked("from Brae", {"type": "NRP", "start": 5, "end": 9, "value": "Brae"}),
        ]
    )

    mail = scores["EMAIL_ADDRESS"]
    assert (mail.n, mail.recall, mail.precision, mail.veiled) == (3, 2 / 3, 2 / 3, 2 / 3)
    assert (scores["NRP"].n, scores["NRP"].recall, scores["NRP"].precision) == (1, 0.0, None)


def test_half_a_value_found_is_a_miss() -> None:
    scores = score_private_data(
        [
            marked(
                "is anna@mail.example",
                {"type": "EMAIL", "start": 0, "end": 20, "value": "is anna@mail.example"},
            )
        ]
    )

    assert (scores["EMAIL"].recall, scores["EMAIL"].precision) == (0.0, 1.0)


def test_made_up_messages_are_the_same_for_a_seed_and_mark_what_stands_there() -> None:
    messages = list(private_messages(50, seed=3))

    assert messages == list(private_messages(50, seed=3))
    assert messages != list(private_messages(50, seed=4))
    assert [one.text[span.start : span.end] for one in messages for span in one.spans] == [
        span.value for one in messages for span in one.spans
    ]
    assert {span.type for one in messages for span in one.spans} == set(VALUES) <= set(KIND_OF)


def test_made_up_values_are_found_as_promised() -> None:
    scores = score_private_data(list(private_messages(250, seed=11)))

    assert {name: scores[name].n for name in FLOORS} == dict.fromkeys(FLOORS, 250)
    for name, (recall, precision) in FLOORS.items():
        assert (scores[name].recall or 0) >= recall, name
        assert (scores[name].precision or 0) >= precision, name
        assert scores[name].veiled == 1.0, name


def test_the_command_writes_the_figures_of_a_file(tmp_path: Path) -> None:
    cases = write_rows(
        tmp_path / "cases", [{"id": "1", "text": "I am anna@mail.example", "spans": [MAIL], "x": 1}]
    )
    out = tmp_path / "out.json"

    done = CliRunner().invoke(cli, ["eval", "private-data", "--cases", str(cases), "--json", str(out)])

    assert done.exit_code == 0, done.output
    assert json.loads(out.read_text()) == {
        "n": 1,
        "by_type": {"EMAIL_ADDRESS": {"recall": 1.0, "precision": 1.0, "n": 1, "veiled": 1.0}},
    }


def test_the_command_makes_up_values_as_well(tmp_path: Path) -> None:
    out = tmp_path / "out.json"

    done = CliRunner().invoke(cli, ["eval", "private-data", "--generated", "3", "--json", str(out)])

    assert done.exit_code == 0, done.output
    figures = json.loads(out.read_text())
    assert (figures["n"], {name: one["n"] for name, one in figures["by_type"].items()}) == (
        12,
        dict.fromkeys(VALUES, 3),
    )


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"text": "I am anna@mail.example"}, "the field spans is missing"),
        ({"text": "I am", "spans": [MAIL]}, "does not stand at 5 to 22"),
        (
            {"text": "x", "spans": [{"type": "A", "start": "0", "end": 1, "value": "x"}]},
            "field spans.0.start",
        ),
    ],
)
def test_a_file_that_cannot_be_used_ends_with_a_sentence(
    row: dict[str, object], sentence: str, tmp_path: Path
) -> None:
    cases = write_rows(tmp_path / "cases", [row])

    done = CliRunner().invoke(cli, ["eval", "private-data", "--cases", str(cases)])

    assert done.exit_code == 2
    assert sentence in done.stderr


@pytest.mark.parametrize("options", [[], ["--cases", "x", "--generated", "3"]])
def test_the_command_wants_one_source_of_texts(options: list[str]) -> None:
    done = CliRunner().invoke(cli, ["eval", "private-data", *options])

    assert done.exit_code == 2
    assert "either --cases" in done.stderr
