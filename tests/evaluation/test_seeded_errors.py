"""Errors put into right drafts: the generator makes true errors, and the checks notice them."""

import json
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from app.cli.commands import cli
from app.drafting.voice import get_voice
from app.evaluation.right_drafts import right_drafts
from app.evaluation.seeded_errors import VALUE_KINDS, ErrorKind, SeededError, seed_errors
from app.evaluation.seeded_figures import KB, SeededRun, run_seeded_errors, seeded_as_json, seeded_lines


@pytest.fixture(scope="module")
def run() -> SeededRun:
    return run_seeded_errors(per_kind=150, seed=7, untouched=800)


def test_value_errors_are_noticed_and_right_drafts_left_alone(run: SeededRun) -> None:
    caught, alarms = run.recall(VALUE_KINDS), run.false_alarm_rate

    assert (caught is not None and caught >= 0.99, alarms is not None and alarms <= 0.01) == (True, True)


@pytest.mark.parametrize("kind", [kind for kind in ErrorKind if kind not in VALUE_KINDS])
def test_changed_meanings_are_mostly_noticed(run: SeededRun, kind: ErrorKind) -> None:
    caught = run.recall((kind,))

    assert caught is not None
    assert caught >= 0.9


def test_people_s_own_rewordings_raise_few_alarms(run: SeededRun) -> None:
    assert run.left_out_alarm_rate is not None
    assert run.left_out_alarm_rate <= 0.12


def test_the_figures_count_every_kind(run: SeededRun) -> None:
    figures = seeded_as_json(run, seed=7)

    assert {kind: counts["n"] for kind, counts in figures["by_kind"].items()} == dict.fromkeys(ErrorKind, 150)
    assert (figures["n"], figures["untouched"], figures["seed"]) == (2_400, 800, 7)
    assert len(list(seeded_lines(run, verbose=False))) == len(ErrorKind) + 4


def _errors(seed: int) -> list[SeededError]:
    drafts = right_drafts(KB, get_voice("skerry"), Random(seed))  # noqa: S311 -- no secret
    return seed_errors(drafts, Random(seed), per_kind=20)  # noqa: S311 -- no secret


def test_the_same_seed_gives_the_same_errors() -> None:
    first, again, other = (_errors(seed) for seed in (1, 1, 2))

    assert [error.text for error in first] == [error.text for error in again]
    assert [error.text for error in first] != [error.text for error in other]


def test_an_error_changes_its_draft_into_what_no_source_says() -> None:
    for error in _errors(3):
        new = error.change.rpartition(" -> ")[2]
        supported = " ".join((*error.draft.sources, error.draft.customer_text))
        assert error.text != error.draft.text
        if error.kind in VALUE_KINDS:
            assert new.lower() not in supported.lower(), error.change


def test_right_drafts_are_composed_and_reworded() -> None:
    drafts = list(islice(right_drafts(KB, get_voice("skerry"), Random(1)), 400))  # noqa: S311 -- no secret
    plain = [draft for draft in drafts if not draft.is_reworded]

    assert 100 < len(plain) < 300
    assert all(any(source in draft.text for source in draft.sources) for draft in plain)
    assert sum(not any(one in draft.text for one in draft.sources) for draft in drafts) > 100


def test_the_command_writes_what_it_counts(tmp_path: Path) -> None:
    out = tmp_path / "seeded.json"

    done = CliRunner().invoke(cli, ["eval", "seeded-errors", "--per-kind", "1", "--json", str(out)])

    assert done.exit_code == 0
    assert json.loads(out.read_text())["n"] == len(ErrorKind)
    assert "false alarms on right drafts" in done.output


def test_the_command_refuses_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    out = tmp_path / "missing" / "seeded.json"

    assert CliRunner().invoke(cli, ["eval", "seeded-errors", "--json", str(out)]).exit_code == 2
