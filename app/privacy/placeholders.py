"""What stands for a private value while a text is elsewhere.

One form, that models copy as it is and no person writes: ⟦EMAIL_1⟧.
"""

import re

from app.privacy.spans import Kind

OPEN, CLOSE = "\u27e6", "\u27e7"
_KINDS = "|".join(kind.value.upper() for kind in Kind)
PLACEHOLDER = re.compile(rf"{OPEN}(?:{_KINDS})_\d{{1,6}}{CLOSE}")
# Also what is left of one that somebody garbled: without brackets, with others, without its number.
LEFTOVER = re.compile(
    rf"{PLACEHOLDER.pattern}|[{OPEN}{CLOSE}]"
    rf"|(?<![^\W_])(?i:{_KINDS})_\d{{1,6}}(?![^\W_])"
    rf"|[\[{{<]\s?(?:{_KINDS})[\s_\-#]?\d{{0,6}}\s?[\]}}>]"
)


def placeholder(kind: Kind, number: int) -> str:
    return f"{OPEN}{kind.value.upper()}_{number}{CLOSE}"
