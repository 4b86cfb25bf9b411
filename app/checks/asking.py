"""Asking for private data in public: whoever answers would put it where everybody reads it.

Asking to send it privately is the right way; it must say so in the same sentence, or in the one before.
"""

import re
from itertools import pairwise

from app.checks.asking_words import ASKS, ELSEWHERE, IN_PRIVATE, IN_THE_OPEN, NOT_ASKED, THINGS
from app.checks.checked_text import CheckedText, Finding, agreeing, blocked, distinct, passed, quoted
from app.checks.folding import fold
from app.checks.sentences import sentences

NAME = "asks_for_private_data"
CLAUSE = re.compile(r"[;,]| [-\u2013\u2014] |(?<!\w)(?:but|and then|aber|sondern|mais)(?!\w)")
REACH = 80  # characters between what asks and what is asked for; German verbs stand at the end


def check_asks_for_private_data(checked: CheckedText) -> Finding:
    if not checked.public:
        return passed(NAME, "Nobody else can read this.")
    asking = distinct(_asking(sentences(checked.text)))
    if not asking:
        return passed(NAME, "The text asks for no personal data in public.")
    ask = agreeing(asking, "asks", "ask")
    return blocked(
        NAME,
        f"{quoted(asking)} {ask} for personal data where everybody reads the answer. "
        "Ask for it in a private message, and say sorry for the extra step.",
        asking,
    )


def _asking(found: list[str]) -> list[str]:
    """The sentences that ask and name no private way; the one before may have named it."""
    return [
        sentence
        for before, sentence in pairwise(["", *found])
        if _asks_in_the_open(fold(sentence), before=fold(before))
    ]


def _asks_in_the_open(sentence: str, *, before: str) -> bool:
    asking = [clause for clause in CLAUSE.split(sentence) if _asks(clause)]
    if any(IN_THE_OPEN.search(clause) and not IN_PRIVATE.search(clause) for clause in asking):
        return True
    is_elsewhere = ELSEWHERE.search(sentence) or IN_PRIVATE.search(sentence) or IN_PRIVATE.search(before)
    return bool(asking) and not is_elsewhere


def _asks(clause: str) -> bool:
    things = [match.span() for match in THINGS.finditer(clause)]
    if not things or NOT_ASKED.search(clause):
        return False
    asks = [match.span() for match in ASKS.finditer(clause)]
    return any(
        0 <= thing - asked <= REACH or 0 <= ask - thing_end <= REACH
        for thing, thing_end in things
        for ask, asked in asks
    )
