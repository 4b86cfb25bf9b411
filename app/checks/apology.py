"""Owning a fault before it is confirmed: it promises what the brand may have to pay for, and may not be true.

Being sorry for what the customer went through is always fine.
"""

from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, blocked, distinct, passed, quoted
from app.checks.folding import fold
from app.checks.sentences import sentences
from app.checks.word_patterns import patterns

NAME = "fault_owned"
ADMITS = patterns("faults")["admits"]
# "If we made a mistake", "this was not our fault", "we check whether it was our error" admit nothing.
OPEN_OR_DENIED = patterns("faults")["open_or_denied"]
NEAR = 40  # characters before the words


def check_fault_owned(checked: CheckedText) -> Finding:
    """Blocks each admission, unless a fault was confirmed or the approved answer makes it in these words."""
    admitted = distinct(found for sentence in sentences(checked.text) for found in _admissions(sentence))
    if not admitted:
        return passed(NAME, "The text owns no fault.")
    approved = " ".join(map(_folded, checked.sources))
    unbacked = tuple(words for words in admitted if words not in approved)
    if checked.fault_confirmed or not unbacked:
        return passed(NAME, "The fault it owns is confirmed.")
    return blocked(
        NAME,
        f"{quoted(unbacked)} owns a fault that nobody has confirmed. Say instead that you are sorry for what "
        "happened to the customer.",
        unbacked,
    )


@lru_cache(maxsize=1024)
def _folded(source: str) -> str:
    return fold(source)


def _admissions(sentence: str) -> list[str]:
    """The words that admit a fault, folded."""
    folded = fold(sentence)
    return [
        match.group()
        for match in ADMITS.finditer(folded)
        if not OPEN_OR_DENIED.search(folded[max(0, match.start() - NEAR) : match.start()])
    ]
