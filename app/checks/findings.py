"""All checks on one text. They are plain code: no model is asked, and none can add to or take from them."""

from app.checks.banned_words import check_banned_words
from app.checks.checked_text import CheckedText, Finding
from app.checks.facts_traced import check_facts_traced
from app.checks.hidden_characters import check_hidden_characters
from app.checks.length import check_length, check_not_empty
from app.checks.links import check_links_allowed
from app.checks.negation import check_negation
from app.checks.private_data import check_private_data
from app.checks.promises import check_promises
from app.checks.sources_cited import check_sources_cited
from app.checks.support.check import check_support

__all__ = ["CheckedText", "Finding", "check_text"]

CHECKS = (
    check_length,
    check_not_empty,
    check_hidden_characters,
    check_links_allowed,
    check_private_data,
    check_facts_traced,
    check_promises,
    check_negation,
    check_banned_words,
    check_sources_cited,
    check_support,
)


def check_text(checked: CheckedText) -> list[Finding]:
    """One finding per check, always in this order. Linear time; never raises, whatever the text."""
    return [check(checked) for check in CHECKS]
