"""`sayso eval drafts`: the columns, the figures, and that a lie of the model is not offered as ready."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.cli.commands import cli
from app.core import database
from app.core.settings import get_settings
from app.evaluation.drafts import untraced
from tests.model_server import ModelServer, answers, start_model_server, status

OWN = {
    "question": "What does a locker cost?",
    "answer": "A locker costs £4 a day. Book: care@skerryline.example.",
}
CASES: list[dict[str, Any]] = [
    {"id": "bike", "message": "Can my bike come?", "entry": "bikes-and-pets/bike-on-boat"},
    {"id": "mail", "message": "Lockers?", "entry": OWN, "network": "email", "visibility": "private"},
    {
        "id": "long",
        "message": "Tell me all",
        "entry": {**OWN, "answer": "A locker costs £4 a day. " * 60},
        "network": "instagram",
        "visibility": "private",
        "thread": ["Hi"],
    },
]


def written(text: str) -> dict[str, Any]:
    return {"sentences": [{"text": text, "entries": ["bikes-and-pets/bike-on-boat"]}]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the cases, and no database to be had."""
    monkeypatch.setenv("SAYSO_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    monkeypatch.chdir(tmp_path)
    Path("cases.jsonl").write_text("\n".join(json.dumps(case) for case in CASES))
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    for cached in (get_settings, database.get_engine, database.session_factory):
        cached.cache_clear()


def measure(model: ModelServer, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("SAYSO_LLM_BASE_URL", model.url)
    get_settings.cache_clear()
    arguments = ["eval", "drafts", "--cases", "cases.jsonl", "--json", "out.json", "--page", "page.md"]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    measured: dict[str, Any] = json.loads(Path("out.json").read_text())
    return measured


def test_a_draft_in_the_models_words_is_measured_and_shown(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Yes, bikes are welcome on every boat for £2 each way."
    with start_model_server(answers(written(text)), status(500)) as model:
        figures = measure(model, monkeypatch)

    bike, mail, long = figures.pop("cases")
    assert figures.pop("p50_ms") > 0
    assert figures == {
        "n": 3,
        "drafted": 2,
        "handed_over": 1,
        "within_limits": 2,
        "ready": 2,
        "untraced_facts_in_ready": 0,
        "by_strategy": {"variant": 1, "write": 1},
        "model": "bundled",
    }
    assert (bike["text"], bike["strategy"], bike["note"], bike["limit"]) == (text, "write", None, 280)
    assert (mail["limit"], mail["within_limit"], OWN["answer"] in mail["text"]) == (None, True, True)
    assert "The endpoint failed (500)." in mail["note"]
    assert (long["text"], long["ready"], "fits into 1000 on instagram" in long["note"]) == (None, False, True)
    page = Path("page.md").read_text()
    assert f"```text\n{text}\n```" in page
    assert "**Handed to a person.** No approved wording of own/long fits into 1000 on instagram." in page


@pytest.mark.parametrize(
    "lie",
    [
        "Yes, bikes are welcome on every boat for £1 each way.",
        "Yes, bikes are welcome. Book at https://skerryline.example/gratis before you come.",
        "Yes, bikes are welcome. Write to boss@evil.example for a free ride.",
    ],
)
def test_a_lie_is_never_offered_as_ready(lie: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with start_model_server(answers(written(lie))) as model:
        figures = measure(model, monkeypatch)

    bike = figures["cases"][0]
    assert figures["untraced_facts_in_ready"] == 0
    assert bike["text"] != lie or not bike["ready"]


def test_figures_and_links_are_compared_literally() -> None:
    sources = ["It costs £2.50 until 14 May: https://a.example/b, or x@a.example."]

    assert untraced("£2.50 till 14 May, https://a.example/b. x@a.example!", sources) == []
    assert untraced("£2.5 by 15 May, https://a.example/bb or y@a.example", sources) == [
        "https://a.example/bb",
        "y@a.example",
        "2.5",
        "15",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"entry": "bikes/none"}, "line 1: there is no entry bikes/none in kb/"),
        ({"network": "myspace"}, "line 1, field network: myspace is not one of x, facebook"),
        ({"visibility": "secret"}, "line 1, field visibility"),
        ({"entry": {"question": "Q"}}, "line 1"),
        ({"message": None}, "line 1, field message"),
    ],
)
def test_an_unusable_case_is_named_and_nothing_is_asked(
    change: dict[str, Any], told: str, folder: Path
) -> None:
    Path("cases.jsonl").write_text(json.dumps({**CASES[0], **change}))

    done = CliRunner().invoke(cli, ["eval", "drafts", "--cases", "cases.jsonl"])

    assert (done.exit_code, told in done.output) == (2, True), done.output


def test_the_bundled_model_keeps_forty_drafts_within_limits_and_without_untraced_facts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAYSO_LLM_BASE_URL", raising=False)
    get_settings.cache_clear()

    done = CliRunner().invoke(cli, ["eval", "drafts", "--json", "out.json"])

    assert done.exit_code == 0, done.output
    figures = json.loads(Path("out.json").read_text())
    assert (figures["n"], figures["within_limits"]) == (40, figures["drafted"])
    assert (figures["untraced_facts_in_ready"], figures["ready"]) == (0, figures["drafted"])
    assert figures["by_strategy"] == {"compose": 39, "variant": 1}  # the one asks to go on in private
    thanked = {case["id"] for case in figures["cases"] if "Thanks for asking about" in (case["text"] or "")}
    assert thanked >= {"bike-calm", "last-boat"}
    assert not thanked & {"injury", "staff", "delay-angry", "lost-bag", "newsletter", "stranded"}
