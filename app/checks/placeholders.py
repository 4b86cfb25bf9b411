"""Placeholders for private data that a model invented, garbled or kept: no customer is to read one."""

from app.checks.checked_text import CheckedText, Finding, agreeing, blocked, distinct, passed, quoted
from app.privacy.placeholders import LEFTOVER

NAME = "placeholders"


def check_placeholders(checked: CheckedText) -> Finding:
    """Blocks what looks like one of our placeholders; the customer's own are filled in by now."""
    left = distinct(match.group() for match in LEFTOVER.finditer(checked.text))
    if not left:
        return passed(NAME, "No placeholder is left in the text.")
    stands = agreeing(left, "is a placeholder that stands", "are placeholders that stand")
    return blocked(NAME, f"{quoted(left)} {stands} for nothing. Write what is meant.", left)
