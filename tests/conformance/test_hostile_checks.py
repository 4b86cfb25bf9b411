"""The big list of naughty strings through every check and every SOP rule."""

import json

import pytest

from app.channels.rules import LENGTHS
from app.checks.findings import CheckedText, check_text
from app.core.settings import CHECKOUT
from app.sop.rules import load_rules

pytestmark = pytest.mark.conformance

STRINGS = CHECKOUT.parent / "shared" / "data" / "conformance" / "hostile" / "blns.json"


@pytest.mark.parametrize("network", LENGTHS)
def test_every_naughty_string_gets_its_findings(network: str) -> None:
    strings = json.loads(STRINGS.read_text(encoding="utf-8"))
    rules = load_rules(CHECKOUT / "kb" / "sop")
    assert len(strings) > 400

    for text in strings:
        checked = CheckedText(text, network, True, (text,), text, (text,), (text,))
        assert len(check_text(checked)) == 11
        assert isinstance(rules.asked_by(text, text), list)
