"""The lint on the demo voice, broken on purpose and kept."""

import pytest

from app.checks.checked_text import CheckedText
from app.core.settings import CHECKOUT
from app.drafting.voice import Voice, get_voice
from app.drafting.voice_check import violations_in_part
from app.evaluation.voice_lint import Case, LintScore, read_cases, score
from app.knowledge.kb_files import check_kb
from tests.checks.checking import find

CASES = CHECKOUT / "evals" / "cases" / "voice.yaml"


@pytest.fixture(scope="module")
def voices() -> dict[str, Voice]:
    return {channel: get_voice("skerry", f"{channel}-care") for channel in ("x", "facebook", "email")}


def test_the_lint_finds_what_is_broken_and_leaves_the_rest_alone(voices: dict[str, Voice]) -> None:
    cases = read_cases(CASES)

    found = score(cases, voices)

    assert (found.recall >= 0.95, found.precision >= 0.95) == (True, True), found
    assert sum(bool(case.breaks) for case in cases) >= 60
    assert sum(not case.breaks for case in cases) >= 120


def test_every_rule_that_the_demo_voice_states_is_broken_somewhere() -> None:
    broken = {rule for case in read_cases(CASES) for rule in case.breaks}

    assert broken == {
        "apology_style",
        "banned_words",
        "contractions",
        "emoji",
        "exclamation_marks",
        "first_names",
        "first_person",
        "form_of_address",
        "greeting",
        "hashtags",
        "links",
        "preferred_words",
        "public_risk",
        "reading_level",
        "repeated_punctuation",
        "robotic_phrases",
        "sentence_length",
        "shouting",
        "signature",
    }


def test_a_score_names_what_was_missed_and_what_was_wrong(voices: dict[str, Voice]) -> None:
    cases = (
        Case(id="found", channel="x", text="Yes!", breaks=("exclamation_marks",)),
        Case(id="missed", channel="x", text="Yes.", breaks=("hashtags",)),
        Case(id="wrong", channel="x", text="No #news."),
    )

    assert score(cases, voices) == LintScore(0.5, 0.5, ("missed hashtags",), ("wrong hashtags",))


@pytest.mark.parametrize("channel", ["x", "facebook", "email"])
def test_no_approved_wording_breaks_the_voice(channel: str, voices: dict[str, Voice]) -> None:
    entries = check_kb(CHECKOUT / "kb").entries
    wordings = [
        (entry.id, text)
        for entry in entries
        for text in (entry.answer, entry.private_long if channel == "email" else entry.public_short)
        if text is not None
    ]
    assert len(wordings) > 150

    broken = [
        (entry_id, violation)
        for entry_id, text in wordings
        for violation in violations_in_part(voices[channel], channel, text, language="en")
    ]

    assert broken == []


@pytest.mark.parametrize(("channel", "public"), [("x", True), ("facebook", True), ("email", False)])
def test_no_approved_wording_counts_as_a_move_or_owns_a_fault(channel: str, public: bool) -> None:
    wordings = [
        text
        for entry in check_kb(CHECKOUT / "kb").entries
        for text in (entry.answer, entry.public_short, entry.private_long)
        if text is not None
    ]

    flagged = [
        (name, text)
        for text in wordings
        for name in ("channel_move", "bounce_back", "fault_owned")
        if not find(name, text, CheckedText("", channel, public, (), "", (), ())).passed
    ]

    assert len(wordings) > 250
    assert flagged == []
