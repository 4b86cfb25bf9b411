"""A text in sentences, good enough for comparing wording; headings and list lines count as sentences."""

import re
from collections.abc import Iterator

END = re.compile(r"(?<=[.!?;:…])\s+|\n+")
ABBREVIATION = re.compile(r"(?:\A|[\s(])(?:e\.g|i\.e|nr|mr|mrs|ms|dr|approx|z\.B|bzw|ca)\.\Z", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """The sentences as the text has them, without the white space around them."""
    return [text[start:end].strip() for start, end in sentence_spans(text)]


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """From where to where each sentence reaches; what holds only white space is left out."""
    start = 0
    for match in END.finditer(text):
        if ABBREVIATION.search(text[max(start, match.start() - 8) : match.start()]):
            continue
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)
