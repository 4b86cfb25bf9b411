"""The support score on replies that none of us wrote, judged by people.

The weights were fitted to these very files, so the floors catch what breaks and promise nothing. What to
expect of files nobody has seen stands in docs/decisions/support-score.md.
"""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import cli
from app.evaluation.suite import PUBLIC_DATA

pytestmark = pytest.mark.conformance

# Every so many rows, and the floor of AUROC over them.
FLOORS = {
    "dstc9_rated_replies": (6, 0.93),
    "begin": (3, 0.78),
    "ragtruth_qa": (2, 0.81),
    "ragtruth_summary": (2, 0.7),
    "ragtruth_data2txt": (2, 0.84),
    "wice_oracle_claims": (3, 0.78),
}


@pytest.mark.parametrize("name", FLOORS)
def test_unsupported_replies_are_told_no_worse_than_they_were(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every, floor = FLOORS[name]
    rows = (PUBLIC_DATA / "grounded" / f"{name}.jsonl").read_text().splitlines()
    (tmp_path / "cases.jsonl").write_text("\n".join(rows[::every]))

    done = CliRunner().invoke(
        cli,
        [
            "eval",
            "grounding",
            "--cases",
            str(tmp_path / "cases.jsonl"),
            "--json",
            str(tmp_path / "out.json"),
        ],
    )

    assert done.exit_code == 0, done.output
    figures = json.loads((tmp_path / "out.json").read_text())
    with capsys.disabled():
        print(f"\n{name}\n{done.stdout}")  # noqa: T201 -- the figures are what a reader of this run wants
    assert figures["auroc"] >= floor
    assert figures["p50_ms"] < 1_000
