"""Postal addresses in English, German and French, as far as a form can show them: street and number, postcode
and town. A house that has only a name is not found.

Each look begins at a group of digits, since every such address has one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from app.privacy.context import Word
from app.privacy.digit_groups import Group
from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

WORD = r"[^\W\d_][\w'\u2019.\-]{0,30}"
STREET = (
    "street|road|avenue|lane|drive|court|place|square|terrace|crescent|gardens?|grove|boulevard|row|mews|parkway"
    "|highway|circle|trail|quay|rd|ave|ln|blvd|sq|pkwy|hwy|st|dr|ct|pl|cres|close|way|hill|park"
)
CAPITAL = r"[A-ZÄÖÜÉÈ](?:[^\W_]|['\u2019.\-]){0,30}"
# Before "way" or "park" only names count: we waited 20 minutes on the way.
ENGLISH = (
    rf"\d{{1,5}}[a-zA-Z]?(?:[-/]\d{{1,4}}[a-zA-Z]?)?,? (?:(?:{CAPITAL} ){{1,4}}?(?i:{STREET})"
    rf"|(?:{WORD} ){{1,2}}?(?i:street|road|avenue|lane|boulevard|rd|ave|blvd))\b\.?"
    r"(?: (?:North|South|East|West|NE|NW|SE|SW|[NSEW])\b)?"
)
FRENCH = (
    r"\d{1,4}(?: ?(?:bis|ter|quater|[a-d]))?,? (?i:rue|avenue|av\.|boulevard|bd|blvd|place|chemin"
    r"|all[ée]e|impasse"
    rf"|quai|cours|route|square|passage|faubourg)(?: (?:l'|d')?{WORD}){{1,5}}"
)
FROM_NUMBER = re.compile(rf"{FRENCH}|{ENGLISH}")
# The word before a house number in German, Dutch and the like, with the words of its name before it.
STREET_ENDS = (
    "straße",
    "strasse",
    "str",
    "weg",
    "platz",
    "allee",
    "gasse",
    "ring",
    "damm",
    "ufer",
    "chaussee",
    "steig",
    "straat",
    "laan",
    "markt",
    "graben",
)
ROADS = frozenset(["straße", "strasse", "str", "allee"])
STREET_NAME = re.compile(r"(?:[A-ZÄÖÜ][\w.\-]{0,30}[ \-]){0,3}[\w.\-]{1,40}\.? ?\Z")
HOUSE = re.compile(r"\d{1,4} ?(?:[a-z](?![^\W_]))?(?:[-/]\d{1,4}[a-z]?)?(?!\w)", re.IGNORECASE)
BOXES = frozenset(
    ["box", "postfach", "bp", "postale", "apt", "apartment", "suite", "flat", "unit", "psc", "apo"]
)
# What may follow the street: a flat, the postcode and the town, each after a comma or a line break.
TOWN_NAME = r"[A-ZÄÖÜÉÈ](?:[^\W\d_]|['\u2019\-]){1,30}(?![^\W_])"
TOWN = re.compile(
    r"(?:[ ,\n]{0,3}(?i:apt\.?|apartment|suite|flat|unit|etage|stock) ?(?=\w{0,3}\d)\w{1,6})?"
    rf"[ ,\n]{{1,3}}(?:(?:[A-Z]-)?\d{{4,5}} )?{TOWN_NAME}(?: {TOWN_NAME}){{0,3}}"
    r"(?:,? (?:[A-Z]{2} )?(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}))?"
)
BRITISH_CODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}(?!\w)", re.IGNORECASE)
CODE_AND_TOWN = re.compile(
    r"\d{4,5} (?!(?:Euro|Uhr|Meter|Kilo|Stück|Points?|Punkte)\b)[A-ZÄÖÜÉÈ][a-zäöüßéèêç][\w'\u2019\-]{1,30}"
    r"(?: (?:am|an der|im|la|le|sur|sous|en|[A-ZÄÖÜÉÈ][\w'\u2019\-]{1,30})){0,3}"
)
AMERICAN_TOWN = re.compile(r"(?:[A-Z][\w.'\u2019\-]{1,30} ){0,2}[A-Z][\w.'\u2019\-]{1,30}, ?[A-Z]{2},? \Z")
NOT_BEFORE = frozenset(".,£€$_")
AFTER_NUMBER = frozenset(" ,-/")
REACH = 80  # characters that a name of a street or town may take before its number


def addresses(reading: Reading) -> Iterator[Span]:
    text = reading.text
    starts = [word.start for word in reading.words]
    for group in reading.groups:
        if group.before.isalpha():
            yield from _british_code(text, group)
        elif group.before not in NOT_BEFORE:
            if group.after in AFTER_NUMBER or group.after.isalpha():
                yield from _from_number(text, group)
            word = _word_before(text, group, reading.words, starts)
            if word is not None:
                yield from _up_to_number(text, group, word)


def _word_before(text: str, group: Group, words: list[Word], starts: list[int]) -> Word | None:
    """The word that only a space, or a full stop and a space, parts from the number."""
    if group.before != " " or not (text[group.start - 2].isalpha() or text[group.start - 2] == "."):
        return None
    at = bisect_left(starts, group.start) - 1
    return words[at] if at >= 0 and group.start - words[at].end <= 2 else None


def _from_number(text: str, group: Group) -> Iterator[Span]:
    """A street after its number, or a town after its postcode."""
    if street := FROM_NUMBER.match(text, group.start):
        yield _with_town(text, street.start(), street.end())
    elif 4 <= group.end - group.start <= 5 and (town := CODE_AND_TOWN.match(text, group.start)):
        yield _span(text, town.start(), town.end())


def _up_to_number(text: str, group: Group, word: Word) -> Iterator[Span]:
    """A street before its number, a box, or an American town before its code."""
    if word.folded in BOXES:
        yield _with_town(text, word.start, group.end)
    elif _ends_a_street(text, word) and (house := HOUSE.match(text, group.start)):
        begin = max(0, group.start - REACH)
        if name := STREET_NAME.search(text[begin : group.start]):
            yield _with_town(text, begin + name.start(), house.end())
    elif word.end - word.start == 2 and group.end - group.start == 5:
        begin = max(0, group.start - REACH)
        if town := AMERICAN_TOWN.search(text[begin : group.start]):
            yield _span(text, begin + town.start(), group.end)


def _ends_a_street(text: str, word: Word) -> bool:
    """ "Markt 7" is too little to go by: a name must stand with it."""
    if not word.folded.endswith(STREET_ENDS):
        return False
    return word.folded in ROADS or word.folded not in STREET_ENDS or text[word.start - 1 : word.start] == "-"


def _british_code(text: str, group: Group) -> Iterator[Span]:
    start = group.start - 1
    if start and text[start - 1].isalpha():
        start -= 1
    if not text[start - 1 : start].isalnum() and (code := BRITISH_CODE.match(text, start)):
        yield _span(text, start, code.end())


def _with_town(text: str, start: int, end: int) -> Span:
    town = TOWN.match(text, end)
    return _span(text, start, town.end() if town else end)


def _span(text: str, start: int, end: int) -> Span:
    return Span(Kind.ADDRESS, start, end, " ".join(re.findall(r"\w+", text[start:end].casefold())))
