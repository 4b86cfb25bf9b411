"""A text that is too long, made shorter by rule: whole sentences go, and what is left stays word for word.

In this order: an approved closing, an approved opening, then sentences from the end. What carries an approved
fact or a restriction stays, and a sentence goes only together with those that lean on it. When that is not
enough, nothing is shortened: a shorter answer that means something else is worse than none.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import regex

from app.channels.sentence_ends import sentence_pieces
from app.checks.fact_readings import Reading
from app.checks.facts import facts_in
from app.drafting.approved import with_signature

# A sentence that begins so leans on the one before it, in English, German and French.
LEANS = regex.compile(
    r"[\W_]*(?:if|but|however|otherwise|this|that|these|those|they|it|its|he|she|then|so|also|and|or|instead|there"
    r"|here|such|both|either|neither|unless|except|yet|still|therefore|alternatively|additionally|please note"
    r"|wenn|falls|aber|jedoch|doch|sonst|andernfalls|dies\w*|das|dann|dort|hier|es|sie|er|und|oder|auch|au\u00dfer"
    r"|deshalb|daher|si|mais|cependant|sinon|cela|ceci|ce|cette|ces|ils?|elles?|alors|et|ou|aussi|sauf|donc)\b",
    regex.IGNORECASE,
)
LIST_ITEM = regex.compile(r"\s*(?:[-*\u2022\u2013]|\d{1,2}[.)])\s")
LEADS_ON = regex.compile(r"[:?;,][\"'\u201d\u2019)]*\s*\Z")  # what it announces or asks stands in the next
RESTRICTS = regex.compile(
    r"\b(?:not|no|never|none|without|cannot|only|unless|except\w*|must|until|at least|at most|before|provided"
    r"|nicht|kein\w*|nie|niemals|ohne|nur|au\u00dfer|muss|m\u00fcssen|erst|bevor|sofern"
    r"|ne|pas|jamais|sans|seulement|sauf|doit|doivent|avant|aucun\w*)\b|n['\u2019]t\b",
    regex.IGNORECASE,
)


@dataclass(frozen=True)
class Shortened:
    """What is left of a text, and the sentences that went, in their order."""

    text: str
    left_out: tuple[str, ...]

    @property
    def note(self) -> str:
        """For the reviewer, who must see what the customer will not."""
        quoted = ", ".join(f"\u201c{sentence}\u201d" for sentence in self.left_out)
        return f"Shortened to fit: left out {quoted}."


@dataclass(frozen=True)
class Frame:
    """Approved words that may stand around an answer, and the signature, which always stays."""

    openings: Sequence[str] = ()
    closings: Sequence[str] = ()
    signature: str = ""


def shorten(
    text: str, *, frame: Frame, sources: Sequence[str], fits: Callable[[str], bool]
) -> Shortened | None:
    """The longest text that fits, or None when it fits already or no rule makes it fit.

    `sources` are the approved words; a sentence with one of their facts is never left out.
    """
    if fits(text):
        return None
    approved = frozenset(reading for source in sources for reading in readings_in(source))
    body = text.removesuffix(frame.signature).rstrip() if frame.signature else text
    for left, gone in _shorter(body, frame, approved):
        shorter = with_signature(left, frame.signature)
        if fits(shorter) and _still_answers(left, body, approved):
            return Shortened(shorter, tuple(sentence for _, sentence in sorted(gone)))
    return None


def _still_answers(left: str, body: str, approved: frozenset[Reading]) -> bool:
    """A greeting alone is no shorter answer: an approved fact is left, or at least half of the text."""
    return bool(readings_in(left) & approved) or 2 * len(left) >= len(body)


def readings_in(text: str) -> frozenset[Reading]:
    return frozenset(reading for fact in facts_in(text) for reading in fact.readings)


def _shorter(
    body: str, frame: Frame, approved: frozenset[Reading]
) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """What is left after each step, with what is gone by then and where it stood."""
    groups = _groups(body)
    gone: list[tuple[int, str]] = []
    for place in _in_order(groups, frame, approved):
        gone.append((place, groups[place].strip()))
        dropped = {one for one, _ in gone}
        yield "".join(group for at, group in enumerate(groups) if at not in dropped).strip(), gone


def _in_order(groups: list[str], frame: Frame, approved: frozenset[Reading]) -> Iterator[int]:
    """The places of the groups that may go, the most dispensable first. One group always stays."""
    last = len(groups) - 1
    closes = last > 0 and groups[last].strip() in frame.closings
    if closes:
        yield last
    opens = last > closes and groups[0].strip() in frame.openings
    if opens:
        yield 0
    for place in range(last - closes, int(opens), -1):
        if not _is_needed(groups[place], approved):
            yield place


def _groups(body: str) -> list[str]:
    """Sentences that stand or fall together."""
    groups: list[str] = []
    for piece in sentence_pieces(body):
        if groups and (LEANS.match(piece) or LIST_ITEM.match(piece) or LEADS_ON.search(groups[-1])):
            groups[-1] += piece
        else:
            groups.append(piece)
    return groups


def _is_needed(group: str, approved: frozenset[Reading]) -> bool:
    return bool(readings_in(group) & approved) or RESTRICTS.search(group) is not None
