"""The facts of a text in a normal form, so that 1,000 is 1000, £5 is 5.00 £ and 2.30 pm is 14:30.

A fact of one kind never equals one of another: 28 days are not 28 %. Where a form can be read in two ways
(16.20 is a time and a number) it has both readings, and either may be traced.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from app.channels.normalising import normalise
from app.channels.x.tlds import TLDS
from app.checks.fact_patterns import (
    CURRENCIES,
    FACT,
    MONTHS,
    NOT_BARE,
    NUMBER_WORDS,
    RANGE,
    UNITS,
    WEEKDAYS,
)

Reading = tuple[str, ...]
GROUPED = re.compile(r"\d{1,3}(?:[,. ]\d{3})+(?:[.,]\d{1,2})?")
TIME_LIKE = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
DIGIT = re.compile(r"(?![0-9])\d")  # of another script
UNIT_AFTER = re.compile(r"^(?:[\d.,]+|[a-zäöüß]+)[ -]?(\S.*)$", re.IGNORECASE)
RESERVED_TLDS = ("example", "test", "invalid")  # RFC 2606
TRAILING = ".,;:!?)]}'…"


@dataclass(frozen=True)
class Fact:
    """One fact and where it stands; `readings` are its normal forms, `shown` its words."""

    kind: str
    readings: frozenset[Reading]
    shown: str
    start: int
    end: int


def facts_in(text: str) -> list[Fact]:
    """The numbers, amounts, dates, times, durations, links, mail addresses, phones and codes of a text."""
    text = DIGIT.sub(lambda digit: str(int(digit.group())), normalise("NFKC", text))
    facts = []
    for match in _matches(text):
        kind = match.lastgroup or ""
        readings = frozenset(READERS[kind](match)) if kind in READERS else frozenset()
        if readings:
            shown = match.group().strip().rstrip(TRAILING)
            facts.append(Fact(kind, readings, shown, match.start(), match.end()))
    return _with_ranges(text, facts)


def _matches(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while match := FACT.search(text, position):
        position = match.end()
        if match["bare"] and not is_tld(match["tld"]):
            yield from NOT_BARE.finditer(text, match.start(), match.end())
        else:
            yield match


def is_tld(label: str) -> bool:
    """A top-level domain of the internet or of examples, as in skerryline.example."""
    return label.lower() in TLDS or label.lower() in RESERVED_TLDS


def _with_ranges(text: str, facts: list[Fact]) -> list[Fact]:
    """The lower end of "30 to 59 minutes" takes the unit of the upper one."""
    ranged = list(facts)
    for lower, upper in pairwise(range(len(facts))):
        first, second = facts[lower], facts[upper]
        if first.kind != "number" or not RANGE.fullmatch(text, first.end, second.start):
            continue
        unit = UNIT_AFTER.search(second.shown)
        if unit and (match := FACT.fullmatch(f"{first.shown} {unit.group(1)}")) and match["number"]:
            shown = text[first.start : second.end].strip()
            ranged[lower] = replace(first, readings=frozenset(_number(match)), shown=shown)
    return ranged


def _link(match: re.Match[str]) -> list[Reading]:
    return [("link", link_form(match.group()))]


def link_form(link: str) -> str:
    """A link without what makes no difference: protocol, www, case of the host, last slash."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", link.rstrip(TRAILING), flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/")


def _mail(match: re.Match[str]) -> list[Reading]:
    return [("mail", match.group().lower())]


def _phone(match: re.Match[str]) -> list[Reading]:
    return [("phone", re.sub(r"\D", "", match.group()).lstrip("0"))]


def _code(match: re.Match[str]) -> list[Reading]:
    return [("code", match.group().upper())]


def _date(day: str, month: str | int, year: str | None) -> list[Reading]:
    """With a year the date of that year and, for a text that names none, the day alone."""
    numbered = MONTHS.get(month.lower(), month) if isinstance(month, str) else month
    day_month = ("date", str(int(day)), str(int(numbered)))
    if year is None:
        return [day_month]
    return [(*day_month, year if len(year) == 4 else f"20{year}")]


def _iso(match: re.Match[str]) -> list[Reading]:
    return _date(match["id"], match["im"], match["iy"])


def _numeric(match: re.Match[str]) -> list[Reading]:
    return _date(match["nd"], match["nm"], match["ny"])


def _day_month(match: re.Match[str]) -> list[Reading]:
    return _date(match["dd"], match["dm"], match["dy"])


def _month_day(match: re.Match[str]) -> list[Reading]:
    return _date(match["md"], match["mm"], match["my"])


def _time(hours: int, minutes: str | None) -> list[Reading]:
    return [("time", str(hours % 24 * 60 + int(minutes or 0)))]


def _twelve(match: re.Match[str]) -> list[Reading]:
    return _time(int(match["th"]) % 12 + (12 if match["half"].lower() == "p" else 0), match["tm"])


def _clock(match: re.Match[str]) -> list[Reading]:
    return _time(int(match["ch"]), match["cm"])


def _uhr(match: re.Match[str]) -> list[Reading]:
    return _time(int(match["uh"]), match["um"])


def _noon(match: re.Match[str]) -> list[Reading]:
    return _time(0 if match.group().lower() in ("midnight", "mitternacht") else 12, None)


def _money(match: re.Match[str]) -> list[Reading]:
    return [_amount(match["symbol"], value_of(match["amount"]))]


def _amount(currency: str, value: Fraction) -> Reading:
    return _scaled(("money", CURRENCIES[currency.lower()]), value)


def _scaled(unit: Reading, value: Fraction) -> Reading:
    name, _, part = unit[-1].partition("/")
    return (*unit[:-1], name, _written(value / int(part) if part else value))


def _number(match: re.Match[str]) -> list[Reading]:
    suffix = next((name for name in ("percent", "working", "currency", "unit") if match[name]), None)
    digits = match.group() if suffix is None else match.group()[: match.start(suffix) - match.start()]
    digits = digits.strip(" -")
    value = value_of(digits)
    if suffix == "percent":
        return [("percent", "", _written(value))]
    if suffix == "working":
        return [("quantity", "working day", _written(value))]
    if suffix == "currency":
        return [_amount(match["currency"], value)]
    if suffix == "unit":
        return [_quantity(match["unit"], value)]
    if digits.lower() in ("one", "eins", "zero", "hundred"):
        return []  # mostly no number: no one, this one, a hundred thanks
    readings: list[Reading] = [("number", _written(value))]
    if time := TIME_LIKE.fullmatch(digits):
        readings += _time(int(time[1]), time[2])
    return readings


def _quantity(unit: str, value: Fraction) -> Reading:
    base, factor = UNITS[unit.lower()]
    return ("quantity", base, _written(value * Fraction(factor)))


def _one_unit(match: re.Match[str]) -> list[Reading]:
    return [_quantity(match["one"], Fraction(1, 2 if match.group().lower().startswith("half") else 1))]


def _weekday(match: re.Match[str]) -> list[Reading]:
    return [("weekday", str(WEEKDAYS[match.group().lower()]))]


def _day(match: re.Match[str]) -> list[Reading]:
    return [("day", match.group().lower())]


def value_of(digits: str) -> Fraction:
    """Three digits after a comma, a point or a space are thousands, as English and German both write them."""
    if digits.lower() in NUMBER_WORDS:
        return Fraction(NUMBER_WORDS[digits.lower()])
    if GROUPED.fullmatch(digits):
        whole, decimals = (digits[:-3], digits[-2:]) if digits[-3] in ".," else (digits, "")
        if not decimals and digits[-2] in ".,":
            whole, decimals = digits[:-2], digits[-1:]
        return Fraction(f"{re.sub(r'[^0-9]', '', whole)}.{decimals or 0}")
    return Fraction(Decimal(digits.replace(",", ".")))


def _written(value: Fraction) -> str:
    return str(value)


READERS: dict[str, Callable[[re.Match[str]], list[Reading]]] = {
    "link": _link,
    "bare": _link,
    "mail": _mail,
    "phone": _phone,
    "code": _code,
    "long": _code,
    "iso": _iso,
    "numeric": _numeric,
    "daymonth": _day_month,
    "monthday": _month_day,
    "twelve": _twelve,
    "clock": _clock,
    "uhr": _uhr,
    "noon": _noon,
    "money": _money,
    "number": _number,
    "a_unit": _one_unit,
    "weekday": _weekday,
    "day": _day,
}
