"""Characters one cannot see: they hide words from a reader or turn the order of the letters round."""

from app.checks.checked_text import CheckedText, Finding, blocked, passed
from app.core.hidden import character_name, hidden_places

NAME = "hidden_characters"


def check_hidden_characters(checked: CheckedText) -> Finding:
    """Blocks what is invisible or steers the direction. Right-to-left letters and joined emoji are fine."""
    hidden = [checked.text[place] for place in sorted(hidden_places(checked.text))]
    if not hidden:
        return passed(NAME, "Every character can be seen.")
    named = tuple(dict.fromkeys(_named(character) for character in hidden))
    count = "1 character" if len(hidden) == 1 else f"{len(hidden)} characters"
    return blocked(NAME, f"The text holds {count} that nobody can see: {', '.join(named[:3])}.", named)


def _named(character: str) -> str:
    return f"U+{ord(character):04X} ({character_name(character)})"
