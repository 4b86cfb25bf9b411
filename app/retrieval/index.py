"""The searchable FAQ. Never changes once built: a new one takes its place, so a search sees one state."""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from app.retrieval.corpus import Entry
from app.retrieval.lexical import LetterStatistics, WordStatistics
from app.retrieval.probing import calibrate
from app.retrieval.scoring import learn
from app.retrieval.search import Fitted, Question, Scored, search_shelf
from app.retrieval.shelf import Shelf, fill
from app.retrieval.views import Floats, Views, centred

Embed = Callable[[Sequence[str]], Floats]  # texts to rows as `Encoder.encode_whole` gives them

STRANGERS = ""  # key of what people said that no entry answers
ANSWERED_FROM = 0.5  # probability


class EntryIndex:
    """Every entry's question, examples and confirmed phrasings, and the passages of long answers."""

    def __init__(self, fitted: Fitted, base: Shelf, fresh: Shelf, replaced: Collection[str]) -> None:
        self._fitted = fitted
        self._base = base
        self._fresh = fresh  # entries that changed since `fitted` was learned
        self._replaced = frozenset(replaced)
        self._alive = np.array([entry.key not in self._replaced for entry in base.entries], dtype=bool)

    @classmethod
    def of(
        cls, entries: Sequence[Entry], embed: Embed, *, dimensions: int, strangers: Sequence[str] = ()
    ) -> "EntryIndex":
        """Learn everything anew. `strangers` are messages of which people said that no entry answers them."""
        everyone = [*entries, *_as_entry(strangers)]
        phrasings, texts = fill(everyone)
        whole = _embedded(texts, embed, dimensions)
        base = Shelf(everyone, phrasings, np.ascontiguousarray(whole[:, :dimensions]))
        letters, words = LetterStatistics(texts), WordStatistics(texts)
        base.index_words(letters, words)
        rows = np.flatnonzero(base.asked)
        inner = whole[rows, dimensions:]
        centre = inner.mean(axis=0) if len(rows) else np.zeros(1, dtype=np.float32)  # moves nothing
        points = Views(base.meaning[rows], centred(inner, centre), base.letters[rows])
        fair = base.fair[rows] & (base.owners[rows] < len(entries))  # strangers teach no entry
        learned = learn(points, rows, base.owners[rows], fair, len(everyone))
        calibrated = calibrate(base, learned, strangers=len(entries) if strangers else None)
        fitted = Fitted(
            dimensions,
            letters,
            words,
            centre,
            learned.head if learned else None,
            calibrated.curve,
            calibrated.undecided,
            calibrated.newcomer,
        )
        return cls(fitted, base, _shelve([], fitted, embed), ())

    def changed(
        self,
        entries: Sequence[Entry],
        removed: Collection[str],
        embed: Embed,
        *,
        strangers: Sequence[str] | None = None,
    ) -> "EntryIndex":
        """The same with some entries new, changed or removed, at the cost of those alone.

        `strangers`, where given, takes the place of the messages that no entry answers.
        """
        newcomers = [*entries, *(_as_entry(strangers) if strangers is not None else [])]
        gone = {entry.key for entry in newcomers} | set(removed)
        if strangers is not None:
            gone.add(STRANGERS)
        kept = [entry for entry in self._fresh.entries if entry.key not in gone]
        return EntryIndex(
            self._fitted,
            self._base,
            _shelve([*kept, *newcomers], self._fitted, embed),
            self._replaced | gone,
        )

    @property
    def stale(self) -> int:
        """How many entries changed since everything was learned."""
        return len(self._replaced)

    @property
    def entries(self) -> list[Entry]:
        alive = [entry for entry, lives in zip(self._base.entries, self._alive, strict=True) if lives]
        return [entry for entry in (*alive, *self._fresh.entries) if entry.key != STRANGERS]

    @property
    def undecided(self) -> float:
        """Two entries whose scores differ by less both fit."""
        return self._fitted.undecided

    @property
    def recall(self) -> float:
        """Of the ten nearest texts, how many a search finds: 1 where it looks at all of them. 0..1."""
        return self._base.nearest.recall

    def find(self, question: Question, *, limit: int) -> list[Scored]:
        """The best entries, best first, each once; strangers are among them under their own key."""
        views = self._fitted.views(question)
        everywhere = np.ones(len(self._fresh.entries), dtype=bool)
        found = [
            *search_shelf(self._base, self._fitted, question, views, alive=self._alive, learned=True),
            *search_shelf(self._fresh, self._fitted, question, views, alive=everywhere, learned=False),
        ]
        return sorted(found, key=lambda one: (-one.score, one.entry.key))[:limit]


def _embedded(texts: Sequence[str], embed: Embed, dimensions: int) -> Floats:
    return embed(texts) if texts else np.empty((0, dimensions), dtype=np.float32)


def _shelve(entries: Sequence[Entry], fitted: Fitted, embed: Embed) -> Shelf:
    phrasings, texts = fill(entries)
    whole = _embedded(texts, embed, fitted.dimensions)
    shelf = Shelf(entries, phrasings, np.ascontiguousarray(whole[:, : fitted.dimensions]))
    shelf.index_words(fitted.letters, fitted.words)
    return shelf


def _as_entry(strangers: Sequence[str]) -> list[Entry]:
    return [Entry(STRANGERS, strangers[0], confirmed=tuple(strangers[1:]))] if strangers else []
