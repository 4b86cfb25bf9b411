"""One plain form of a text, so that words are found however they are dressed up.

Case, accents, full-width letters, invisible characters, typographic apostrophes and the Cyrillic and Greek
letters that look like Latin ones make no difference; runs of white space are one space.
"""

import re

import regex

from app.channels.normalising import normalise

INVISIBLE = regex.compile(
    r"[\p{Cf}\p{Cc}\p{Mn}\p{Me}\p{Variation_Selector}\u115f\u1160\u3164\uffa0--[\t\n\r]]", regex.V1
)
SPACE = re.compile(r"\s+")
_LOOK_ALIKES = str.maketrans(
    "’‘ʼ＇`´ʹ′авеѕіјорсухһԁԛԝкмнтгαοενικρτυχı",  # noqa: RUF001 -- the look-alikes are the point
    "''''''''abesijopcyxhdqwkmhtraoevikptuxi",
)


def fold(text: str) -> str:
    if text.isascii() and text.isprintable() and "`" not in text:
        return " ".join(text.lower().split())  # the same, sooner
    folded = normalise("NFKD", normalise("NFKD", text).casefold())
    return SPACE.sub(" ", INVISIBLE.sub("", folded).translate(_LOOK_ALIKES)).strip()
