"""Texts of 25,000 characters that make careless counting slow, each after what it is made of."""

MOST = 25_000  # the longest post of a paying account on X

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
FLAG = "\U0001f1e9\U0001f1ea"

UNITS = {
    "labels of one letter": "a.",
    "dots": ".",
    "labels with accents": "\u00e9.",
    "labels in Chinese": "\u4e2d.",
    "labels with underscores": "_.",
    "labels with hyphens": "a-.",
    "encoded labels": "xn--a.",
    "ideographic dots": "\u3002",
    "links": "a.com ",
    "links with accents": "\u00e9.com ",
    "links in Chinese text": "\u4e2dcom.com",
    "links with a path": "a.com/b ",
    "links in brackets": "(a.com) ",
    "links without an end": "a.com/",
    "two links in a run": "a.com.\u4e2da.com ",
    "protocols": "http://",
    "protocols with labels": "http://a.",
    "short links": "https://t.co/a ",
    "question marks in a link": "a.de/?",
    "at signs": "@",
    "mentions": "@a@b.de ",
    "mentions without an end": "@a@b.",
    "handles": "@a.de ",
    "hashes": "#",
    "tags": "#a ",
    "tags of marks": "#&",
    "cashtags": "$A ",
    "spaces": " ",
    "line breaks": "\n",
    "line breaks with spaces": "\n ",
    "combining marks": "\u0301",
    "letters with two marks": "a\u0323\u0301",
    "families": FAMILY,
    "joined without an end": "\U0001f468\u200d",
    "flags": FLAG,
    "half flags": FLAG[0],
    "keycaps": "1\ufe0f\u20e3",
    "tag sequences": "\U0001f3f4\U000e0067",
    "Korean letters in parts": "\u1100\u1161\u11a8",
    "Indian conjuncts": "\u0915\u094d",
    "prepended signs": "\u0600",
    "four scripts": "a\u0431\u03b3\u4e2d",
    "four scripts with dots": "a\u0431\u03b3\u4e2d.",
    "half characters": "\ud800",
}
STARTS = {  # one link or letter, then the unit
    "brackets in a link": ("http://a.de/", "("),
    "pairs of brackets in a link": ("http://a.de/", "(a)"),
    "nested brackets in a link": ("http://a.de/", "(a(b))"),
    "open brackets in a link": ("http://a.de/", "(a"),
    "full stops in a link": ("http://a.de/a", "."),
    "marks on one letter": ("a", "\u0301"),
    "one long label": ("http://", "\u00e9"),
    "sentences": ("", "One is so. "),
}


def hostile_texts(length: int = MOST) -> dict[str, str]:
    """Each text of exactly that many characters, by its name."""
    repeated = {name: (unit * length)[:length] for name, unit in UNITS.items()}
    started = {name: (start + unit * length)[:length] for name, (start, unit) in STARTS.items()}
    return {**repeated, **started}
