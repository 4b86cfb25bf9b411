"""Personal details that must not be made public: mail, phone, card, bank account, booking code."""

import re
from functools import lru_cache

from app.checks.checked_text import CheckedText, Finding, agreeing, blocked, distinct, passed, quoted, warned
from app.checks.facts import Fact, facts_in

NAME = "private_data"
CARD = re.compile(r"(?<![\w.,])\d(?:[ -]?\d){12,18}(?![\w])")
IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
LONGEST_IBAN = 34
SHORTEST_IBAN = 15
# Letters and digits mixed, as booking codes are; the length keeps coach 16A and gate B2 out.
BOOKING_CODE = re.compile(r"(?=.{5,12}$)(?=.*\d)(?=.*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*")
LONG_NUMBER = re.compile(r"(?<![\w.,£€$])\d{8,40}(?!\w)")


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

    def take_card(match: re.Match[str]) -> str:
        digits = re.sub(r"[ -]", "", match.group())
        if not _is_card(digits):
            return match.group()
        values[digits] = match.group()
        return " "

    def take_iban(match: re.Match[str]) -> str:
        iban = _iban(match.group().replace(" ", "").upper())
        if iban is None:
            return match.group()
        values[iban] = iban
        return " "

    text = IBAN.sub(take_iban, CARD.sub(take_card, text))  # what is left is read for the rest
    for fact in facts_in(text):
        if form := _private_form(fact):
            values.setdefault(form, fact.shown)
    for match in LONG_NUMBER.finditer(text):
        values.setdefault(match.group(), match.group())
    return values


def _private_form(fact: Fact) -> str | None:
    if fact.kind in ("mail", "phone"):
        return next(iter(fact.readings))[1]
    if fact.kind == "code" and BOOKING_CODE.fullmatch(fact.shown):
        return fact.shown
    return None


def _is_card(digits: str) -> bool:
    """Whether the Luhn sum comes out, as with every payment card."""
    total = 0
    for place, digit in enumerate(reversed([int(digit) for digit in digits])):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0 and len(set(digits)) > 1


def _iban(form: str) -> str | None:
    """The account number at the start, by the remainder that each leaves (ISO 7064, MOD 97-10)."""
    for length in range(min(len(form), LONGEST_IBAN), SHORTEST_IBAN - 1, -1):
        turned = form[4:length] + form[:4]
        if turned.isascii() and int("".join(str(int(character, 36)) for character in turned)) % 97 == 1:
            return form[:length]
    return None
