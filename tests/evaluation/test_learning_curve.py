"""What people confirm shows as a curve."""

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from app.cli.commands import cli
from app.embeddings.encoder import get_encoder
from app.evaluation.jsonl import UnusableFile
from app.evaluation.learning_curve import Step, learning_curve, parse_steps, print_curve
from app.evaluation.rankings import RememberingEncoder
from app.evaluation.sets import Case, EvalSet
from app.retrieval.corpus import Entry
from tests.evaluation.files import FAQ, LEARN, QUERIES, write_rows

CONFIRMED = (
    "my parcel never came",
    "who is the king of France",
    "paint the door black",
    "seven green bottles",
    "the cat sat on the mat",
    "rain falls in Spain",
)
RIVALS = tuple(f"{text} please" for text in CONFIRMED)  # nearer than all but the very words
LEARNING = EvalSet(
    entries=(Entry("odd", "Odd things", confirmed=CONFIRMED), Entry("please", "Please", RIVALS)),
    cases=tuple(
        Case(str(number), text, frozenset({"odd"}), in_scope=True) for number, text in enumerate(CONFIRMED)
    ),
)


def curve(*steps: int | None) -> list[Step]:
    return list(learning_curve(LEARNING, steps, RememberingEncoder(get_encoder())))


def found(step: Step) -> list[str]:
    return [one.case.id for one in step.run.outcomes if one.place == 1]


def test_each_confirmation_finds_its_like_and_comes_after_the_ones_before() -> None:
    steps = curve(0, 1, 2, None)

    assert [step.confirmations for step in steps] == [0, 1, 2, 6]
    assert [len(found(step)) for step in steps] == [0, 1, 2, 6]
    assert set(found(steps[1])) < set(found(steps[2]))


def test_confirmations_come_shuffled_in_the_same_order_every_time() -> None:
    assert found(curve(2)[0]) == found(curve(2)[0]) != ["0", "1"]


def test_steps_are_numbers_and_all() -> None:
    assert parse_steps("0, 5,all") == [0, 5, None]
    for wrong in ("", "1,,2", "-1", "many", "1.5", "9999999"):
        with pytest.raises(UnusableFile, match="is no number"):
            parse_steps(wrong)


def test_the_chart_has_a_bar_for_each_step() -> None:
    out = StringIO()

    print_curve(Console(file=out, width=120), curve(0, None), ["something to know"])

    printed = out.getvalue()
    assert f"  all {'█' * 50} 1.000" in printed
    assert f"    0 {' ' * 50} 0.000" in printed
    assert "Note: something to know" in printed


def test_the_command_writes_every_step(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    files = {"faq": FAQ, "queries": QUERIES, "learn": LEARN}
    options = [
        part for name, rows in files.items() for part in (f"--{name}", str(write_rows(tmp_path / name, rows)))
    ]

    done = CliRunner().invoke(cli, ["eval", "learning", *options, "--steps", "0,all", "--json", str(out)])

    assert done.exit_code == 0, done.output
    written = json.loads(out.read_text())
    assert [(step["per_entry"], step["confirmations"], step["n"]) for step in written["steps"]] == [
        (0, 0, 4),
        ("all", 2, 4),
    ]


def test_a_wrong_step_ends_with_two(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        cli, ["eval", "learning", "--faq", "a", "--queries", "b", "--learn", "c", "--steps", "some"]
    )

    assert done.exit_code == 2
    assert done.stderr == "--steps: 'some' is no number. Write numbers and commas, such as 0,1,5,all.\n"
