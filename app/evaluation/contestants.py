"""Who is compared: our matcher and two plain ones, on the same vectors. Only here is ours made and asked."""

from collections.abc import Sequence
from enum import StrEnum

from app.evaluation.plain_matchers import PlainMiniLM, WordsAlone
from app.evaluation.rankings import LONGEST_RANKING, Matcher, Ranking, RememberingEncoder
from app.retrieval.corpus import Entry
from app.retrieval.index import ANSWERED_FROM, EntryIndex
from app.retrieval.matching import find_matches


class Contestant(StrEnum):
    OURS = "ours"
    WORDS = "words alone"
    MINILM = "plain MiniLM"


class Ours:
    """The matcher that runs in production, on entries that no database holds."""

    threshold: float | None = ANSWERED_FROM

    def __init__(self, entries: Sequence[Entry], remembering: RememberingEncoder) -> None:
        self._index = EntryIndex.of(entries, remembering.encode_whole, dimensions=remembering.dimensions)
        self._encoder = remembering.encoder

    def rank(self, text: str, history: Sequence[str]) -> Ranking:
        matches = find_matches(self._index, self._encoder, text, history=history, limit=LONGEST_RANKING)
        probability = matches.found[0].probability if matches.found else 0.0
        return Ranking(
            tuple(match.entry_id for match in matches.found), probability, matches.best is not None
        )


def make_contestant(who: Contestant, entries: Sequence[Entry], remembering: RememberingEncoder) -> Matcher:
    """Entries are encoded with memory, questions without it."""
    match who:
        case Contestant.OURS:
            return Ours(entries, remembering)
        case Contestant.WORDS:
            return WordsAlone(entries)
        case Contestant.MINILM:
            return PlainMiniLM(entries, remembering)
