"""What a written fact means, in a normal form: 1,000 is 1000, £5 is 5.00 £, 2.30 pm is 14:30."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from app.checks.fact_words import CURRENCIES, MONTHS, NO_NUMBER, NUMBER_WORDS, UNITS

Reading = tuple[str, ...]
Match = re.Match[str]
GROUPED = re.compile(r"\d{1,3}(?:[,. ]\d{3})+(?:[.,]\d{1,2})?")
TIME_LIKE = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
TRAILING = ".,;:!?)]}'…"
A_DAY = 24 * 60
TWELVE = frozenset(str(hour) for hour in range(1, 13))


def _link(match: Match) -> list[Reading]:
    return [("link", link_form(match.group()))]


def link_form(link: str) -> str:
    """A link without what makes no difference: protocol, www, case of the host, last slash."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", link.rstrip(TRAILING), flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/")


def _mail(match: Match) -> list[Reading]:
    return [("mail", match.group().lower())]


def _handle(match: Match) -> list[Reading]:
    return [("handle", match.group().lower())]


def _phone(match: Match) -> list[Reading]:
    return [("phone", re.sub(r"\D", "", match.group().replace("(0)", "")).lstrip("0"))]


def _code(match: Match) -> list[Reading]:
    return [("code", match.group().upper())]


def _letter(match: Match) -> list[Reading]:
    return [("letter", match.group())]


def _date(day: str, month: str | int, year: str | None) -> list[Reading]:
    numbered = MONTHS.get(month.lower(), month) if isinstance(month, str) else month
    day_month = ("date", str(int(day)), str(int(numbered)))
    if year is None:
        return [day_month]
    return [(*day_month, year if len(year) == 4 else f"20{year}")]


def _iso(match: Match) -> list[Reading]:
    return _date(match["id"], match["im"], match["iy"])


def _numeric(match: Match) -> list[Reading]:
    return _date(match["nd"], match["nm"], match["ny"])


def _day_month(match: Match) -> list[Reading]:
    return _date(match["dd"], match["dm"], match["dy"])


def _month_day(match: Match) -> list[Reading]:
    return _date(match["md"], match["mm"], match["my"])


def _month_year(match: Match) -> list[Reading]:
    return [("month", str(MONTHS[match["ym"].lower()]), match["yy"])]


def _time(hours: int, minutes: str | None) -> list[Reading]:
    return [("time", str(hours % 24 * 60 + int(minutes or 0)))]


def _twelve(match: Match) -> list[Reading]:
    return _time(int(match["th"]) % 12 + (12 if match["half"].lower() == "p" else 0), match["tm"])


def _clock(match: Match) -> list[Reading]:
    return _time(int(match["ch"]), match["cm"])


def _uhr(match: Match) -> list[Reading]:
    return _time(int(match["uh"]), match["um"])


def _heures(match: Match) -> list[Reading]:
    return _time(int(match["hh"]), match["hm"])


def _noon(match: Match) -> list[Reading]:
    return _time(0 if match.group().lower() in ("midnight", "mitternacht", "minuit") else 12, None)


def _spoken(match: Match) -> list[Reading]:
    """Half past ten is 10:30 or 22:30: nobody says which."""
    written = match["spoken_hour"].lower()
    hour = int(written) if written in TWELVE else NUMBER_WORDS.get(written)
    if hour is None:
        return []
    minutes = 30 if match["before"].lower() == "half" else 15
    early = hour * 60 + (minutes if match["side"].lower() == "past" else -minutes)
    return [("time", str(minute % A_DAY)) for minute in (early, early + A_DAY // 2)]


def _always(_: Match) -> list[Reading]:
    return [("quantity", "minute", str(A_DAY))]


def _every_day(_: Match) -> list[Reading]:
    return [("day", "daily")]


def _part(match: Match) -> list[Reading]:
    return [("part", _written(Fraction(int(match["over"]), int(match["under"]))))]


def _money(match: Match) -> list[Reading]:
    symbol = match.group()[: match.start("amount") - match.start()].strip()
    return [_amount(symbol, value_of(match["amount"]))]


def _amount(currency: str, value: Fraction) -> Reading:
    name, _, part = CURRENCIES[currency.lower()].partition("/")
    return ("money", name, _written(value / int(part) if part else value))


def _number(match: Match) -> list[Reading]:
    suffix = next((name for name in ("percent", "working", "currency", "unit") if match[name]), None)
    digits = match["digits"]
    value = value_of(digits)
    if suffix == "percent":
        return [("percent", _written(value))]
    if suffix == "working":
        return [("quantity", "working day", _written(value))]
    if suffix == "currency":
        return [_amount(match["currency"], value)]
    if suffix == "unit":
        return [_quantity(match["unit"], value)]
    if digits.lower() in NO_NUMBER:
        return []
    readings: list[Reading] = [("number", _written(value))]
    if time := TIME_LIKE.fullmatch(digits):
        readings += _time(int(time[1]), time[2])
    return readings


def _quantity(unit: str, value: Fraction) -> Reading:
    base, factor = UNITS[unit.lower()]
    return ("quantity", base, _written(value * Fraction(factor)))


def _one_unit(match: Match) -> list[Reading]:
    part = {"h": Fraction(1, 2), "q": Fraction(1, 4)}.get(match["lead"][0].lower(), Fraction(1))
    return [_quantity(match["one"], part)]


def _each(match: Match) -> list[Reading]:
    return [("rate", *_quantity(match["each"], Fraction(1))[1:])]


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


READERS: dict[str, Callable[[Match], list[Reading]]] = {
    "link": _link,
    "bare": _link,
    "mail": _mail,
    "handle": _handle,
    "phone": _phone,
    "code": _code,
    "mixed": _code,
    "long": _code,
    "letter": _letter,
    "iso": _iso,
    "numeric": _numeric,
    "daymonth": _day_month,
    "monthday": _month_day,
    "monthyear": _month_year,
    "twelve": _twelve,
    "clock": _clock,
    "uhr": _uhr,
    "heures": _heures,
    "noon": _noon,
    "spoken": _spoken,
    "always": _always,
    "everyday": _every_day,
    "part": _part,
    "money": _money,
    "number": _number,
    "a_unit": _one_unit,
    "rate": _each,
}
