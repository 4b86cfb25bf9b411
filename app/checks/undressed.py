"""A text with every link as a browser or an obliging reader would take it."""

import html
import re
from urllib.parse import unquote

from app.core.hidden import without_hidden

# What a browser takes for a dot, a slash or a colon within an address, though it is none.
LOOK_ALIKES = str.maketrans("\u3002\uff0e\uff61\u2024\uff0f\u2044\u2215\uff1a\uff20", "....///:@")
DOT_IN_BRACKETS = re.compile(r"\s?[\[({<]\s?(?:\.|dot|punkt|point|punto)\s?[\])}>]\s?", re.IGNORECASE)
DOT_IN_WORDS = re.compile(
    r"(?<=\w)\s+(?:dot|punkt)\s+(?=(?:com|net|org|info|biz|io|co|app|shop|site|online|xyz|ru|de|fr|es|uk|example)\b)",
    re.IGNORECASE,
)
DEFUSED = re.compile(r"(?<![a-z])h(?:xx|\*\*|__|tt)p(?P<s>s?)(?:\[:\]|\(:\)|:)(?=[/\\])", re.IGNORECASE)
MOST_LAYERS = 3  # of percent-encoding


def undressed(text: str) -> str:
    """hxxps://evil[.]com, https&#58;//evil\u3002com and evil dot com all become what they mean."""
    seen = html.unescape(without_hidden(text)).translate(LOOK_ALIKES)
    dotted = DOT_IN_WORDS.sub(".", DOT_IN_BRACKETS.sub(".", seen))
    return DEFUSED.sub(lambda match: f"http{match['s'].lower()}:", dotted)


def decoded(address: str) -> str:
    """An address without its percent-encoding, however often it was encoded."""
    for _ in range(MOST_LAYERS):
        plainer = unquote(address)
        if plainer == address:
            break
        address = plainer
    return address.translate(LOOK_ALIKES)
