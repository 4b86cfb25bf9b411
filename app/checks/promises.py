"""Words that bind the brand: fine where an approved answer says as much, and shown where none does."""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.fact_words import CURRENCIES, UNITS
from app.checks.phrases import Phrases, tokens
from app.checks.promise_words import BINDING, MONEY, OUTRIGHT
from app.checks.statements import Sentence, sentences_of, sources_of
from app.checks.stems import stem

NAME = "promises"
COURTESY = re.compile(
    r"\b(?:glad|happy|pleased|sorry)\s+to\s+(?:help|hear|assist|answer|read)"
    r"|\b(?:cannot|can't|can not|unable to|not)\s+(?:\w+\s+)?(?:guarantee|promise|refund|offer|compensate)",
    re.IGNORECASE,
)
MEASURES = frozenset(map(stem, (*CURRENCIES, *UNITS)))
COVERED = 0.6  # share of a sentence's words that one approved sentence must hold
COVERED_BY_ALL = 0.85  # or all of them together, where one holds this much:
COVERED_IN_PART = 0.4


def check_promises(checked: CheckedText) -> Finding:
    """Shows each sentence that promises something no cited version says in nearly these words."""
    promising = [one for one in sentences_of(checked.text) if _promises(one, checked.own_words)]
    if not promising:
        return passed(NAME, "The text promises nothing.")
    approved = sources_of(checked.sources)
    unbacked = distinct(one.whole.text for one in promising if not _is_backed(one, approved))
    if unbacked:
        verb = agreeing(unbacked, "promises", "promise")
        return warned(
            NAME, f"{quoted(unbacked)} {verb} something that no approved answer says like this.", unbacked
        )
    return passed(NAME, "What the text promises stands in the approved answer.")


def _promises(sentence: Sentence, own_words: Sequence[str]) -> bool:
    """Whether it binds the brand, apart from what the voice always says: "We hope you get it back soon"."""
    if not _binds(_words(sentence)) or COURTESY.search(sentence.whole.text):
        return False
    rest = sentence.whole.text
    for phrase in own_words:
        rest = rest.replace(phrase, " ") if phrase else rest
    return rest == sentence.whole.text or _binds(tokens(rest))


def _binds(words: list[str]) -> bool:
    return bool(BINDING.found_in(words)) or any(one.found_in(words) for one in OUTRIGHT)


@lru_cache(maxsize=4096)
def _words(sentence: Sentence) -> list[str]:
    return tokens(sentence.whole.text)


def _is_backed(sentence: Sentence, approved: Sequence[Sentence]) -> bool:
    about = _about(sentence)
    words = _words(sentence)
    strong = [kind for kind in (*OUTRIGHT, MONEY) if kind.found_in(words)]
    near = [one for one in approved if len(_about(one) & about) >= COVERED_IN_PART * len(about)]
    near = [one for one in near if _says_all(one, strong)]
    together = frozenset[str]().union(*map(_about, near))
    return any(len(_about(one) & about) >= COVERED * len(about) for one in near) or (
        bool(near) and len(together & about) >= COVERED_BY_ALL * len(about)
    )


@lru_cache(maxsize=4096)
def _about(sentence: Sentence) -> frozenset[str]:
    """Its words without values, which may be written in another way and are traced as facts."""
    return frozenset(word for word in sentence.whole.about if not word[0].isdigit()) - MEASURES


def _says_all(sentence: Sentence, strong: Sequence[Phrases]) -> bool:
    words = _words(sentence)
    return all(kind.found_in(words) for kind in strong)
