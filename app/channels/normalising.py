"""Unicode normal forms in linear time.

Python sorts a run of combining marks by insertion, so 25,000 marks on one letter cost seconds. As Unicode's
stream-safe format does, a longer run is taken in pieces; no language writes thirty marks on one letter.
"""

import unicodedata
from typing import Literal

import regex

MANY_MARKS = regex.compile(r"\p{M}{30}")
PIECE = regex.compile(r"\P{M}*+\p{M}{0,30}+")

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]


def normalise(form: Form, text: str) -> str:
    if text.isascii():
        return text
    if not MANY_MARKS.search(text):
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, piece) for piece in PIECE.findall(text))
