"""A wrong value in place of a right one, for each kind of value. See `seeded_errors`."""

import re
from collections.abc import Callable
from random import Random

from app.evaluation.rewording import MONTHS, NUMBERS
from app.evaluation.right_drafts import RightDraft

Change = tuple[str, str]
LINK = re.compile(r"(?:https?://)?(?:www\.)?[a-z]+\.example(?:/[\w/-]*\w)?(?!\w)")
MAIL = re.compile(r"[a-z]+@[a-z.]+\w")
PHONE = re.compile(r"(?:\+44|0044|0(?=1632))[ ()0-9]{8,14}\d")
PRICE = re.compile(r"£\d+(?:\.\d\d)?|GBP \d+|\b\d+ pounds")
TIME = re.compile(r"\b\d{1,2}:\d\d\b(?! ?[ap]m)|\b\d{1,2}(?::\d\d)? [ap]m\b")
_MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTH})(?: \d{{4}})?|\b(?:{_MONTH}) \d{{1,2}}, \d{{4}}|\b\d{{1,2}}/\d/\d{{4}}"
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = re.compile(rf"\b(?:{'|'.join(DAYS)})s?\b")
PERCENTAGE = re.compile(r"\b\d+ ?%|\b\d+ per cent")
_SOME = rf"(?:\d+|{'|'.join(NUMBERS)})"
DURATION = re.compile(
    rf"\b({_SOME})([ -])(seconds?|minutes?|min|hours?|(?:working )?days?|weeks?|months?|years?)\b"
)
CODE = re.compile(r"\b[A-Z]{2}\d{4,5}\b")
NUMBER = re.compile(r"(?<![\w£.,:/+@#-])\d{1,4}(?![\w%.,:/#-]*[\w%#])")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*(?!-)")
NO_NAME = re.compile(rf"{DAY.pattern}|\b(?:{'|'.join(MONTHS)}|Thank|Please|If|We)\b")
INVENTED = (
    "Kelmoor",
    "Ostrava Quay",
    "Harrow Sound",
    "Flexi Saver",
    "Port Ullin",
    "Brindlemere",
    "Coastal Plus",
)
UNITS = ("minutes", "hours", "days", "working days", "weeks", "months")


def change_price(draft: RightDraft, random: Random) -> Change | None:
    def other(_: str) -> str:
        whole = random.choice((random.randint(1, 99), random.randint(100, 400)))
        exact = random.randint(100, 9999) / 100
        written = (f"£{whole}", f"£{whole}", f"£{exact:.2f}", f"{whole} pounds", f"€{whole}", f"{whole} quid")
        return random.choice((*written, f"{exact:.2f} GBP", f"{random.choice(NUMBERS[2:])} pounds"))

    return _changed(draft, PRICE, other, random, _amount)


def change_date(draft: RightDraft, random: Random) -> Change | None:
    def other_day(_: str) -> str:
        return random.choice((*DAYS, random.choice(DAYS)[:3], "tomorrow", "weekends"))

    def other_date(was: str) -> str:
        year = re.search(r"\d{4}", was)
        day, month = random.randint(1, 28), random.choice(MONTHS)
        ending = {1: "st", 21: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}.get(day, "th")
        written = random.choice(
            (f"{day} {month}", f"{day} {month}", f"{day}{ending} of {month}", f"{month} {day}")
        )
        return f"{written} {year.group()}" if year else written

    by_name = _changed(draft, DATE, other_date, random, _words)
    return by_name or _changed(draft, DAY, other_day, random, lambda shown: shown.removesuffix("s"))


def change_time(draft: RightDraft, random: Random) -> Change | None:
    def other(was: str) -> str:
        hour, minute = random.randint(5, 22), random.choice((0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55))
        if "m" in was:
            return f"{hour % 12 + 1}:{minute:02} {random.choice('ap')}m"
        return random.choice((f"{hour:02}:{minute:02}", f"{hour:02}:{minute:02}", f"{hour}.{minute:02}"))

    return _changed(draft, TIME, other, random, _clock)


def change_number(draft: RightDraft, random: Random) -> Change | None:
    """A bare number, which is part of no other value."""
    hidden = (LINK, MAIL, PHONE, PRICE, TIME, DATE, PERCENTAGE, DURATION, CODE)

    def other(was: str) -> str:
        if len(was) < 3:
            return random.choice(
                (str(random.randint(2, 99)), str(random.randint(2, 99)), random.choice(NUMBERS[2:]))
            )
        return str(random.randint(100, 999))

    return _changed(draft, NUMBER, other, random, _counted, hidden=hidden)


def change_percentage(draft: RightDraft, random: Random) -> Change | None:
    def other(_: str) -> str:
        return f"{random.randint(1, 99)}{random.choice(('%', ' %', ' per cent', ' percent'))}"

    return _changed(draft, PERCENTAGE, other, random, _digits)


def change_duration(draft: RightDraft, random: Random) -> Change | None:
    """Another number of the same unit, or the same number of another unit."""

    def other(was: str) -> str:
        match = DURATION.fullmatch(was)
        unit = match[3] if match else "days"
        if match and random.random() < 0.4:
            return f"{match[1]}{match[2]}{random.choice([one for one in UNITS if one[:3] != unit[:3]])}"
        count = random.choice((random.randint(2, 96), random.randint(2, 96), random.choice(NUMBERS[2:])))
        return f"{count} {unit if unit.endswith('s') or unit == 'min' else unit + 's'}"

    return _changed(draft, DURATION, other, random, _lasting)


def change_link(draft: RightDraft, random: Random) -> Change | None:
    def other(was: str) -> str:
        host, _, path = was.removeprefix("https://").partition("/")
        new = random.choice(
            (f"{host}/{path}s", f"{host}/{path[::-1]}", f"{host}/help", f"skerry-line.example/{path}", host)
        )
        return random.choice((f"https://{new}", new, f"www.{new}"))

    masked = (MAIL,)
    return _changed(
        draft, LINK, other, random, lambda shown: re.sub(r"^(https?://)?(www\.)?", "", shown), hidden=masked
    )


def change_mail(draft: RightDraft, random: Random) -> Change | None:
    def other(was: str) -> str:
        name, _, host = was.partition("@")
        return random.choice((f"{name}s@{host}", f"help@{host}", f"{name}@skerry.example", f"info@{host}"))

    return _changed(draft, MAIL, other, random, _words)


def change_phone(draft: RightDraft, random: Random) -> Change | None:
    def other(was: str) -> str:
        places = [place for place, digit in enumerate(was) if digit.isdigit()][-6:]
        place = random.choice(places)
        return f"{was[:place]}{(int(was[place]) + random.randint(1, 9)) % 10}{was[place + 1 :]}"

    return _changed(draft, PHONE, other, random, lambda shown: re.sub(r"\D", "", shown)[-10:])


def change_code(draft: RightDraft, random: Random) -> Change | None:
    def other(was: str) -> str:
        place = random.randrange(2, len(was))
        return f"{was[:place]}{(int(was[place]) + random.randint(1, 9)) % 10}{was[place + 1 :]}"

    return _changed(draft, CODE, other, random, _words)


def change_name(draft: RightDraft, random: Random) -> Change | None:
    """Another name, the name with one word changed, or with one word more."""

    def other(was: str) -> str:
        new = random.choice(INVENTED)
        if " " in was and random.random() < 0.3:
            return f"{was.rpartition(' ')[0]} {new.rpartition(' ')[2]}"
        if random.random() < 0.2:
            return f"{was} {new.rpartition(' ')[2]}"
        return random.choice((new, new, f"{new}'s", f"{new}-{was}"))

    return _changed(draft, NAME, other, random, _words, hidden=(LINK, MAIL, NO_NAME))


def borrow_value(draft: RightDraft, random: Random) -> Change | None:
    """An approved value where another of its kind belongs."""
    kinds = {PRICE: _amount, TIME: _clock, PERCENTAGE: _digits, DURATION: _lasting}
    supported = " ".join(draft.sources)
    for kind in random.sample(list(kinds), len(kinds)):
        places = list(kind.finditer(draft.text))
        offered = sorted({match.group() for match in kind.finditer(supported)})
        if not places or len(offered) < 2:
            continue
        match = random.choice(places)
        unit = match.group().rpartition(" ")[2] if kind is DURATION else ""
        others = [
            one for one in offered if one.endswith(unit) and kinds[kind](one) != kinds[kind](match.group())
        ]
        if others:
            new = random.choice(others)
            text = f"{draft.text[: match.start()]}{new}{draft.text[match.end() :]}"
            if not _is_said(text, match.start(), new, supported):
                return text, f"{match.group()} -> {new}"
    return None


def _is_said(text: str, place: int, value: str, supported: str) -> bool:
    """Whether the sources have the value between the same words."""
    around = text[max(0, place - 12) : place + len(value) + 12]
    return around in supported


def _changed(
    draft: RightDraft,
    pattern: re.Pattern[str],
    other: Callable[[str], str],
    random: Random,
    meaning: Callable[[str], str],
    *,
    hidden: tuple[re.Pattern[str], ...] = (),
) -> Change | None:
    """The draft with one match replaced by what neither sources nor customer say in any form."""
    places = list(pattern.finditer(_hiding(draft.text, hidden)))
    if not places:
        return None
    said = " ".join((*draft.sources, draft.customer_text, draft.text))
    taken = {meaning(match.group()) for match in pattern.finditer(_hiding(said, hidden))}
    match = random.choice(places)
    for _ in range(20):
        new = other(match.group())
        if meaning(new) not in taken and new.lower() not in said.lower():
            text = f"{draft.text[: match.start()]}{new}{draft.text[match.end() :]}"
            return text, f"{match.group()} -> {new}"
    return None


def _hiding(text: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: "#" * len(match.group()), text)
    return text


def _counted(shown: str) -> str:
    return str(NUMBERS.index(shown)) if shown in NUMBERS else shown


def _words(shown: str) -> str:
    return shown.lower()


def _digits(shown: str) -> str:
    return re.sub(r"\D", "", shown)


def _amount(shown: str) -> str:
    """In pounds; other currencies as they stand, which the sources never use."""
    counted = shown.partition(" ")[0]
    digits = str(NUMBERS.index(counted)) if counted in NUMBERS else re.sub(r"[^0-9.]", "", shown)
    return shown if "€" in shown else f"{float(digits):.2f}"


def _clock(shown: str) -> str:
    """Minutes since midnight."""
    hour, _, minute = re.sub(r"[^0-9:]", "", shown.replace(".", ":")).partition(":")
    later = 12 if "pm" in shown and hour != "12" else -12 if "am" in shown and hour == "12" else 0
    return str((int(hour) + later) * 60 + int(minute or 0))


def _lasting(shown: str) -> str:
    """In minutes, with a month as 30 days; working days apart."""
    match = DURATION.fullmatch(shown)
    if match is None:
        return shown
    count = NUMBERS.index(match[1]) if match[1] in NUMBERS else int(match[1])
    minutes = {"sec": 1 / 60, "min": 1, "hou": 60, "day": 1440, "wee": 10080, "mon": 43200, "yea": 525600}
    unit = match[3]
    return f"{count} working days" if unit.startswith("working") else str(count * minutes[unit[:3]])
