"""Blank lines in a row, which cost room and show nothing."""

import regex

# Line breaks with nothing between them that can be seen; Bluesky's own clients shorten the same.
BREAKS = regex.compile(r"[\r\n](?:[\u00ad\u2060\u200d\u200c\u200b\s]*[\r\n]){2,}")


def without_blank_lines(text: str) -> str:
    """At most one blank line in a row."""
    return BREAKS.sub("\n\n", text)
