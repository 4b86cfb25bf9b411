"""The eval commands as a person at a terminal meets them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli.commands import cli
from app.core.settings import CHECKOUT
from tests.evaluation.files import (
    ARTICLE_QUERIES,
    ARTICLES,
    FAQ,
    LEARN,
    QUERIES,
    SNIPPETS,
    TURNS,
    Rows,
    write_rows,
)

KEYS = [
    "n",
    "in_scope",
    "top1",
    "top3",
    "top5",
    "mrr",
    "oos_auroc",
    "answered_precision",
    "answered_recall",
    "overall_accuracy",
    "expected_calibration_error",
    "p50_ms",
    "p95_ms",
]
SAYSO = Path(sys.executable).with_name("sayso")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"faq": FAQ, "queries": QUERIES, "learn": LEARN, "articles": ARTICLES, "snippets": SNIPPETS}
    for name, rows in {**files, "article_queries": ARTICLE_QUERIES, "turns": TURNS}.items():
        write_rows(Path(name), rows)


def sayso(line: str) -> Result:
    return CliRunner().invoke(cli, ["eval", *line.split()])


def test_matching_needs_no_state_and_no_database() -> None:
    """The home cannot be made, so that anything kept in it would fail."""
    Path("file").touch()
    environment = {"PATH": os.environ["PATH"], "HOME": "file/home", "SAYSO_HOME": "file/sayso"}

    done = subprocess.run(
        [SAYSO, "eval", "match", "--faq", "faq", "--queries", "queries", "--json", "out.json"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "right entry first" in done.stdout
    figures = json.loads(Path("out.json").read_text())
    assert [key for key in figures if key in KEYS] == KEYS
    assert (figures["n"], figures["in_scope"], figures["top1"]) == (4, 3, 1.0)
    assert 0 < figures["p50_ms"] <= figures["p95_ms"]


def test_what_was_learnt_is_found_and_what_is_hidden_is_not() -> None:
    write_rows(Path("asked"), [{"id": "1", "text": "wlan?", "faq_id": "wifi"}, QUERIES[1]])

    done = sayso(
        "match --faq faq --queries asked --learn learn --hide-near-oos --json out.json",
    )

    assert done.exit_code == 0, done.output
    figures = json.loads(Path("out.json").read_text())
    assert (figures["n"], figures["in_scope"], figures["top1"]) == (2, 1, 1.0)
    assert figures["oos_auroc"] == 1.0


def test_articles_are_scored_by_language_too() -> None:
    done = sayso("articles --kb articles --queries article_queries --json out.json")

    assert done.exit_code == 0, done.output
    figures = json.loads(Path("out.json").read_text())
    assert (figures["n"], figures["top1"], figures["oos_auroc"]) == (2, 1.0, None)
    assert {name: found["n"] for name, found in figures["by_language"].items()} == {"de": 1, "en": 1}


def test_turns_that_need_no_snippet_are_out_of_scope() -> None:
    done = sayso("articles --kb snippets --queries turns --json out.json")

    assert done.exit_code == 0, done.output
    figures = json.loads(Path("out.json").read_text())
    assert (figures["n"], figures["in_scope"], figures["top3"]) == (2, 1, 1.0)
    low, high = figures["intervals"]["top3"]
    assert (round(low, 3), round(high, 3)) == (0.207, 1.0)


def test_a_bad_score_is_no_error() -> None:
    write_rows(Path("asked"), [{"id": "1", "text": "anything", "faq_id": "gone"}])

    done = sayso("match --faq faq --queries asked --json out.json")

    assert done.exit_code == 0, done.output
    assert json.loads(Path("out.json").read_text())["top1"] == 0.0
    assert "questions to entries that the FAQ does not have count as never found: 1" in done.output


MATCH = "match --faq faq --queries queries"


def test_every_figure_and_command_is_documented() -> None:
    documented = (CHECKOUT / "docs" / "evals.md").read_text()
    sayso("articles --kb articles --queries article_queries --json out.json")

    figures = json.loads(Path("out.json").read_text())
    commands = ("match", "articles", "learning")

    assert [name for name in figures if f"`{name}`" not in documented] == []
    assert [name for name in commands if f"sayso eval {name}" not in documented] == []


@pytest.mark.parametrize(
    ("name", "rows", "line", "told"),
    [
        ("faq", [{"faq_id": "a"}], MATCH, "faq, line 1: the field title is missing"),
        ("queries", [], MATCH, "queries is empty. It needs"),
        ("learn", [{"text": "a"}], f"{MATCH} --learn learn", "learn, line 1: the field faq_id is missing"),
        ("articles", [{"a": "b"}], "articles --kb articles --queries turns", "articles, line 1: the fields"),
        ("turns", [{"id": "a"}], "articles --kb snippets --queries turns", "turns, line 1: the field text"),
        ("faq", FAQ, f"{MATCH} --json no/out", "no/out cannot be written. Give --json"),
        ("faq", FAQ, "match --faq none --queries queries", "none cannot be read: No such file"),
    ],
)
def test_a_file_that_cannot_be_used_ends_with_two(name: str, rows: Rows, line: str, told: str) -> None:
    write_rows(Path(name), rows)

    done = sayso(line)

    assert done.exit_code == 2
    assert done.stderr.startswith(told)
    assert done.stdout == ""
