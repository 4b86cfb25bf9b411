"""How facts are written: one expression that reads a text once, each kind under its own name.

Order matters: what is tried first wins, so that a date is not read as three numbers. Every repeat is bounded,
so that no text makes it slow.
"""

import re

MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan januar jänner",
            "february feb februar",
            "march mar märz",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sept sep",
            "october oct oktober okt",
            "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "monday mondays mon montag montags",
            "tuesday tuesdays tue tues dienstag dienstags",
            "wednesday wednesdays wed mittwoch mittwochs",
            "thursday thursdays thu thurs donnerstag donnerstags",
            "friday fridays fri freitag freitags",
            "saturday saturdays samstag samstags",
            "sunday sundays sonntag sonntags",
        )
    )
    for name in names.split()
}
NUMBER_WORDS = {
    word: value
    for value, words in enumerate(
        [
            "zero",
            "one eins",
            "two zwei",
            "three drei",
            "four vier",
            "five fünf",
            "six sechs",
            "seven sieben",
            "eight acht",
            "nine neun",
            "ten zehn",
            "eleven elf",
            "twelve zwölf",
        ]
    )
    for word in words.split()
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}
CURRENCIES = {
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP", "pfund": "GBP",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "p": "GBP/100", "pence": "GBP/100", "penny": "GBP/100", "cent": "EUR/100", "cents": "EUR/100",
}  # fmt: skip
# Each unit with its base and how many of the base it is; working days are no days.
UNITS = {
    name: (base, factor)
    for names, base, factor in (
        ("second seconds sec secs sekunde sekunden", "minute", "1/60"),
        ("minute minutes min mins minuten", "minute", "1"),
        ("hour hours hr hrs h stunde stunden", "minute", "60"),
        ("day days tag tage tagen", "day", "1"),
        ("night nights nacht nächte nächten", "night", "1"),
        ("week weeks woche wochen", "day", "7"),
        ("fortnight fortnights", "day", "14"),
        ("month months monat monate monaten", "month", "1"),
        ("year years jahr jahre jahren", "month", "12"),
        ("kg kilo kilos kilogram kilograms", "gram", "1000"),
        ("g gram grams gramm", "gram", "1"),
        ("mm", "metre", "1/1000"),
        ("cm centimetre centimetres zentimeter", "metre", "1/100"),
        ("m metre metres meter meters", "metre", "1"),
        ("km kilometre kilometres kilometer", "metre", "1000"),
        ("mile miles", "mile", "1"),
        ("l litre litres liter", "litre", "1"),
    )
    for name in names.split()
}
WORKING_DAYS = r"(?:working|business|week)[ -]?days?|Werktag(?:e|en)?|Arbeitstag(?:e|en)?"

_DIGITS = r"\d{1,3}(?:[,. ]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,40}(?:[.,]\d{1,4})?(?!\d)"
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_GAP = r"[ -]?"
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_CURRENCY_WORD = "|".join(sorted((name for name in CURRENCIES if name.isalpha()), key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th|\.)?"

_LINKS = r"""
    (?P<link>https?://[^\s<>"“”]{1,2000}|www\.[^\s<>"“”]{1,2000})
  | (?P<mail>(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{1,63})
  | (?P<handle>(?<!\w)@\w{1,50})
"""
_BARE = r"""
  | (?P<bare>(?<![\w.-])(?:[^\W_][\w-]{0,62}\.){1,8}(?P<tld>[^\W\d_]{2,24})(?![\w-])(?:/[^\s<>"“”]{0,2000})?)
"""
_REST = rf"""
  | (?P<iso>(?<!\d)(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d))
  | (?P<numeric>(?<![\d.])(?P<nd>\d\d?)(?P<sep>[./])(?P<nm>\d\d?)(?P=sep)(?P<ny>(?:19|20)?\d\d)(?!\d))
  | (?P<daymonth>(?<!\w)(?P<dd>\d\d?){_ORDINAL}[ ](?:of[ ])?(?P<dm>{_MONTH})\b\.?
      (?:,?[ ](?P<dy>(?:19|20)\d\d)\b)?)
  | (?P<monthday>\b(?P<mm>{_MONTH})\.?[ ](?P<md>\d\d?)(?:st|nd|rd|th)?(?!\w|[.:]\d)
      (?:,?[ ](?P<my>(?:19|20)\d\d)\b)?)
  | (?P<twelve>(?<![\w.:])(?P<th>\d\d?)(?:[:.](?P<tm>[0-5]\d))?[ ]?(?P<half>[ap])\.?m\b\.?)
  | (?P<clock>(?<![\d.:,])(?P<ch>[01]?\d|2[0-4]):(?P<cm>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:[ ](?:Uhr|h)\b)?)
  | (?P<uhr>(?<![\d.:,])(?P<uh>[01]?\d|2[0-4])(?:[.](?P<um>[0-5]\d))?[ ]Uhr\b)
  | (?P<noon>\b(?:noon|midday|midnight|Mittag|Mitternacht)\b)
  | (?P<phone>(?<![\w.,:/£$€-])(?:\+|00?|\(0\d{{1,5}}\)[ ]?)[ ]?\(?\d(?:[ ()/-]{{0,2}}\d){{6,14}}(?!\d))
  | (?P<money>(?P<symbol>[£€$]|\b(?:GBP|EUR|USD))[ ]?(?P<amount>{_DIGITS}))
  | (?P<long>(?<!\w)\d{{41,}})
  | (?P<code>(?<!\w)(?!\d+(?:{_UNIT}|{_CURRENCY_WORD})\b)(?-i:
      (?=[A-Z0-9-]{{0,15}}\d)(?=[A-Z0-9-]{{0,15}}[A-Z])[A-Z0-9]{{2,15}}(?:-[A-Z0-9]{{1,15}}){{0,3}})(?!\w))
  | (?P<number>(?<![\w])(?:{_DIGITS}|(?:{_WORDS})\b)
      (?:{_GAP}(?P<percent>%|per[ ]?cent\b|percent\b|Prozent\b)
        |{_GAP}(?P<working>{WORKING_DAYS})\b
        |[ ]?(?P<currency>[£€$](?!\d)|(?:{_CURRENCY_WORD})\b)
        |{_GAP}(?P<unit>{_UNIT})\b)?)
  | (?P<a_unit>\b(?:within|in|for|after|than|half)[ ]an?[ ](?P<one>{_UNIT})\b)
  | (?P<weekday>\b(?:{"|".join(sorted(WEEKDAYS, key=len, reverse=True))})\b)
  | (?P<day>\b(?:tomorrow|tonight|morgen)\b)
"""
FACT = re.compile(_LINKS + _BARE + _REST, re.IGNORECASE | re.VERBOSE)
NOT_BARE = re.compile(_LINKS + _REST, re.IGNORECASE | re.VERBOSE)  # for "500.Please", which is no domain
# What stands between the two ends of a range, "30 to 59 minutes": the first takes the unit of the second.
RANGE = re.compile(r"\s?(?:to|and|or|-|–|—|bis|und|oder)\s?", re.IGNORECASE)  # noqa: RUF001 -- an en dash
