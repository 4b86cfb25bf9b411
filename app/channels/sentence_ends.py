"""Where a text may be cut: after whole sentences, never inside one, nor inside a number or a link."""

import regex

# Marks that close a sentence, what may stand behind them, and a space; Chinese and Japanese marks; a break.
END = regex.compile(
    r"[.!?\u2026]++[\"'\u201d\u2019\u00bb)\]]*+[ \t\xa0]++|[\u3002\uff01\uff1f]++|(?<![ \t])[ \t]*+\n\s*+"
)
# A full stop after one of these, or after a small number or a single letter, may close nothing.
ABBREVIATION = regex.compile(
    r"(?:\b(?:e\.g|i\.e|nos?|nr|mr|mrs|ms|dr|prof|st|approx|ca|incl|etc|vs|tel|ext|z\.\s?B|d\.\s?h|bzw|usw"
    r"|ggf|inkl|Mme|p\. ex)"
    r"|(?<![\d.,:])\d{1,2}|(?<![^\s.(])\p{L})\.\s*\Z",
    regex.IGNORECASE,
)
LOOK_BACK = 12  # characters in which an abbreviation shows
STARTS_LOW = regex.compile(r"\p{Ll}|\d")


def sentence_pieces(text: str) -> list[str]:
    """The text in sentences, each with the spaces after it: joined they are the text again.

    Where it is not clear that a sentence ends, none does.
    """
    pieces = []
    start = 0
    for match in END.finditer(text):
        if _closes(text, start, match):
            pieces.append(text[start : match.end()])
            start = match.end()
    rest = text[start:]
    return [*pieces, rest] if rest else pieces


def _closes(text: str, start: int, end: regex.Match[str]) -> bool:
    if "\n" in end.group() or not end.group()[-1].isspace():
        return True
    if STARTS_LOW.match(text, end.end()):
        return False
    return ABBREVIATION.search(text, max(start, end.end() - LOOK_BACK), end.end()) is None
