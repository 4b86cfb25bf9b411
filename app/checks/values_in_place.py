"""A value that is approved, but for something else: 25 % for 120 minutes, where that earns 100 %.

It compares what a value stands with in the text and in the approved answers, and speaks only when the text
attaches to one value what is approved for another of its kind, and nothing of what is approved for itself.
"""

from collections.abc import Sequence

from app.checks.attachments import Attached, values_in
from app.checks.checked_text import CheckedText, Finding, agreeing, distinct, passed, quoted, warned
from app.checks.fact_readings import Reading
from app.checks.facts import Fact

NAME = "values_in_place"


def check_values_in_place(checked: CheckedText) -> Finding:
    """Shows each approved value that stands where an approved answer has another one of its kind."""
    values = values_in(checked.text).attached
    approved = [one for source in checked.sources for one in values_in(source).attached]
    misplaced = distinct(
        [one.fact.shown for one in values if _is_misplaced(one, approved)]
        + [second.shown for _, second in _wrong_ranges(checked)]
    )
    if misplaced:
        stands = agreeing(misplaced, "stands", "stand")
        return warned(
            NAME, f"{quoted(misplaced)} {stands} where an approved answer has another value.", misplaced
        )
    return passed(NAME, "No approved value stands in another one's place.")


def _is_misplaced(value: Attached, approved: Sequence[Attached]) -> bool:
    of_its_kind = [one for one in approved if one.kind == value.kind]
    own = [one for one in of_its_kind if one.fact.readings & value.fact.readings]
    others = [one for one in of_its_kind if not one.fact.readings & value.fact.readings]
    if not own or not others:
        return False
    return any(_took_its_place(value, other, own, others) for other in others)


def _took_its_place(
    value: Attached, other: Attached, own: Sequence[Attached], others: Sequence[Attached]
) -> bool:
    """Whether it stands with what is the other's alone, and with nothing that is its own alone.

    The values beside it decide; where these say nothing, the words do.
    """
    same = [one for one in others if one.fact.readings & other.fact.readings]
    own_partners, their_partners = _partners(own), _partners(same)
    if value.partners & (own_partners - their_partners):
        return False
    if value.partners & (their_partners - own_partners):
        return True
    own_words, their_words = _words(own), frozenset[str]().union(*(one.words for one in same))
    return bool(value.words & other.words - own_words) and not value.words & own_words - their_words


def _partners(values: Sequence[Attached]) -> frozenset[Reading]:
    return frozenset[Reading]().union(*(one.partners for one in values))


def _words(values: Sequence[Attached]) -> frozenset[str]:
    return frozenset[str]().union(*(one.words | one.shared for one in values))


def _wrong_ranges(checked: CheckedText) -> list[tuple[Fact, Fact]]:
    """Ranges of which an approved one has an end, but not both, or not in this order."""
    approved = [ends for source in checked.sources for ends in values_in(source).ranges]
    return [
        (first, second)
        for first, second in values_in(checked.text).ranges
        if any(_touches(first, second, ends) for ends in approved)
        and not any(
            first.readings & low.readings and second.readings & high.readings for low, high in approved
        )
    ]


def _touches(first: Fact, second: Fact, ends: tuple[Fact, Fact]) -> bool:
    low, high = ends
    turned = first.readings & high.readings and second.readings & low.readings
    return bool(turned or first.readings & low.readings or second.readings & high.readings)
