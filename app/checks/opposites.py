"""Words that turn what a sentence says: negations, and pairs of which one is the other's opposite."""

import re

_NO = """
no not never none nobody nothing neither without cannot nowhere
nicht kein keine keinen keiner keinem keines nie niemals ohne weder nichts niemand
pas jamais aucun aucune sans
"""
NEGATIONS = frozenset(_NO.split())
# Expressions that act as one word, and the word that stands for them.
PHRASES = (
    (r"at no (?:extra |additional )?(?:cost|charge)|free of charge|for free|without charge", "free"),
    (r"no (?:extra )?(?:charge|fee)s?|costs? nothing|kosten(?:los|frei)e?[nrs]?|gratis|umsonst", "free"),
    (r"for an? (?:small |extra )?(?:fee|charge)|kostenpflichtige?[nrs]?|charged for", "payable"),
    (r"at least|no fewer than|(?:no|not) less than|a minimum of|or more", "atleast"),
    (r"mindestens|wenigstens|au moins", "atleast"),
    (r"at most|up to|(?:no|not) more than|a maximum of|or less|or fewer", "atmost"),
    (r"höchstens|maximal|bis zu|au plus", "atmost"),
    (r"more than|longer than|over(?= \d)|mehr als|länger als|über(?= \d)", "morethan"),
    (r"less than|fewer than|shorter than|under(?= \d)|weniger als|unter(?= \d)", "lessthan"),
    (r"(?:no|not) later than|spätestens|by(?= \d)|bis(?= \d)|till?", "until"),
    (r"no longer|not any ?more|nicht mehr", "not"),
    (r"(?:do not|does not|don't|doesn't) (?:have|need) to|need not|needn't", "not need"),
    (r"(?:have|has|need|needs) to", "need"),
)
PHRASE = re.compile(
    "|".join(rf"(?P<p{at}>(?<!\w)(?:{words})(?!\w))" for at, (words, _) in enumerate(PHRASES))
)
# Each line is an axis: what stands left of the bar is the opposite of what stands right of it.
_AXES = """
allowed allow allows permitted welcome erlaubt zulässig | forbidden prohibited banned verboten untersagt
possible able möglich | impossible unable unmöglich
accepted accept accepts akzeptiert | rejected refused refuse refuses declined abgelehnt
free gratuit | payable chargeable charged kostet
open opens opened geöffnet offen öffnet | closed closes close shut geschlossen schließt
included include includes including inbegriffen inklusive enthalten | excluded excludes excluding exklusive
required need needs needed necessary mandatory nötig notwendig erforderlich | optional unnecessary freiwillig
valid gültig valable | invalid void expired ungültig abgelaufen
before vor bevor vorher avant | after nach nachdem danach après
until bis jusqu | from since ab seit dès
atleast minimum | atmost maximum
morethan above oberhalb | lessthan below unterhalb
inside indoors innen drinnen | outside outdoors außen draußen
all every each everybody alle jeder jede jedes | some einige manche
always immer toujours | sometimes manchmal parfois
first erste ersten erster | last letzte letzten letzter
earliest frühestens | latest
start starts begin begins beginnt startet | end ends finish finishes endet
arrive arrives arrival ankunft | depart departs departure leave leaves abfahrt
refundable erstattbar | nonrefundable
same selbe gleiche | different andere
higher rise höher | lower niedriger
upper obere oberen | untere unteren
"""
POLES: dict[str, tuple[int, int]] = {
    word: (axis, side)
    for axis, line in enumerate(_AXES.strip().splitlines())
    for side, words in zip((1, -1), line.split("|"), strict=True)
    for word in words.split()
}
_TURNED = re.compile(r"(?:un|non-?)(?=\w{4})")
# What only looks as if its first syllable turned it: under, unless, unser, unit, unattended.
_NOT_TURNED = re.compile(
    r"und\Z|under|unter|uns\Z|unser|unless|until|uni|unattended|unaccompanied|unfall|unfällen|une\Z"
)


def without_prefix(word: str) -> str | None:
    """The word that this one turns with its first syllable: folded for unfolded. None for any other."""
    turned = _TURNED.match(word)
    if turned is None or _NOT_TURNED.match(word) or word in POLES:
        return None
    return word[turned.end() :]
