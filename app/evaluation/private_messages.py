"""Made-up messages that hold a private value between numbers that are nobody's, in three languages."""

import re
from collections.abc import Callable, Iterator
from random import Random

from app.evaluation.private_data import MarkedSpan, MarkedText
from app.evaluation.private_decoys import MAKERS
from app.evaluation.private_phones import phone
from app.evaluation.private_sentences import AFTER, AROUND, BEFORE, DECOYS
from app.evaluation.private_values import card, email, iban, labelled_card

SEED = 20_261_125
LABELLED_CARDS = 0.1
SLOT = re.compile(r"\{(\w+)\}")
VALUES: dict[str, Callable[[Random], str]] = {
    "EMAIL": email,
    "PHONE": phone,
    "CREDIT_CARD": card,
    "IBAN": iban,
}


def private_messages(each: int, *, seed: int = SEED) -> Iterator[MarkedText]:
    """`each` messages for each kind of value, the same for the same seed."""
    random = Random(seed)  # noqa: S311 -- nothing secret: the same messages in every run
    for _ in range(each):
        for kind in VALUES:
            yield _message(random, kind)


def _message(random: Random, kind: str) -> MarkedText:
    if kind == "CREDIT_CARD" and random.random() < LABELLED_CARDS:
        value, sentence = (
            labelled_card(random),
            random.choice(("Card number {}", "Meine Karte {} geht nicht", "Ma carte {}")),
        )
    else:
        value, sentence = VALUES[kind](random), random.choice(AROUND[kind])
    decoys = [_decoy(random) for _ in range(random.randint(0, 3))]
    where = random.randint(0, len(decoys))
    gap = random.choice((" ", "\n"))
    before = random.choice(BEFORE) + "".join(f"{decoy}{gap}" for decoy in decoys[:where])
    start_of_value, _, rest = sentence.partition("{}")
    after = rest + "".join(f"{gap}{decoy}" for decoy in decoys[where:]) + random.choice(AFTER)
    start = len(before) + len(start_of_value)
    span = MarkedSpan(type=kind, start=start, end=start + len(value), value=value)
    return MarkedText(text=f"{before}{start_of_value}{value}{after}", spans=(span,))


def _decoy(random: Random) -> str:
    return SLOT.sub(lambda slot: MAKERS[slot[1]](random), random.choice(DECOYS))
