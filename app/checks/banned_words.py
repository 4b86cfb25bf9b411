"""Words the brand's voice does not use."""

from app.checks.checked_text import CheckedText, Finding, passed, quoted, warned
from app.checks.phrases import Phrases, tokens

NAME = "banned_words"


def check_banned_words(checked: CheckedText) -> Finding:
    found = Phrases(checked.banned_words).found_in(tokens(checked.text))
    if found:
        return warned(NAME, f"The brand's voice does not say {quoted(found)}.", found)
    return passed(NAME, "No word that the brand's voice avoids.")
