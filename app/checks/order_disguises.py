"""Words in disguise: base64, ROT13, written backwards, with digits for letters, with gaps between letters."""

import base64
import binascii
import codecs
import re

from app.checks.folding import fold

ENCODED = re.compile(r"(?<![\w+/])[A-Za-z0-9+/_-]{16,4000}={0,2}(?![\w+/=])")
SPACED = re.compile(r"(?<!\w)(?:\w[ ._*/-]{1,3}){4,400}\w(?!\w)")
SEPARATED = re.compile(r"[-_/.*+]+(?=\w)")
LEET = str.maketrans("0134578@$!|", "oieastbasil")
LEET_WORD = re.compile(r"(?=\S*[a-z])(?=\S*[0134578@$!|])\S{3,}")
USED_BY_ORDERS = re.compile(
    "ignor|disregard|forget|overrid|bypass|instruc|prompt|guideline|rules|previous|reveal|repeat|pretend"
    "|you are|answer|respond|reply|print|password|act as|say|anweis|vergiss|regeln|consignes|oubli|olvid"
    "|reglas"
)
MOSTLY = 0.9  # of the decoded bytes are letters and blanks


def undisguised(folded: str, text: str) -> list[str]:
    """What the passage may say behind each disguise it could wear; `folded` is the same text, folded.

    Only what holds a word that orders use: nearly all harmless texts end here.
    """
    found = [_decoded(token.group()) for token in ENCODED.finditer(text)]
    if SPACED.search(text):
        found.append(fold(SPACED.sub(_closed, text)))
    if SEPARATED.search(folded):
        found.append(SEPARATED.sub(" ", folded))
    if LEET_WORD.search(folded):
        found.append(LEET_WORD.sub(lambda word: word.group().translate(LEET), folded))
    found += [folded[::-1], codecs.encode(folded, "rot13")]
    return [one for one in found if USED_BY_ORDERS.search(one)]


def _closed(match: re.Match[str]) -> str:
    """i g n o r e  a l l becomes ignore all: wider gaps part words."""
    return re.sub(r"(?<=\w)[ ._*/-](?=\w(?:\W|$))", "", match.group())


def _decoded(token: str) -> str:
    try:
        decoded = base64.b64decode(
            token.rstrip("=").translate(str.maketrans("-_", "+/")) + "==", validate=False
        )
    except (binascii.Error, ValueError):
        return ""
    text = decoded.decode("ascii", "replace")
    plain = sum(
        character.isascii() and (character.isalpha() or character in " .,!?'\n") for character in text
    )
    return text.lower() if text and plain >= MOSTLY * len(text) and " " in text else ""
