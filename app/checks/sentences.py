"""A text in sentences, good enough for comparing wording; headings and list lines count as sentences."""

import re

END = re.compile(r"(?<=[.!?;:…])\s+|\n+")
ABBREVIATION = re.compile(r"(?:\A|[\s(])(?:e\.g|i\.e|nr|mr|mrs|ms|dr|approx|z\.B|bzw|ca)\.\Z", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    found: list[str] = []
    for piece in END.split(text):
        if found and ABBREVIATION.search(found[-1][-8:]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return found
