"""Sentences of a text that stand in no source."""

from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.support.score import support_of

NAME = "support"


def check_support(checked: CheckedText) -> Finding:
    """Shows each sentence that states something which no cited version seems to hold.

    A score, not a proof: it never blocks. Without any source `sources_cited` says so already.
    """
    if not any(source.strip() for source in checked.sources):
        return passed(NAME, "There is no approved answer to hold the text against.")
    support = support_of(
        checked.text,
        checked.sources,
        encoder=checked.encoder,
        customer_text=checked.customer_text,
        approved=checked.own_words,
    )
    if words := distinct(support.unsupported):
        seems = agreeing(words, "seems", "seem")
        return warned(NAME, f"{quoted(words)} {seems} to stand in no approved answer.", words)
    if not support.sentences:
        return passed(NAME, "The text states nothing that needs a source.")
    return passed(NAME, "Every statement is near a sentence of an approved answer.")
