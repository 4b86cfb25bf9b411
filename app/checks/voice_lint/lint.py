"""All rules of the lint on one text."""

from collections.abc import Callable, Iterator

from app.checks.voice_lint.address import form_of_address
from app.checks.voice_lint.frame import first_names, greeting, signature
from app.checks.voice_lint.marks import (
    emoji,
    exclamation_marks,
    hashtags,
    links,
    repeated_punctuation,
    shouting,
)
from app.checks.voice_lint.readability import reading_level, sentence_length
from app.checks.voice_lint.reading import Reading, Violation
from app.checks.voice_lint.rules import VoiceRules
from app.checks.voice_lint.wording import (
    apology_style,
    contractions,
    first_person,
    preferred_words,
    robotic_phrases,
)

Rule = Callable[[Reading, VoiceRules], Iterator[Violation]]

RULES: tuple[Rule, ...] = (
    greeting,
    first_names,
    signature,
    form_of_address,
    first_person,
    preferred_words,
    robotic_phrases,
    contractions,
    apology_style,
    emoji,
    exclamation_marks,
    repeated_punctuation,
    shouting,
    links,
    hashtags,
    sentence_length,
    reading_level,
)
NAMES = frozenset(rule.__name__ for rule in RULES)


def lint(text: str, rules: VoiceRules) -> list[Violation]:
    """Every place where the text breaks a rule of the voice. Linear time; never raises, whatever the text."""
    read = Reading(text)
    return [violation for rule in RULES for violation in rule(read, rules)]
