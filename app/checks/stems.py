"""Words without their endings, so that "booked" and "booking" meet: for comparing wording."""

import re
from functools import lru_cache

# Words that say little of what a sentence is about, in English, German and French.
_LITTLE = """
a an the this that these those and or but so as also too then there here both either neither nor very just
i we us our ours you your yours he she it its they them their theirs me my mine who which what whose
am is are was were be been being do does did done has have had having can could may might must shall should
will would let please to of in on at by for from with into onto over up down out off about than
s t ll ve re d m
der die das den dem des ein eine einen einem einer eines und oder aber auch dann da hier sehr so als wie
ich wir uns unser unsere unseren unserem unserer sie ihr ihre ihren ihrem ihrer ihnen er es man sich
ist sind war waren sein wird werden wurde wurden hat haben hatte kann können könnte darf dürfen muss müssen
soll sollen bitte zu zum zur im in am an auf von vom mit für bei aus durch noch
le la les un une des du de et ou mais nous vous votre vos notre nos il elle ils est sont être avez avons
"""
STOP = frozenset(_LITTLE.split())
_ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ed", "es", "en", "er", "e", "s", "n")
SHORTEST = 4  # letters that stay
_SAME = {
    "email": "mail",
    "e-mail": "mail",
    "repli": "answer",
    "reply": "answer",
    "phon": "call",
    "ring": "call",
}
# Links and addresses as one word; a value with its signs; a word with apostrophes and hyphens; marks between.
PIECE = re.compile(
    r"https?://\S*[\w/]|[\w.+-]{1,64}@[\w.-]{0,200}\w|[£€$]?\d[\d.,:]*\d%?|\w{1,40}(?:\.[\w-]{2,40}){1,4}(?:/[\w/-]*\w)?|\w+(?:['-]\w+)*"
    r"|[,;:.!?()\u2013\u2014]"
)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The folded word without one ending of English or German inflection."""
    word = word.removesuffix("'s")
    if any(character.isdigit() for character in word):
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    if len(word) > SHORTEST and word[-1] == word[-2]:
        word = word[:-1]  # cancelled, cancel
    return _SAME.get(word, word)


def is_content(word: str) -> bool:
    return word not in STOP and word[0].isalnum()
