"""Words that bind the brand: they are fine where an approved answer says them, and shown where none does."""

from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.phrases import Phrases, tokens
from app.checks.sentences import sentences

NAME = "promises"
PROMISES = Phrases(
    (
        "we will",
        "we'll",
        "we shall",
        "i will",
        "i'll",
        "you will",
        "you'll",
        "they will",
        "they'll",
        "will be",
        "we are going to",
        "we're going to",
        "guarantee*",
        "promise*",
        "assure*",
        "ensure*",
        "make sure",
        "commit to",
        "within",
        "by tomorrow",
        "no later than",
        "free of charge",
        "for free",
        "at no cost",
        "no charge",
        "at our expense",
        "on us",
        "refund you",
        "refund your",
        "full refund",
        "compensate*",
        "reimburse*",
        "waive*",
        "always",
        "never",
        "wir werden",
        "wir erstatten",
        "garantier*",
        "versprechen*",
        "versprochen",
        "zusicher*",
        "sichern",
        "innerhalb von",
        "binnen",
        "kostenlos*",
        "kostenfrei*",
        "spätestens",
        "auf unsere kosten",
    )
)


def check_promises(checked: CheckedText) -> Finding:
    """Shows each sentence that promises something and stands in no cited version word for word."""
    approved = frozenset[tuple[str, ...]]().union(*map(_approved_in, checked.sources))
    promising = [sentence for sentence in sentences(checked.text) if PROMISES.found_in(tokens(sentence))]
    unbacked = distinct(sentence for sentence in promising if tuple(tokens(sentence)) not in approved)
    if unbacked:
        verb = agreeing(unbacked, "promises", "promise")
        return warned(
            NAME,
            f"{quoted(unbacked)} {verb} something that no approved answer says in these words.",
            unbacked,
        )
    if promising:
        return passed(NAME, "What the text promises stands in the approved answer word for word.")
    return passed(NAME, "The text promises nothing.")


@lru_cache(maxsize=1024)
def _approved_in(source: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(tokens(sentence)) for sentence in sentences(source))
