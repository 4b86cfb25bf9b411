"""How sure a match is, in plain words: the only place where a figure becomes a word."""

from dataclasses import dataclass

from app.web.words import LOOSE, closeness

# By the probability that the entry answers the message.
PROBABLE = ((0.9, "very likely right"), (0.7, "likely right"), (0.5, "unsure"))
# Without one, by how far the score lies above the one that this FAQ asks for. Scores of the public FAQs
# measured lay mostly within 0.3 above it; that the words hold as shares is promised by probabilities only.
MARGINS = ((0.2, "very likely right"), (0.08, "likely right"), (0.0, "unsure"))
BELOW = "probably not it"
WEAK = frozenset({"unsure", BELOW, LOOSE})


@dataclass(frozen=True)
class Reliability:
    words: str
    is_weak: bool  # look first whether it is the right question at all


def reliability(
    score: float, *, threshold: float | None = None, probability: float | None = None
) -> Reliability:
    """All of them 0 to 1. Where neither is known, for drafts of long ago, only how near the texts are."""
    if probability is not None:
        words = _word(PROBABLE, probability)
    elif threshold is not None:
        words = _word(MARGINS, score - threshold)
    else:
        words = closeness(score)
    return Reliability(words, words in WEAK)


def nearness(score: float, *, probability: float | None = None) -> str:
    """Of an entry that was not put first: only one of them can be likely by its distance."""
    return closeness(score) if probability is None else _word(PROBABLE, probability)


def _word(steps: tuple[tuple[float, str], ...], value: float) -> str:
    return next((word for least, word in steps if round(value, 4) >= least), BELOW)
