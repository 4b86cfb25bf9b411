"""All checks on one text. They are plain code: no model is asked, and none can add to or take from them."""

from app.checks.apology import check_fault_owned
from app.checks.asking import check_asks_for_private_data
from app.checks.banned_words import check_banned_words
from app.checks.care import check_acknowledged, check_next_step
from app.checks.checked_text import CheckedText, Finding
from app.checks.conditions import check_conditions
from app.checks.facts_traced import check_facts_traced
from app.checks.hidden_characters import check_hidden_characters
from app.checks.length import check_length, check_not_empty
from app.checks.links import check_links_allowed
from app.checks.names_traced import check_names_traced
from app.checks.negation import check_negation
from app.checks.placeholders import check_placeholders
from app.checks.private_data import check_private_data
from app.checks.promises import check_promises
from app.checks.public_risk import check_public_risk
from app.checks.repetition import check_repetition
from app.checks.sources_cited import check_sources_cited
from app.checks.support.check import check_support
from app.checks.switch import check_bounce_back, check_channel_move
from app.checks.values_in_place import check_values_in_place
from app.checks.voice_lint.findings import check_voice

__all__ = ["CheckedText", "Finding", "check_text"]

CHECKS = (
    check_length,
    check_not_empty,
    check_hidden_characters,
    check_links_allowed,
    check_private_data,
    check_asks_for_private_data,
    check_placeholders,
    check_facts_traced,
    check_values_in_place,
    check_names_traced,
    check_promises,
    check_negation,
    check_conditions,
    check_banned_words,
    check_sources_cited,
    check_support,
    check_fault_owned,
    check_acknowledged,
    check_next_step,
    check_channel_move,
    check_bounce_back,
    check_public_risk,
    check_repetition,
)


def check_text(checked: CheckedText) -> list[Finding]:
    """One finding per check, always in this order, then those of the voice: one for each rule that is broken.

    Linear time; never raises, whatever the text.
    """
    return [*(check(checked) for check in CHECKS), *check_voice(checked)]
