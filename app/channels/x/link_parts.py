"""The character classes of links on X, after the rules of its open twitter-text library, version 3.

Every pattern is possessive or bounded, so none tries a second way through the same characters.
"""

import re
from string import ascii_letters, digits

SPACES = "\t-\r\u0020\u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
CONTROLS = "\x00-\x1f\x7f"
INVALID = "\ufffe\ufeff\uffff"
DIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
LATIN_ACCENTS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272"
    "\u0289\u02bb\u0300-\u036f\u1e00-\u1eff"
)
CYRILLIC = "\u0400-\u04ff"
PUNCTUATION = r"!'#%&()*+,\\/:;<=>?@\[\]\^{|}~$"  # besides - _ and . which domain names hold

# A run of what may be one domain name, two dots in a row ending it.
_LABEL = f"[^.{PUNCTUATION}{SPACES}{CONTROLS}{INVALID}{DIRECTIONAL}]++"
DOMAIN_RUN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*+")
# Where a link may begin: not right after a letter, a digit, a mention, a hashtag or a cashtag.
LINK_START = re.compile(rf"(?<![A-Za-z0-9@＠$#＃{INVALID}])[^-_]")  # noqa: RUF001 -- the full-width signs are meant
PROTOCOL = re.compile(r"https?://", re.IGNORECASE)
PROTOCOL_BEFORE = re.compile(r"https?://\Z", re.IGNORECASE)

# A name that needs no second look, and the characters beside it that would ask for one.
_PLAIN_LABEL = rf"[A-Za-z0-9{LATIN_ACCENTS}]++(?:-++[A-Za-z0-9{LATIN_ACCENTS}]++)*+"
PLAIN_NAME = re.compile(rf"{_PLAIN_LABEL}(?:\.{_PLAIN_LABEL})++")
BARS_BEFORE = frozenset(f"{ascii_letters}{digits}@\uff20$#\uff03\ufffe\ufeff\uffff-_./")
BARS_AFTER = frozenset("@+")
PART_OPENINGS = frozenset(":/?")  # of a port, a path, a query

PORT = re.compile(r":[0-9]+")
_GENERAL = rf"[a-z{CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{LATIN_ACCENTS}]"
_BALANCED = rf"\((?:{_GENERAL}++\)|{_GENERAL}*+\({_GENERAL}++\){_GENERAL}*+\))"
PATH = re.compile(rf"/(?:{_GENERAL}++|{_BALANCED})*+", re.IGNORECASE)
PATH_END = re.compile(rf"[a-z{CYRILLIC}0-9+\-=_#/{LATIN_ACCENTS})]", re.IGNORECASE)
QUERY = re.compile(r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]++", re.IGNORECASE)
QUERY_END = re.compile(r"[a-z0-9\-_&=#/]", re.IGNORECASE)

SHORTENED = re.compile(r"https?://t\.co/([a-z0-9]+)", re.IGNORECASE)
LONGEST_SLUG = 40  # of a t.co link

ASCII_WORD = re.compile(r"[0-9A-Za-z]{1,64}")
PUNYCODE = re.compile(r"xn--[-0-9a-z]+", re.IGNORECASE)
AFTER_TLD = re.compile(r"[^0-9A-Za-z@+\-]|\Z")
LATIN_DOMAIN = re.compile(rf"[-a-z0-9.{LATIN_ACCENTS}]+", re.IGNORECASE)
LATIN_LABEL = re.compile(rf"[-a-z0-9{LATIN_ACCENTS}]+", re.IGNORECASE)
