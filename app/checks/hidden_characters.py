"""Characters one cannot see: they hide words from a reader or turn the order of the letters round."""

import unicodedata

import regex

from app.checks.checked_text import CheckedText, Finding, blocked, passed

NAME = "hidden_characters"
# Joiners are at home inside an emoji and in scripts such as Persian or Hindi, selectors after a picture,
# and tags in the flags of England, Scotland and Wales.
AT_HOME = regex.compile(
    r"\p{Extended_Pictographic}[\ufe0e\ufe0f\p{Emoji_Modifier}]*+\u200d(?=\p{Extended_Pictographic})"
    r"|\p{Extended_Pictographic}[\ufe0e\ufe0f]|[0-9#*]\ufe0f\u20e3"
    r"|\U0001f3f4[\U000e0020-\U000e007e]{2,8}\U000e007f"
    r"|[[\p{L}\p{M}]--[\p{Latin}\p{Greek}\p{Cyrillic}\p{Common}\p{Inherited}]][\u200c\u200d]"
    r"|\r\n",
    regex.V1,
)
HIDDEN = regex.compile(
    r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Variation_Selector}\p{Noncharacter_Code_Point}"
    r"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0--[\t\n]]",
    regex.V1,
)


def check_hidden_characters(checked: CheckedText) -> Finding:
    """Blocks what is invisible or steers the direction. Right-to-left letters and joined emoji are fine."""
    visible = AT_HOME.sub(_without_hidden, checked.text)
    hidden = HIDDEN.findall(visible)
    if not hidden:
        return passed(NAME, "Every character can be seen.")
    named = tuple(dict.fromkeys(_named(character) for character in hidden))
    count = "1 character" if len(hidden) == 1 else f"{len(hidden)} characters"
    return blocked(NAME, f"The text holds {count} that nobody can see: {', '.join(named[:3])}.", named)


def _without_hidden(match: regex.Match[str]) -> str:
    return HIDDEN.sub("", match.group())


def _named(character: str) -> str:
    name = unicodedata.name(character, "a control or reserved character").lower()
    return f"U+{ord(character):04X} ({name})"
