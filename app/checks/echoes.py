"""Whether a value that only the customer named is echoed as theirs, or turned into the brand's own word.

"Your train at 8:15" and "you paid £50" repeat the customer; "you get £50 back" and "the desk opens at 8:15"
are ours to state, and a customer's message is no source for them.
"""

import re

from app.checks.facts import Fact

# Kinds of value that can bind the brand. Links, phones, codes and the like are judged by other checks.
BINDING = frozenset(
    {"money", "percent", "part", "quantity", "time", "date", "month", "weekday", "day", "number"}
)
CLAUSE_END = re.compile(r"[.!?;:]\s|,\s|\n|\s(?:and|but|or|so|und|aber|oder|et|mais)\s", re.IGNORECASE)
WIDEST = 120  # characters of a clause that are looked at on either side
# We act, or the customer is given something or has to give it.
OURS = re.compile(
    r"\b(?:"
    r"(?:we|i|wir|nous)\b(?:'ll|\s+\w+){0,3}?\s+(?:refund|repay|reimburse|compensate|pay|give|return|transfer|credit"
    r"|send|offer|cover|charge|answer|reply|decide|call|erstatten|zahlen|überweisen|geben|remboursons)"
    r"|(?:you|sie|vous)(?:'ll|\s+(?:will|can|may|must|then|also|still|should))*\s+(?:get|receive|pay|have\s+(?:to|until)"
    r"|are\s+(?:owed|due|entitled)|be\s+(?:refunded|charged|paid)|bekommen|erhalten|zahlen|recevez|payez)"
    r"|(?:refund|compensation|credit|voucher|discount|fee|fare|price|charge|fine|erstattung|gutschein|preis|gebühr)"
    r"s?\s+(?:of|is|are|will\s+be|von|ist|beträgt)"
    r"|costs?|kostet|kosten|coûte|within|no\s+later\s+than|innerhalb|binnen|spätestens|guarantee\w*"
    r"|(?:is|are|be|will|werden)\s+(?:\w+\s+)?(?:refunded|paid|charged|credited|erstattet)"
    r")\b",
    re.IGNORECASE,
)
# What runs by the clock is ours to state, unless it is the customer's own train.
BY_THE_CLOCK = re.compile(
    r"\b(?:opens?|closes?|leaves?|departs?|arrives?|runs?|starts?|ends?|sails?|(?:is|are)\s+(?:open|valid|due|closed)|valid"
    r"|fährt|öffnet|schließt|gilt|beginnt|endet)\b",
    re.IGNORECASE,
)
THEIRS = re.compile(
    r"\b(?:your?|you've|ihre?[mnrs]?|sie|votre|vos|sorry|apologi[sz]e|apologies)\b", re.IGNORECASE
)
TOLD = re.compile(
    r"\b(?:you\s+(?:\w+\s+)?(?:paid|were|was|had|waited|said|wrote|mention\w*|told|booked|bought|travelled|describe\w*)"
    r"|you(?:'ve|\s+have)\s+(?:\w+\s+)?\w+(?:ed|id|en|ught)|(?:was|were)\s+\w+|sie\s+(?:haben|hatten|waren|schreiben))\b",
    re.IGNORECASE,
)


def is_ours(text: str, fact: Fact) -> bool:
    """Whether the clause around a value states it in the brand's own name."""
    if not BINDING.intersection(reading[0] for reading in fact.readings):
        return False
    before, after = _clause(text, fact)
    clause = f"{before} {fact.shown} {after}"
    if OURS.search(clause):
        return not TOLD.search(before)
    return bool(BY_THE_CLOCK.search(clause)) and not THEIRS.search(clause)


def _clause(text: str, fact: Fact) -> tuple[str, str]:
    before = CLAUSE_END.split(text[max(0, fact.start - WIDEST) : fact.start])[-1]
    after = CLAUSE_END.split(text[fact.end : fact.end + WIDEST], maxsplit=1)[0]
    return before, after


QUOTED = re.compile(
    r"\b(?:you|sie)\s+(?:have\s+|haben\s+)?(?:wrote|said|told|mention\w*|paid|waited|were\s+charged|geschrieben)"
    r"(?:\s+(?!with)\w+){0,4}\s*\Z",
    re.IGNORECASE,
)
CONDITIONAL = re.compile(r"\b(?:if|when|once|unless|wenn|falls)\b", re.IGNORECASE)


def is_quoted(text: str, fact: Fact) -> bool:
    """Whether the clause says that the customer named this value: "you wrote that you paid £50"."""
    before, _ = _clause(text, fact)
    return QUOTED.search(before) is not None and CONDITIONAL.search(before) is None
