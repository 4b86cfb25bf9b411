"""The questions inside one message: its sentences that are long enough to mean something."""

import re

from app.retrieval.lexical import words

END = re.compile(r"(?<=[.!?…؟。])\s|\s(?=\d{1,2}[.)]\s)")  # after a sentence, before "2) ..."
LEAST_WORDS = 4
MOST_SENTENCES = 12  # each costs one pass of the encoder


def sentences(text: str) -> list[str]:
    """The first dozen sentences of more than three words; none when the text is one sentence only."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    parts = [part for line in lines for part in END.split(line)]
    long_enough = [part for part in parts if len(words(part)) >= LEAST_WORDS]
    return long_enough[:MOST_SENTENCES] if len(parts) > 1 else []
