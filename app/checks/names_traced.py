"""Every name of a place, a product, a line or a person must come from somewhere."""

from collections.abc import Iterable
from itertools import pairwise

from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.names import Name, Vocabulary, names_in, vocabulary
from app.checks.stems import stem

NAME = "names_traced"


def check_names_traced(checked: CheckedText) -> Finding:
    """Shows each name that no cited version, no word of the brand's own and no word of the customer's holds.

    Known words side by side for the first time are a new name too: Norhaven Point of Norhaven and Tarn Point.
    """
    names = names_in(checked.text)
    if not names:
        return passed(NAME, "The text names no place, product or person.")
    known = _all_of((*checked.sources, checked.customer_text, *checked.own_words))
    foreign = distinct(name.shown for name in names if _is_foreign(name, known))
    if foreign:
        stands = agreeing(foreign, "stands", "stand")
        return warned(
            NAME,
            f"{quoted(foreign)} {stands} in no approved answer and not in what the customer wrote.",
            foreign,
        )
    return passed(NAME, "Each name stands in an approved answer or in what the customer wrote.")


def _all_of(texts: Iterable[str]) -> Vocabulary:
    each = [vocabulary(text) for text in texts]
    return Vocabulary(
        words=frozenset[str]().union(*(one.words for one in each)),
        pairs=frozenset[tuple[str, str]]().union(*(one.pairs for one in each)),
        names=frozenset[str]().union(*(one.names for one in each)),
    )


def _is_foreign(name: Name, known: Vocabulary) -> bool:
    stems = [stem(word) for word in name.words]
    if not all(_is_known(word, known) for word in name.words):
        return True
    return any(pair not in known.pairs and known.names.issuperset(pair) for pair in pairwise(stems))


def _is_known(word: str, known: Vocabulary) -> bool:
    """Known as it stands, or in all its parts: Solvik-Brae where both are known."""
    return stem(word) in known.words or (
        "-" in word and all(stem(one) in known.words for one in word.split("-"))
    )
