"""Whether a message is a calm question, so that thanks for it are not mistaken for mockery.

Plain words, and any doubt means no: the thanks are a nicety, and a draft is complete without them.
"""

import re

QUESTION_MARKS = frozenset("?\u061f\uff1f")
OPENERS = """
can could may is are do does how when where which what who wann wie wo darf kann gibt ist
"""
GREETINGS = """
hi hello hallo hey morning dear good guten tag afternoon evening
"""
RAISED = re.compile(r"[!?]{2,}|\b[A-Z\u00c0-\u00de]{4,}\b|[\U0001f620-\U0001f621\U0001f92c]")

# Stems of English and German: something went wrong, or somebody is hurt, angry or in a hurry. An underscore
# is a space, a full stop the end of the word.
STEMS = """
again still never nobody no_one third_time twice late. delay cancel missed missing lost lose left_my left_our
left_it left_them forgot stuck strand gone broke fail wrong refus reject turned_away slip fell. fall hurt
injur accident bleed sick scared afraid danger threat suspicious unattended steal stole theft police emergency
urgent asap help. complain rude shout yell stupid insult disgrac unaccept ridicul unbeliev shame worst awful
terrib horribl useless joke angry furious upset worr shaking cry fine. fined penalt solicitor lawyer court
sue. refund money_back charged locked on_earth you_people your_people data harass
verspät ausgefallen fällt_aus verpasst verloren vergessen kaputt schon_wieder niemand leider ärger beschwer
erstatt krank verletz gestürzt hilfe sturm storm
"""


def _pattern(stem: str) -> str:
    return re.escape(stem.removesuffix(".").replace("_", " ")) + (r"\b" if stem.endswith(".") else "")


TROUBLE = re.compile(r"\b(?:" + "|".join(map(_pattern, STEMS.split())) + ")", re.IGNORECASE)


def asks_calmly(message: str) -> bool:
    """Whether it asks something and nothing in it speaks of trouble."""
    return _asks(message) and not RAISED.search(message) and not speaks_of_trouble(message)


def speaks_of_trouble(text: str) -> bool:
    return TROUBLE.search(text) is not None


def _asks(message: str) -> bool:
    words = [word for word in re.findall(r"\w+", message.lower()) if word not in GREETINGS.split()]
    return not QUESTION_MARKS.isdisjoint(message) or (bool(words) and words[0] in OPENERS.split())
