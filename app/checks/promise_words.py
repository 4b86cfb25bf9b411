"""The words by which a sentence binds the brand, in English, German and, where it is cheap, French."""

from app.checks.phrases import Phrases

_BINDING = """
we will; we'll; we shall; i will; i'll; you will; you'll; they will; they'll; will be; will get
we are going to; we're going to; make sure; commit to; within; by tomorrow; by today; no later than; always
never; we refund; we pay; we reimburse; we cover; we offer; we give; we send; we replace; we answer; we reply
we call; we arrange; we can refund; we can offer; we can pay; we can cover; we can give; we can arrange
you get; you receive; you are entitled; you're entitled; you hear; you are owed; calls you; call you
contact you; refund you; refund your; full refund; refund for; pay you; pay for your; a voucher; a credit
a free; as compensation; wir werden; werden wir; wir erstatten; wir zahlen; wir übernehmen; wir geben
wir schicken; wir senden; wir bieten; wir melden uns; sie erhalten; sie bekommen; einen gutschein; rufen sie
innerhalb von; binnen; spätestens; nous rembourserons; vous recevrez; nous vous; dans les
"""
_GUARANTEES = """
guarantee*; promise*; assure*; ensure*; garantier*; versprechen*; versprochen; zusicher*; sichern; garantiss*
promett*
"""
_FREE = """
free; free of charge; for free; at no cost; at no extra cost; no charge; no extra charge; no fee; on us
at our expense; on the house; complimentary; waive*; cost nothing; costs nothing; kostenlos*; kostenfrei*
gratis; auf unsere kosten; gratuit*
"""
_MONEY = """
compensate*; compensation; reimburse*; refund*; money back; fare back; amount back; voucher*; pay back
paid back; goodwill; entschädig*; erstatt*; gutschein*; rembours*
"""


def _phrases(listed: str) -> Phrases:
    return Phrases(tuple(one.strip() for one in listed.replace("\n", ";").split(";") if one.strip()))


BINDING = _phrases(_BINDING)
# These bind by themselves, and an approved sentence must say one of the same kind.
OUTRIGHT = (_phrases(_GUARANTEES), _phrases(_FREE))
# These bind where somebody acts; "your refund" alone does not.
MONEY = _phrases(_MONEY)
