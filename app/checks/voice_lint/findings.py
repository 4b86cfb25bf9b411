"""The lint's violations as findings: one for each rule that is broken, else one that all of them hold."""

from itertools import groupby

from app.checks.checked_text import CheckedText, Finding, blocked, distinct, passed, warned
from app.checks.voice_lint.lint import lint
from app.checks.voice_lint.reading import Violation

NAME = "voice"


def check_voice(checked: CheckedText) -> list[Finding]:
    """The detail says what to do at the first place; `words` holds every place."""
    violations = lint(checked.text, checked.voice)
    if not violations:
        return [passed(NAME, "It keeps to the rules of the voice that code can decide.")]
    return [
        _finding(rule, list(broken), checked.voice.blocking)
        for rule, broken in groupby(violations, key=lambda violation: violation.rule)
    ]


def _finding(rule: str, broken: list[Violation], blocking: frozenset[str]) -> Finding:
    words = distinct(violation.words for violation in broken if violation.words.strip())
    more = f" ({len(broken)} places)" if len(broken) > 1 else ""
    say = blocked if rule in blocking else warned
    return say(f"{NAME}_{rule}", f"{broken[0].advice}{more}", words)
