"""Who is compared: our matcher and two plain ones, on the same vectors. Only here is ours made and asked."""

from collections.abc import Sequence
from enum import StrEnum

from app.evaluation.plain_matchers import PlainMiniLM, WordsAlone, phrasings
from app.evaluation.rankings import LONGEST_RANKING, Matcher, Ranking, RememberingEncoder
from app.evaluation.sets import Entry
from app.knowledge.queries import PublishedVersion
from app.retrieval.index import EntryIndex
from app.retrieval.matching import find_matches


class Contestant(StrEnum):
    OURS = "ours"
    WORDS = "words alone"
    MINILM = "plain MiniLM"


class Ours:
    """The matcher that runs in production, on entries that no database holds."""

    def __init__(self, entries: Sequence[Entry], remembering: RememberingEncoder) -> None:
        versions = [_as_version(number, entry) for number, entry in enumerate(entries, start=1)]
        self._index = EntryIndex(versions, [remembering.encode(phrasings(entry)) for entry in entries])
        self._encoder = remembering.encoder
        self.threshold: float | None = self._index.threshold

    def rank(self, text: str, history: Sequence[str]) -> Ranking:
        matches = find_matches(self._index, self._encoder, text, limit=LONGEST_RANKING)
        probability = matches.found[0].score if matches.found else 0.0
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


def _as_version(number: int, entry: Entry) -> PublishedVersion:
    return PublishedVersion(
        version_id=number,
        entry_id=entry.key,
        number=1,
        topic="",
        question=entry.title,
        examples=tuple(phrasings(entry)[1:]),
        answer=entry.body,
        public_short=None,
        private_long=None,
        language="",
    )
