"""The big list of naughty strings through every check and every SOP rule."""

import json

import pytest

from app.channels.rules import NETWORKS
from app.checks.findings import CHECKS, CheckedText, check_text
from app.core.settings import CHECKOUT
from app.drafting.voice import get_voice
from app.drafting.voice_rules import voice_rules
from app.sop.rules import load_rules
from tests.checks.test_all_checks import NAMES

pytestmark = pytest.mark.conformance

STRINGS = CHECKOUT.parent / "shared" / "data" / "conformance" / "hostile" / "blns.json"


@pytest.mark.parametrize("network", NETWORKS)
def test_every_naughty_string_gets_its_findings(network: str) -> None:
    strings = json.loads(STRINGS.read_text(encoding="utf-8"))
    rules = load_rules(CHECKOUT / "kb" / "sop")
    voice = voice_rules(get_voice("skerry"), network, language="de")
    assert len(strings) > 400

    for text in strings:
        checked = CheckedText(text, network, True, (text,), text, (text,), (text,), voice=voice)
        names = [found.name for found in check_text(checked)]
        assert names[: len(CHECKS)] == NAMES[: len(CHECKS)]
        assert all(name.startswith("voice") for name in names[len(CHECKS) :])
        assert isinstance(rules.asked_by(text, text), list)
