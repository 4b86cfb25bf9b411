"""Every number, amount, date, time, link and address of a text must come from somewhere."""

from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.facts import Reading, facts_in

NAME = "facts_traced"


def check_facts_traced(checked: CheckedText) -> Finding:
    """Names each fact that stands neither in a cited version nor in what the customer wrote."""
    facts = facts_in(checked.text)
    if not facts:
        return passed(NAME, "The text states no number, date, time or link.")
    approved = frozenset[Reading]().union(*map(_approved_in, checked.sources))
    said = _vouched_for(checked.customer_text)
    untraced = distinct(fact.shown for fact in facts if not fact.readings & (approved | said))
    if untraced:
        stands = agreeing(untraced, "stands", "stand")
        return warned(
            NAME,
            f"{quoted(untraced)} {stands} in no approved answer and not in what the customer wrote.",
            untraced,
        )
    traced = "1 fact" if len(facts) == 1 else f"{len(facts)} facts"
    if all(fact.readings & approved for fact in facts):
        return passed(NAME, f"{traced} traced to the approved answer.")
    return passed(NAME, f"{traced} traced to the approved answer or to what the customer wrote.")


@lru_cache(maxsize=1024)
def _approved_in(source: str) -> frozenset[Reading]:
    """Approved answers are the same for many drafts, so each is read once."""
    return _vouched_for(source)


def _vouched_for(text: str) -> frozenset[Reading]:
    readings = {reading for fact in facts_in(text) for reading in fact.readings}
    # "12 November 2026" vouches for "12 November", not the other way round.
    return frozenset(readings | {reading[:3] for reading in readings if reading[0] == "date"})
