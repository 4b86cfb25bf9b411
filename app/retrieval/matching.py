"""Which approved answer a message is about, if any."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.embeddings.encoder import Encoder, readable
from app.retrieval.index import EntryIndex, Scored
from app.retrieval.lexical import words
from app.retrieval.live_index import LiveIndex
from app.retrieval.sentences import sentences

SENTENCE_PENALTY = 0.05  # a sentence out of its message says less than the message


@dataclass(frozen=True)
class Match:
    """One approved version, and the phrasing by which it was found."""

    entry_id: str
    version_id: int
    version: int
    question: str
    phrasing: str
    score: float  # 0..1


@dataclass(frozen=True)
class Matches:
    found: tuple[Match, ...]  # best first, one per entry
    best: Match | None  # None: none fits
    reason: str  # one plain sentence for the page


def find_matches(index: EntryIndex, encoder: Encoder, text: str, *, limit: int = 5) -> Matches:
    """The entries nearest to a message or to one of its sentences. Takes any text, however long or broken."""
    asked = readable(text)
    if not words(asked):
        return Matches((), None, "None fits: the message holds no words.")
    parts = [asked, *sentences(asked)]
    vectors = encoder.encode(parts)
    near = [
        index.nearest(part, vector, limit=limit + len(parts))
        for part, vector in zip(parts, vectors, strict=True)
    ]
    found = tuple(_best_of_each(near)[:limit])
    if not found:
        return Matches((), None, "None fits: there are no approved answers yet.")
    best = found[0] if found[0].score >= index.threshold else None
    return Matches(found, best, _reason(found[0], index.threshold))


def current_index(session: Session) -> EntryIndex:
    """This process's index of what is published now. Never call it in a transaction that publishes."""
    return _live_index.current(session)


def _best_of_each(parts: list[list[Scored]]) -> list[Match]:
    """Each entry once, by its best score over the whole message and its sentences."""
    best: dict[str, Match] = {}
    for place, scored in enumerate(parts):
        penalty = SENTENCE_PENALTY if place else 0.0
        for match in _as_matches(scored, penalty):
            if match.entry_id not in best or match.score > best[match.entry_id].score:
                best[match.entry_id] = match
    return sorted(best.values(), key=lambda match: (-match.score, match.entry_id))


def _as_matches(scored: Iterable[Scored], penalty: float) -> Iterable[Match]:
    for one in scored:
        version = one.version
        score = round(max(0.0, one.score - penalty), 4)
        yield Match(
            version.entry_id, version.version_id, version.number, version.question, one.phrasing, score
        )


def _reason(nearest: Match, threshold: float) -> str:
    if nearest.score < threshold:
        return (
            f"None fits: the nearest, “{nearest.question}”, scores {nearest.score:.2f}; "
            f"{threshold:.2f} is needed."
        )
    return f"“{nearest.question}” fits: the message is close to “{nearest.phrasing}” ({nearest.score:.2f})."


_live_index = LiveIndex()
