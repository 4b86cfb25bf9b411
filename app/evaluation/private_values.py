"""Made-up private values in the forms that people write, each with check digits of our own making.

Nothing here is shared with the detectors: a wrong idea of a number must not be on both sides. All values are
drawn at random; none is copied from anywhere.
"""

from collections.abc import Callable
from random import Random

FIRST = [
    "anna",
    "ben",
    "clara",
    "dmitri",
    "élodie",
    "fatima",
    "gül",
    "henning",
    "ingrid",
    "jürgen",
    "karim",
    "léa",
    "mary",
    "noémie",
    "oisín",
    "paul",
    "søren",
]
LAST = [
    "smith",
    "müller",
    "dupont",
    "o-neill",
    "garcía",
    "weiß",
    "lefèvre",
    "jones",
    "schäfer",
    "moreau",
    "novak",
    "brown",
    "huber",
    "keller",
    "roux",
]
HOSTS = [
    "gmail.com",
    "web.de",
    "orange.fr",
    "gmx.net",
    "outlook.com",
    "yahoo.co.uk",
    "t-online.de",
    "free.fr",
    "bluewin.ch",
    "aon.at",
    "icloud.com",
    "mail.example",
    "proton.me",
    "my-post.example",
    "uni-koeln.de",
    "sub.domain.example",
    "laposte.net",
    "müller.example",
    "bücher.de",
    "café-lyon.fr",
    "städte.at",
    "firma.koeln",
]
ASCII = str.maketrans("éüéèíßäø", "eueeisao")


def email(random: Random) -> str:
    address = f"{_local(random)}@{random.choice(HOSTS)}"
    dress: Callable[[str], str] = random.choices(
        (str, str.upper, str.title, _hidden_at, _full_width_at), weights=(80, 4, 3, 11, 2)
    )[0]
    return dress(address)


def _local(random: Random) -> str:
    first, last = random.choice(FIRST), random.choice(LAST)
    if random.random() < 0.85:
        first, last = first.translate(ASCII), last.translate(ASCII)
    form = random.choice(
        (
            "{f}.{l}",
            "{f}{l}",
            "{f}_{l}",
            "{f}-{l}",
            "{i}{l}{n}",
            "{f}{n}",
            "{l}.{f}{n}",
            "{f}+{t}",
            "{f}.{l}+{t}",
        )
    )
    tag = random.choice(("shop", "travel", "2024", "skerry"))
    return form.format(f=first, l=last, i=first[0], n=random.randint(1, 1999), t=tag)


def _hidden_at(address: str) -> str:
    local, _, host = address.partition("@")
    sign = ("(at)", " (at) ", "[at]", " [at] ", "(ät)", " at ")[len(local) % 6]
    if sign == " at ":
        host = host.partition(".")[0] + " dot com"
    elif len(host) % 3 == 0:
        host = host.replace(".", ("[dot]", " (dot) ", "(punkt)")[len(local) % 3])
    return f"{local}{sign}{host}"


def _full_width_at(address: str) -> str:
    return address.replace("@", "\uff20")


CARD_GAPS = ("", " ", "-", "\u00a0", "\u2009", "\u2011", ".")


def card(random: Random) -> str:
    """Of a known network, in one of the groupings that stand on cards or in messages."""
    start, length, groups = random.choice(
        (
            ("4", 16, (4, 4, 4, 4)),
            ("4", 16, (4, 4, 4, 4)),
            (str(random.randint(51, 55)), 16, (4, 4, 4, 4)),
            (str(random.randint(2221, 2720)), 16, (4, 4, 4, 4)),
            (random.choice(("34", "37")), 15, (4, 6, 5)),
            ("6011", 16, (4, 4, 4, 4)),
            ("65", 16, (4, 4, 4, 4)),
            (str(random.randint(3528, 3589)), 16, (4, 4, 4, 4)),
        )
    )
    number = with_luhn(start + _digits(random, length - len(start) - 1))
    gap = random.choices(CARD_GAPS, weights=(30, 40, 12, 8, 3, 4, 3))[0]
    if random.random() < 0.05:
        return _dressed(random, _grouped(number, (2,) * 8, gap))
    return _dressed(random, _grouped(number, groups, gap))


def labelled_card(random: Random) -> str:
    """Of a kind that only a word beside it tells from other numbers."""
    start, length = random.choice(
        (("36", 14), ("5018", 13), ("6304", 12), ("6759", 18), ("5641", 16), ("38", 14))
    )
    return with_luhn(start + _digits(random, length - len(start) - 1))


def with_luhn(digits: str) -> str:
    """The digits and the one that brings the sum to a multiple of ten."""
    total = 0
    for place, digit in enumerate(digits[::-1]):
        step = int(digit) * (2 - place % 2)
        total += step // 10 + step % 10
    return digits + str(-total % 10)


ACCOUNTS: dict[str, tuple[str, ...]] = {
    "GB": ("AAAA", "14"),
    "DE": ("18",),
    "FR": ("10", "11c", "2"),
    "CH": ("5", "12"),
    "AT": ("16",),
    "ES": ("20",),
    "IT": ("A", "10", "12"),
    "NL": ("AAAA", "10"),
    "BE": ("12",),
    "IE": ("AAAA", "14"),
    "LU": ("3", "13"),
    "PL": ("24",),
    "DK": ("14",),
    "SE": ("20",),
}


def iban(random: Random) -> str:
    country = random.choice(("GB", "DE", "FR", "CH", "AT", *ACCOUNTS))
    account = "".join(_part(random, part) for part in ACCOUNTS[country])
    turned = "".join(str(ord(sign) - 55) if sign.isalpha() else sign for sign in f"{account}{country}00")
    number = f"{country}{98 - int(turned) % 97:02d}{account}"
    gap = random.choices(("", " ", "-", "\u00a0", "\u202f"), weights=(35, 45, 5, 10, 5))[0]
    written = _grouped(number, (4,) * 9, gap)
    return _dressed(random, written.lower() if random.random() < 0.15 else written)


def _part(random: Random, part: str) -> str:
    if part.startswith("A"):
        return "".join(random.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=len(part)))
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" if part.endswith("c") else "0123456789"
    return "".join(random.choices(letters, k=int(part.rstrip("c"))))


def _digits(random: Random, count: int) -> str:
    return "".join(random.choices("0123456789", k=count))


def _grouped(number: str, groups: tuple[int, ...], gap: str) -> str:
    pieces, place = [], 0
    for size in groups:
        pieces.append(number[place : place + size])
        place += size
    return gap.join(piece for piece in pieces if piece)


def _dressed(random: Random, value: str) -> str:
    """Now and then in full-width digits, or with something invisible inside."""
    chance = random.random()
    if chance < 0.02:
        return "".join(
            chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isdigit() else sign for sign in value
        )
    if chance < 0.04:
        middle = len(value) // 2
        return f"{value[:middle]}\u200b{value[middle:]}"
    return value
