"""Personal details that must not be made public: mail, phone, card, bank account, code and the like."""

from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, agreeing, blocked, distinct, passed, quoted, warned
from app.privacy.detecting import private_spans
from app.privacy.spans import Kind

NAME = "private_data"
# A greeting by name is no disclosure, and a name alone looks like any other word.
NOT_CHECKED = frozenset({Kind.NAME})


def check_private_data(checked: CheckedText) -> Finding:
    """In public it blocks what no approved answer holds; in private it shows what is new."""
    found = private_values(checked.text)
    known = set[str]().union(*map(_approved_in, checked.sources))
    if not checked.public:
        known |= set(private_values(checked.customer_text))
    exposed = distinct(shown for form, shown in found.items() if form not in known)
    if not exposed:
        return passed(NAME, "No personal details that are not approved." if found else "No personal details.")
    look = f"{quoted(exposed)} {agreeing(exposed, 'looks', 'look')} like personal data"
    if checked.public:
        return blocked(NAME, f"{look} and would be public.", exposed)
    return warned(NAME, f"{look}, neither approved nor given by the customer.", exposed)


@lru_cache(maxsize=1024)
def _approved_in(source: str) -> frozenset[str]:
    return frozenset(private_values(source))


def private_values(text: str) -> dict[str, str]:
    """Each private value in a comparable form, with the words it stands in."""
    values: dict[str, str] = {}
    for span in private_spans(text):
        if span.kind not in NOT_CHECKED:
            shown = span.value if span.kind is Kind.IBAN else text[span.start : span.end]
            values.setdefault(span.value, shown)
    return values
