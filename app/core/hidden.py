"""Characters one cannot see, told from those that a script or a picture needs: one list for all who ask."""

import unicodedata

import regex

# Joiners are at home inside an emoji and in scripts such as Persian or Hindi, selectors after a picture, and
# tags in the flags of England, Scotland and Wales. Other words written in tags would be orders nobody sees.
AT_HOME = regex.compile(
    r"\p{Extended_Pictographic}[\ufe0e\ufe0f\p{Emoji_Modifier}]*+\u200d(?=\p{Extended_Pictographic})"
    r"|\p{Extended_Pictographic}[\ufe0e\ufe0f]|[0-9#*]\ufe0f\u20e3"
    r"|\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
    r"|\U000e0077\U000e006c\U000e0073)\U000e007f"
    r"|[[\p{L}\p{M}]--[\p{Latin}\p{Greek}\p{Cyrillic}\p{Common}\p{Inherited}]][\u200c\u200d]"
    r"|\r\n",
    regex.V1,
)
HIDDEN = regex.compile(
    r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Variation_Selector}\p{Noncharacter_Code_Point}"
    r"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0--[\t\n]]",
    regex.V1,
)


def hidden_places(text: str) -> frozenset[int]:
    """Where the text holds characters one cannot see, other than where a script or emoji needs them."""
    at_home = {place for match in AT_HOME.finditer(text) for place in range(*match.span())}
    return frozenset(match.start() for match in HIDDEN.finditer(text) if match.start() not in at_home)


def without_hidden(text: str) -> str:
    """The text as one sees it; a line separator nobody sees becomes a line break."""
    broken = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    hidden = hidden_places(broken)
    if not hidden:
        return broken
    return "".join(character for place, character in enumerate(broken) if place not in hidden)


def character_name(character: str) -> str:
    """What it is called, in small letters."""
    return unicodedata.name(character, "a control or reserved character").lower()
