"""Private data in texts that none of us wrote, and in thousands that we made up."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.commands import cli
from app.core.settings import CHECKOUT

pytestmark = pytest.mark.conformance

PRESIDIO = CHECKOUT.parent / "shared" / "data" / "pii" / "presidio_synth.jsonl"
# Recall and precision that the product promises; beyond these kinds it promises nothing.
PROMISED = {
    "EMAIL_ADDRESS": (0.995, 0.97),
    "CREDIT_CARD": (0.995, 0.97),
    "IBAN_CODE": (0.995, 0.97),
    "US_SSN": (0.995, 0.97),
    "IP_ADDRESS": (0.995, 0.97),
}
MADE_UP = {"EMAIL": (0.995, 0.97), "CREDIT_CARD": (0.995, 0.97), "IBAN": (0.995, 0.97), "PHONE": (0.97, 0.95)}


def figures(tmp_path: Path, *options: str) -> dict[str, dict[str, float]]:
    out = tmp_path / "out.json"
    done = CliRunner().invoke(cli, ["eval", "private-data", *options, "--json", str(out)])
    assert done.exit_code == 0, done.output
    return dict(json.loads(out.read_text())["by_type"])


def below(found: dict[str, dict[str, float]], promised: dict[str, tuple[float, float]]) -> list[str]:
    return [
        name
        for name, (recall, precision) in promised.items()
        if found[name]["recall"] < recall or found[name]["precision"] < precision
    ]


def test_structured_data_of_others_is_found(tmp_path: Path) -> None:
    found = figures(tmp_path, "--cases", str(PRESIDIO))

    assert below(found, PROMISED) == []
    assert found["PHONE_NUMBER"]["recall"] == 1.0  # nine of them: too few for a share that means something
    assert all(found[name]["veiled"] == 1.0 for name in PROMISED)


def test_two_thousand_made_up_values_of_each_kind_are_found(tmp_path: Path) -> None:
    found = figures(tmp_path, "--generated", "2000", "--seed", "77")

    assert {name: found[name]["n"] for name in MADE_UP} == dict.fromkeys(MADE_UP, 2000)
    assert below(found, MADE_UP) == []
    assert [name for name in MADE_UP if found[name]["veiled"] < 1.0] == []
