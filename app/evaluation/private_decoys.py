"""Numbers that are nobody's, in the forms that get mistaken for private ones."""

from collections.abc import Callable
from random import Random


def _price(random: Random) -> str:
    amount, cents = random.randint(1, 99_999), random.randint(0, 99)
    grouped = f"{amount:,}"
    return random.choice(
        (
            f"£{grouped}.{cents:02d}",
            f"{grouped.replace(',', '.')},{cents:02d} €",
            f"{grouped.replace(',', ' ')},{cents:02d} €",
            f"{amount} EUR",
            f"${amount}",
            f"{amount}.{cents:02d}",
            f"0.{cents:02d}p",
        )
    )


def _date(random: Random) -> str:
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(2018, 2027)
    return random.choice(
        (
            f"{day:02d}.{month:02d}.{year}",
            f"{day}.{month}.{year % 100:02d}",
            f"{day:02d}/{month:02d}/{year}",
            f"{year}-{month:02d}-{day:02d}",
            f"{day:02d}-{month:02d}-{year}",
            f"{day} May {year}",
            f"{day}.{month}.",
        )
    )


def _time(random: Random) -> str:
    hour, minute = random.randint(0, 23), random.randint(0, 59)
    return f"{hour:02d}{random.choice(':.h')}{minute:02d}"


def _hours(random: Random) -> str:
    start, end = random.randint(6, 10), random.randint(16, 22)
    return random.choice(
        (
            f"{start:02d}.00 - {end}.00",
            f"{start:02d}:00-{end}:30",
            f"{start:02d}00-{end}00",
            f"{start}h-{end}h",
            f"{start:02d}.30 – {end}.30 Uhr",  # noqa: RUF001 -- an en dash
            "24/7",
        )
    )


def _digits(random: Random, count: int) -> str:
    return "".join(random.choices("0123456789", k=count))


def _order(random: Random) -> str:
    return random.choice(
        (
            f"{random.randint(1, 9)}{_digits(random, 6)}",
            f"{random.randint(1, 9)}{_digits(random, 9)}",
            f"0{_digits(random, 9)}",
            f"SK-{_digits(random, 6)}",
            f"{random.choice('ABCDEF')}{_digits(random, 3)}-{_digits(random, 5)}",
            f"2024-{_digits(random, 6)}",
            f"{_digits(random, 3)}-{_digits(random, 7)}-{_digits(random, 7)}",
        )
    )


def _tracking(random: Random) -> str:
    return random.choice(
        (
            f"00340434{_digits(random, 12)}",
            f"{random.randint(1, 9)}{_digits(random, 11)}",
            f"1Z{_digits(random, 3)}AA1{_digits(random, 10)}",
            f"RR{_digits(random, 9)}DE",
            f"{random.randint(10, 99)} {_digits(random, 4)} {_digits(random, 4)} {_digits(random, 4)}",
        )
    )


def _isbn(random: Random) -> str:
    body = "978" + _digits(random, 9)
    number = body + _gs1_digit(body)
    return random.choice((number, f"{number[:3]}-{number[3]}-{number[4:8]}-{number[8:12]}-{number[12]}"))


def _ean(random: Random) -> str:
    body = random.choice(("40", "50", "30", "76", "90")) + _digits(random, 10)
    return body + _gs1_digit(body)


def _gs1_digit(body: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return str(-total % 10)


def _imei(random: Random) -> str:
    return "35" + _digits(random, 13)


def _siret(random: Random) -> str:
    return f"{_digits(random, 3)} {_digits(random, 3)} {_digits(random, 3)} {_digits(random, 5)}"


MAKERS: dict[str, Callable[[Random], str]] = {
    "price": _price,
    "date": _date,
    "time": _time,
    "hours": _hours,
    "order": _order,
    "tracking": _tracking,
    "isbn": _isbn,
    "ean": _ean,
    "imei": _imei,
    "siret": _siret,
    "train": lambda random: f"{random.choice(('ICE', 'TGV', 'IC', 'RE', 'S'))} {random.randint(1, 9999)}",
    "small": lambda random: str(random.randint(1, 120)),
    "big": lambda random: f"{random.randint(1000, 9_999_999):,}".replace(
        ",", random.choice((",", ".", " ", ""))
    ),
    "hash": lambda random: "".join(random.choices("0123456789abcdef", k=random.choice((7, 40)))),
    "version": lambda random: ".".join(str(random.randint(0, 30)) for _ in range(random.randint(2, 4))),
    "build": lambda random: str(random.randint(1000, 999_999)),
    "voucher": lambda random: (
        f"{_digits(random, 4)} {_digits(random, 4)} {_digits(random, 4)} {_digits(random, 4)}"
    ),
    "handle": lambda random: f"{random.choice(('anna', 'ben', 'lea'))}{random.randint(1, 9999)}",
    "mastodon": lambda random: f"@{random.choice(('anna', 'ben', 'lea'))}@mastodon.example",
    "years": lambda random: (
        f"{random.randint(1990, 2020)}{random.choice(('-', '/', ' - '))}{random.randint(2021, 2027)}"
    ),
}
