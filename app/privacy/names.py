"""Names of people where words announce them: "my name is", "Herr", "je m'appelle", the end of a letter.

Reported, not promised: a name alone looks like any other word.
"""

from collections.abc import Iterator

import regex

from app.privacy.reading import Reading
from app.privacy.spans import Kind, Span

PART = r"\p{Lu}[\p{L}\p{M}'\u2019\-]{0,30}(?:\.(?=\s?\p{Lu}))?"
PARTICLE = r"(?:van|von|de|der|den|du|della|di|la|le|zu|bin|al|d'|el|ten)"
NAME = rf"(?P<name>{PART}(?:\s(?:{PARTICLE}\s){{0,2}}{PART}){{0,3}})"
ANY_CASE = rf"(?P<name>\p{{L}}[\p{{L}}\p{{M}}'\u2019\-]{{1,30}}(?:\s(?:{PARTICLE}\s){{0,2}}{PART}){{0,3}})"
SAID = regex.compile(
    r"(?i:my name is|my name's|my full name is|ich heiße|ich heisse|mein name ist"
    r"|je m'appelle|je m\u2019appelle"
    r"|mon nom est|je me nomme|name ?:|nom ?:|vorname ?:|nachname ?:|prénom ?:|full name ?:|first name ?:"
    r"|last name ?:"
    rf"|surname ?:|account holder ?:|kontoinhaber(?:in)? ?:|titulaire ?:)\s{{1,3}}{ANY_CASE}"
)
TITLED = regex.compile(
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Herrn|Frau|Monsieur|Madame|Mme|Mlle|M)\b\.?\s"
    rf"(?:Dr\.\s|Prof\.\s)?{NAME}"
)
SIGNED = regex.compile(
    r"(?i:(?:(?:kind|best|warm|many)\s)?(?:regards|wishes)|sincerely|yours|thanks|thank you|cheers"
    r"|(?:(?:viele|liebe|beste|freundliche[nm]?|mit freundlichen|schöne)\s)?(?:gr[üu](?:ß|ss)en?)|mfg|lg"
    r"|vg|danke"
    r"|cordialement|bien à vous|merci|salutations|bonne journée)[ ,.!]{0,3}\n\s{0,3}"
    rf"{NAME}\s*(?=\n|\Z)"
)
TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "herr",
        "herrn",
        "frau",
        "monsieur",
        "madame",
        "mme",
        "mlle",
        "m",
    ]
)
SAYING = frozenset(
    [
        "my",
        "ich",
        "mein",
        "je",
        "mon",
        "name",
        "nom",
        "vorname",
        "nachname",
        "prénom",
        "full",
        "first",
        "last",
        "surname",
        "account",
        "kontoinhaber",
        "kontoinhaberin",
        "titulaire",
    ]
)
SIGNING = frozenset(
    [
        "kind",
        "best",
        "warm",
        "many",
        "regards",
        "wishes",
        "sincerely",
        "yours",
        "thanks",
        "thank",
        "cheers",
        "viele",
        "liebe",
        "beste",
        "freundliche",
        "freundlichen",
        "freundlichem",
        "mit",
        "schöne",
        "gruß",
        "grüße",
        "grüßen",
        "gruss",
        "grüsse",
        "grüssen",
        "mfg",
        "lg",
        "vg",
        "danke",
        "cordialement",
        "bien",
        "merci",
        "salutations",
        "bonne",
    ]
)
NO_NAMES = frozenset(["not", "the", "nicht", "pas", "und", "and"])


PATTERN_OF = {
    **dict.fromkeys(SIGNING, SIGNED),
    **dict.fromkeys(SAYING, SAID),
    **dict.fromkeys(TITLES, TITLED),
}


def names(reading: Reading) -> Iterator[Span]:
    taken_to = 0
    for word in reading.words:
        pattern = PATTERN_OF.get(word.folded)
        match = pattern.match(reading.text, word.start) if pattern and word.start >= taken_to else None
        if match and match["name"].casefold() not in NO_NAMES:
            taken_to = match.end("name")
            value = " ".join(match["name"].casefold().split())
            yield Span(Kind.NAME, match.start("name"), taken_to, value)
