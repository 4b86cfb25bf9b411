"""Which approved answer a message is about, if any; and whether it asks for more than one."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from app.embeddings.encoder import Encoder, readable
from app.retrieval.corpus import Kind
from app.retrieval.index import ANSWERED_FROM, STRANGERS, EntryIndex
from app.retrieval.lexical import words
from app.retrieval.live_index import Faq, live_index
from app.retrieval.search import Question, Scored
from app.retrieval.sentences import sentences

SENTENCE_PENALTY = 0.1  # of the score: a sentence out of its message says less than the message
ALSO_FROM = 0.6  # probability from which on a sentence counts as another question
BOTH_FROM = 0.35  # probability from which on the second of two near equals may be meant
TIED = 0.01  # of the score: so near each other, which comes first is chance
REFUSED = 0.49  # the most that is left of a probability when people said of such a message that none fits


@dataclass(frozen=True)
class Match:
    """One approved version, and the phrasing by which it was found."""

    entry_id: str
    version_id: int
    version: int
    question: str
    phrasing: str
    score: float  # 0..1, how near the message comes to that phrasing
    probability: float  # 0..1, that this entry answers the message
    kind: Kind  # of the phrasing
    rank: float = field(compare=False)  # the higher, the better; of one index only


@dataclass(frozen=True)
class Matches:
    found: tuple[Match, ...]  # best first, one per entry
    best: Match | None  # None: none fits
    reason: str  # one plain sentence for the page
    or_else: Match | None = None  # two fit: the evidence cannot tell this one from the best
    also: tuple[Match, ...] = ()  # what the message asks besides


@dataclass(frozen=True)
class Part:
    """The message, or one sentence of it, with the entries found for it, best first."""

    text: str
    found: tuple[Match, ...]
    refused_by: str | None  # the message like this one of which somebody said that none fits
    refused_at: float  # its rank


def find_matches(
    index: EntryIndex, encoder: Encoder, text: str, *, history: Sequence[str] = (), limit: int = 5
) -> Matches:
    """The entries nearest to a message or to one of its sentences. Takes any text, however long or broken.

    `history` is what was said before, oldest first; it tells which place or product is meant.
    """
    asked = readable(text)
    if not words(asked):
        return Matches((), None, "None fits: the message holds no words.")
    turns = tuple(readable(turn) for turn in history)
    parts = _parts(index, encoder, [asked, *sentences(asked)], turns, limit=limit)
    found = tuple(_refused(match, parts[0]) for match in _best_of_each(parts)[:limit])
    if not found:
        return Matches((), None, "None fits: there are no approved answers yet.")
    if found[0].probability < ANSWERED_FROM:
        return Matches(found, None, _why_none(found[0], parts[0].refused_by))
    also = tuple(_also(found[0], parts[1:]))
    or_else = _or_else(index, found, also)
    return Matches(found, found[0], _why(found[0], or_else, also), or_else, also)


def current_index(session: Session) -> Faq:
    """This process's index of what is published now. Never call it in a transaction that publishes."""
    return live_index().current(session)


def _parts(
    index: EntryIndex, encoder: Encoder, texts: Sequence[str], history: tuple[str, ...], *, limit: int
) -> list[Part]:
    vectors = encoder.encode_whole(texts)
    return [
        _part(text, index.find(Question(text, vector, history), limit=limit + len(texts) + 1))
        for text, vector in zip(texts, vectors, strict=True)
    ]


def _part(text: str, scored: Sequence[Scored]) -> Part:
    found = tuple(_as_match(one) for one in scored if one.entry.key != STRANGERS)
    if not scored or scored[0].entry.key != STRANGERS:
        return Part(text, found, None, -math.inf)
    part = Part(text, found, scored[0].phrasing.text, scored[0].score)
    return replace(part, found=tuple(_refused(match, part) for match in found))


def _refused(match: Match, part: Part) -> Match:
    """Less probable where that part comes nearer to a refused message than to the match.

    So a refused message is not answered by one of its sentences when it comes again.
    """
    if match.rank > part.refused_at:
        return match
    return replace(match, probability=min(match.probability, REFUSED))


def _as_match(scored: Scored) -> Match:
    entry = scored.entry
    return Match(
        entry_id=entry.key,
        version_id=entry.version_id,
        version=entry.number,
        question=entry.title,
        phrasing=scored.phrasing.text,
        score=round(scored.likeness, 4),
        probability=round(scored.probability, 4),
        kind=scored.phrasing.kind,
        rank=scored.score,
    )


def _best_of_each(parts: Sequence[Part]) -> list[Match]:
    """Each entry once, by its best rank over the whole message and its sentences."""
    best: dict[str, Match] = {}
    for place, part in enumerate(parts):
        for match in part.found:
            ranked = replace(match, rank=match.rank - SENTENCE_PENALTY) if place else match
            if match.entry_id not in best or ranked.rank > best[match.entry_id].rank:
                best[match.entry_id] = ranked
    return sorted(best.values(), key=lambda match: (-match.rank, match.entry_id))


def _or_else(index: EntryIndex, found: Sequence[Match], also: Sequence[Match]) -> Match | None:
    """The second, unless it is improbable, far behind, or asked for in a sentence of its own."""
    if len(found) < 2 or found[1].probability < BOTH_FROM:
        return None
    if found[1].entry_id in {match.entry_id for match in also}:
        return None
    return found[1] if found[0].rank - found[1].rank < max(index.undecided, TIED) else None


def _also(best: Match, parts: Iterable[Part]) -> Iterable[Match]:
    """The other questions of the message, each entry once."""
    seen = {best.entry_id}
    for part in parts:
        first = part.found[0] if part.found else None
        if first is not None and first.probability >= ALSO_FROM and first.entry_id not in seen:
            seen.add(first.entry_id)
            yield first


def _why(best: Match, or_else: Match | None, also: Sequence[Match]) -> str:
    if or_else is not None:
        return f"Two fit: “{best.question}” and “{or_else.question}”. Choose which is meant."
    why = f"“{best.question}” fits: the message is close to “{best.phrasing}”."
    if also:
        others = ", ".join(f"“{match.question}”" for match in also)
        return f"{why} It also asks: {others}."
    return why


def _why_none(nearest: Match, refused_by: str | None) -> str:
    if refused_by is not None:
        return f"None fits: of a message like this one, “{refused_by}”, somebody said so."
    return f"None fits: “{nearest.question}” comes nearest, but is probably not what is asked."
