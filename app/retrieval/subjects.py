"""Which named thing a conversation is about, where a corpus asks the same of many places or products."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.retrieval.lexical import LetterStatistics
from app.retrieval.views import Floats

FADING = 0.95  # per turn back: what was named last is more likely meant
TURNS = 10


class Subjects:
    """Finds the subjects of entries in what was said, misheard and misspelt names included."""

    def __init__(self, names: Sequence[str]) -> None:
        """`names` holds the subject of each entry; an empty one is about nothing in particular."""
        self._unique = sorted(set(names) - {""})
        place = {name: number for number, name in enumerate(self._unique)}
        self._places = np.array([place.get(name, -1) for name in names], dtype=np.intp)
        self.named = self._places >= 0  # [entries]
        self._statistics = LetterStatistics(self._unique)
        groups = self._statistics.rows(self._unique)
        groups.data = self._statistics.weights[groups.indices]
        totals = np.asarray(groups.sum(axis=1)).ravel()
        groups.data /= np.repeat(np.maximum(totals, 1e-9), np.diff(groups.indptr))
        self._groups = groups

    def scores(self, turns: Sequence[str]) -> Floats:
        """How much of each entry's subject the latest turns name: 0..1, faded with age. [entries]

        Rare groups of letters count more, so that "Hotel" alone names none.
        """
        if not self._unique:
            return np.zeros(len(self._places), dtype=np.float32)
        latest = list(turns)[-TURNS:]
        said = self._statistics.rows(latest)
        said.data[:] = 1.0
        held = np.asarray((self._groups @ said.T).todense())
        fading = FADING ** np.arange(len(latest) - 1, -1, -1)
        best: NDArray[np.float32] = (held * fading).max(axis=1, initial=0.0).astype(np.float32)
        return np.where(self.named, best[self._places], 0.0).astype(np.float32)
