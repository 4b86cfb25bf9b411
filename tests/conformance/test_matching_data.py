"""Matching on questions that none of us wrote, through the commands that anybody can run.

The floors lie below what was measured and catch what breaks; they are no aims. Those stand in the suite file.
"""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import cli
from app.embeddings.encoder import get_encoder
from app.evaluation.contestants import Contestant
from app.evaluation.rankings import RememberingEncoder
from app.evaluation.runs import run_contestant
from app.evaluation.suite import PUBLIC_DATA, SuiteSet, suite_sets

pytestmark = pytest.mark.conformance

SETS = {one.name: one for one in suite_sets()}
FLOORS = {
    "banking77": {"top1": 0.79, "top5": 0.94, "overall_accuracy": 0.64},
    "banking77, 15 hidden": {"top1": 0.80, "oos_auroc": 0.82, "overall_accuracy": 0.62},
    "clinc150": {"top1": 0.88, "oos_auroc": 0.955, "overall_accuracy": 0.81},
    "hint3 curekart": {"top1": 0.88, "oos_auroc": 0.89, "overall_accuracy": 0.79},
    "hint3 powerplay11": {"top1": 0.68, "oos_auroc": 0.79, "overall_accuracy": 0.70},
    "hint3 sofmattress": {"top1": 0.77, "oos_auroc": 0.88, "overall_accuracy": 0.69},
    "wixqa": {"top1": 0.76, "top5": 0.93, "overall_accuracy": 0.70},
    "dstc10": {"top5": 0.60, "overall_accuracy": 0.60},
    "login.gov, English articles only": {"top1": 0.50},
}


def command(chosen: SuiteSet, out: Path) -> list[str]:
    options = {"--faq": chosen.faq, "--kb": chosen.kb, "--queries": chosen.queries, "--learn": chosen.learn}
    files = [part for name, file in options.items() if file for part in (name, str(PUBLIC_DATA / file))]
    languages = [part for language in chosen.kb_languages for part in ("--kb-language", language)]
    hide = ["--hide-near-oos"] if chosen.hide_near_oos else []
    return ["eval", "match" if chosen.faq else "articles", *files, *languages, *hide, "--json", str(out)]


@pytest.mark.parametrize("name", FLOORS)
def test_a_set_is_matched_no_worse_than_it_was(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = CliRunner().invoke(cli, command(SETS[name], tmp_path / "out.json"))

    assert done.exit_code == 0, done.output
    figures = json.loads((tmp_path / "out.json").read_text())
    with capsys.disabled():
        print(f"\n{name}\n{done.stdout}")  # noqa: T201 -- the figures are what a reader of this run wants
    assert figures["in_scope"] >= 20
    assert {metric: least for metric, least in FLOORS[name].items() if not figures[metric] >= least} == {}


def test_meaning_and_words_find_more_than_words_alone() -> None:
    asked = SETS["clinc150"].read(PUBLIC_DATA)

    found = {
        who: run_contestant(who, asked, RememberingEncoder(get_encoder())).scores().top1
        for who in (Contestant.OURS, Contestant.WORDS)
    }

    ours, words_alone = found[Contestant.OURS], found[Contestant.WORDS]
    assert ours is not None
    assert words_alone is not None
    assert ours > words_alone > 0.5
