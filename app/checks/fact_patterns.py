"""How facts are written: one expression for what begins with a letter, one for what begins otherwise.

Order matters: what is tried first wins, so that a date is not read as three numbers. Every repeat is bounded,
so that no text makes it slow.
"""

import re
from collections.abc import Iterable

from app.checks.fact_words import CURRENCIES, MONTHS, UNITS

SYMBOLS = "£€$¥₹"


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


# Where a fact may begin: at a word, a digit, a currency sign or a sign that opens an address or a number.
START = re.compile(
    rf"(?<!\w)(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)?)|\d+"
    rf"|[{SYMBOLS}](?=[ ]?\d)|\+(?=[\d(])|\((?=0)|@(?=\w)"
)

_DIGITS = r"\d{1,3}(?:[,. ]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,40}(?:[.,]\d{1,4})?(?!\d)"
_GAP = r"[ \u00a0-]?"
_MONTH = _any(MONTHS)
_UNIT = _any(UNITS)
_CURRENCY_WORD = _any(name for name in CURRENCIES if name.isalpha())
_ORDINAL = r"(?:st|nd|rd|th|er|\.)?"
_WORKING_DAYS = (
    r"(?:working|business|week)[ -]?days?|Werktag(?:en?)?|Arbeitstag(?:en?)?|jours?[ ]ouvr(?:és?|ables?)"
)
_AFTER_A_NUMBER = rf"""
      (?:{_GAP}(?P<percent>%|per[ ]?cent\b|percent\b|pct\b|Prozent\b|pour[ ]cent\b)
        |{_GAP}(?P<working>{_WORKING_DAYS})\b
        |[ ]?(?P<currency>[{SYMBOLS}](?!\d)|(?:{_CURRENCY_WORD})\b(?![ ]?\d))
        |{_GAP}(?P<unit>{_UNIT})\b)?
"""
_TIME_OF_DAY = r"""
  | (?P<twelve>(?<![\w.:])(?P<th>\d\d?)(?:[:.](?P<tm>[0-5]\d))?[ ]?(?P<half>[ap])\.?m\b\.?)
  | (?P<clock>(?<![\d.:,])(?P<ch>[01]?\d|2[0-4]):(?P<cm>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:[ ](?:Uhr|h)\b)?)
  | (?P<uhr>(?<![\d.:,])(?P<uh>[01]?\d|2[0-4])(?:[.](?P<um>[0-5]\d))?[ ](?:Uhr|o['\u2019]clock)\b)
  | (?P<heures>(?<![\d.:,])(?P<hh>[01]?\d|2[0-4])[ ]?h[ ]?(?P<hm>[0-5]\d)(?!\w))
"""

LINKS = re.compile(
    r"""
    (?P<link>https?://[^\s<>"“”]{1,2000}|www\.[^\s<>"“”]{1,2000})
  | (?P<mail>(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{1,63})
  | (?P<handle>(?<!\w)@\w{1,50})
  | (?P<bare>(?<![\w.-])(?:[^\W_][\w-]{0,62}\.){1,8}(?P<tld>[^\W\d_]{2,24})(?![\w-])(?:/[^\s<>"“”]{0,2000})?)
""",
    re.IGNORECASE | re.VERBOSE,
)
FACT = re.compile(
    rf"""
    (?P<iso>(?<!\d)(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d))
  | (?P<numeric>(?<![\d.])(?P<nd>\d\d?)(?P<sep>[./])(?P<nm>\d\d?)(?P=sep)(?P<ny>(?:19|20)?\d\d)(?!\d))
  | (?P<daymonth>(?<!\w)(?P<dd>\d\d?){_ORDINAL}[ ](?:of[ ])?(?P<dm>{_MONTH})\b\.?
      (?:,?[ ](?P<dy>(?:19|20)\d\d)\b)?)
  | (?P<always>(?<![\w/])24/7(?![\w/]))
  {_TIME_OF_DAY}
  | (?P<phone>(?<![\w.,:/{SYMBOLS}-])(?:\+\d{{1,3}}|0\d?|(?=\(0))[ ]?(?:\(\d{{1,6}}\)[ ]?)?\d
      (?:\d|[ /-]{{1,2}}(?!\d{{1,3}}[ -]?(?:{_UNIT})\b)\d){{4,14}}(?!\d))
  | (?P<part>(?<![\w/\u2044.,])(?P<over>\d{{1,3}})[/\u2044](?P<under>[1-9]\d{{0,2}})(?![\w/\u2044]))
  | (?P<money>[{SYMBOLS}][ ]?(?P<amount>{_DIGITS}))
  | (?P<long>(?<!\w)\d{{41,}})
  | (?P<code>(?<!\w)(?!\d{{1,40}}(?:{_UNIT}|{_CURRENCY_WORD})\b)(?-i:
      (?=[A-Z0-9-]{{0,15}}\d)(?=[A-Z0-9-]{{0,15}}[A-Z])[A-Z0-9]{{1,15}}(?:-[A-Z0-9]{{1,15}}){{0,3}})(?![\w]))
  | (?P<mixed>(?<!\w)(?!\d{{1,40}}(?:{_UNIT}|{_CURRENCY_WORD})\b)\d{{1,15}}[^\W\d_]\w{{0,15}}(?!\w))
  | (?P<number>(?<!\w)(?P<digits>{_DIGITS}){_AFTER_A_NUMBER})
""",
    re.IGNORECASE | re.VERBOSE,
)
OF_A_MONTH = re.compile(
    rf"""
    (?P<monthday>\b(?P<mm>{_MONTH})\.?[ ](?P<md>\d\d?)(?:st|nd|rd|th)?(?!\w|[.:]\d)
      (?:,?[ ](?P<my>(?:19|20)\d\d)\b)?)
  | (?P<monthyear>\b(?P<ym>{_MONTH})\.?,?[ ](?P<yy>(?:19|20)\d\d)\b)
""",
    re.IGNORECASE | re.VERBOSE,
)
# What begins with one of FIRST_WORDS.
WORDED = re.compile(
    rf"""
    (?P<noon>(?:noon|midday|midnight|Mittag|Mitternacht|midi|minuit)\b)
  | (?P<always>(?:round[ ]the[ ]clock|around[ ]the[ ]clock|rund[ ]um[ ]die[ ]Uhr)\b)
  | (?P<everyday>(?:every|each)[ ]?day\b|jeden[ ]Tag\b|tous[ ]les[ ]jours\b)
  | (?P<spoken>(?P<before>half|quarter)[ ](?P<side>past|to)[ ](?P<spoken_hour>\w{{1,6}})\b)
  | (?P<money>(?:GBP|EUR|USD|CHF)[ ]?(?P<amount>{_DIGITS}))
  | (?P<a_unit>(?P<lead>within|in|for|after|than|half|quarter[ ]of)[ ](?:an?|(?<=within[ ])the)[ ]
      (?P<one>{_UNIT})\b)
  | (?P<rate>(?:per|pro)[ ](?P<each>{_UNIT})\b)
""",
    re.IGNORECASE | re.VERBOSE,
)
_FIRST = "noon midday midnight mittag mitternacht midi minuit round around rund half quarter gbp eur usd chf"
FIRST_WORDS = frozenset(f"{_FIRST} within in for after than per pro every everyday each jeden tous".split())
# A number in letters, which may be two words: "twenty five", "twenty-five".
SPELLED = tuple(
    re.compile(rf"(?P<number>(?P<digits>{words})\b{_AFTER_A_NUMBER})", re.IGNORECASE | re.VERBOSE)
    for words in (r"[^\W\d_]{5,9}[ -][^\W\d_]{3,5}", r"[^\W\d_]{2,25}")
)
CODED = re.compile(
    r"(?P<code>(?=[A-Z0-9-]{0,31}\d)[A-Z][A-Z0-9]{0,14}(?:-[A-Z0-9]{1,15}){0,3}(?!\w))|(?P<mixed>(?=\w{0,23}\d)\w{2,24}(?!\w))"
)
# "a month" after a price or a number.
EACH = re.compile(rf"[ ]?(?P<rate>(?:an?|/)[ ]?(?P<each>{_UNIT})\b)", re.IGNORECASE)
LETTER = re.compile(r"(?P<letter>[A-HJ-NP-WYZ])(?![\w&'\u2019-]|\.\w)")  # coach D; "I" and "X" are words
# What stands between the two ends of a range, "30 to 59 minutes": the first takes the unit of the second.
RANGE = re.compile(r"\s?(?:to|and|or|-|\u2013|\u2014|bis|und|oder|\u00e0|et)\s?", re.IGNORECASE)
# After these a bare hour is a time of day.
AT = re.compile(r"\b(?:at|from|until|till|by|before|after|um|ab|bis|gegen|vor|nach|dès)\s\Z", re.IGNORECASE)
