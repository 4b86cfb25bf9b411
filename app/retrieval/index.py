"""The searchable FAQ: every current version's question and examples, by meaning and by words.

A phrasing's score is 0.8 times the cosine of the two texts plus 0.2 times their shared words (0..1). Of the
weights tried this was the best that hurt nowhere; fusing by rank was worse than meaning alone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from app.knowledge.queries import PublishedVersion
from app.retrieval.calibration import LeftOut, fit_threshold
from app.retrieval.lexical import LexicalIndex

DENSE_WEIGHT = 0.8
LEXICAL_WEIGHT = 0.2
CANDIDATES = 100  # phrasings looked at per text and kind of evidence
MOST_PROBES = 500  # phrasings the threshold is fitted on

faiss.omp_set_num_threads(1)  # with 2 threads on a busy machine 0.25 ms became 16 to 40 ms


@dataclass(frozen=True)
class Scored:
    """How well one version answers a text, and by which of its phrasings."""

    version: PublishedVersion
    phrasing: str
    score: float  # 0..1


class EntryIndex:
    """Never changes once built: a new one takes its place, so that a search sees one state of the FAQ."""

    def __init__(self, versions: Sequence[PublishedVersion], vectors: Sequence[NDArray[np.float32]]) -> None:
        """`vectors` holds, for each version, one row of length 1 per phrasing of `phrasings_of`."""
        self.versions = tuple(versions)
        self._by_id = {version.version_id: version for version in versions}
        self._phrasings = [phrasing for version in versions for phrasing in phrasings_of(version)]
        self._owners = np.repeat(np.arange(len(vectors)), [len(rows) for rows in vectors])
        self._vectors = np.concatenate(vectors) if vectors else np.empty((0, 1), dtype=np.float32)
        self._dense = faiss.IndexFlatIP(self._vectors.shape[1])
        self._dense.add(self._vectors)
        self._lexical = LexicalIndex(self._phrasings)
        self.threshold = fit_threshold(self.left_out(), entries=len(self.versions))

    def published(self, version_id: int) -> PublishedVersion:
        """The words of a version that a search of this index found."""
        return self._by_id[version_id]

    def nearest(self, text: str, vector: NDArray[np.float32], *, limit: int) -> list[Scored]:
        """The best versions for a text whose vector is given, best first, each once."""
        if not self.versions:
            return []
        lexical = self._lexical.scores(text)
        candidates = self._candidates(vector, lexical)
        scores = self._fuse(self._vectors[candidates] @ vector, lexical[candidates])
        best: dict[int, Scored] = {}
        for place in np.argsort(-scores, kind="stable"):
            phrasing = int(candidates[place])
            owner = int(self._owners[phrasing])
            if owner not in best:
                best[owner] = Scored(
                    self.versions[owner], self._phrasings[phrasing], round(float(scores[place]), 4)
                )
            if len(best) == limit:
                break
        return list(best.values())

    def _candidates(self, vector: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.intp]:
        """Phrasings near in meaning or in words, in a fixed order."""
        count = min(CANDIDATES, len(self._phrasings))
        _, near = self._dense.search(vector[np.newaxis], count)
        sharing = np.argpartition(-lexical, count - 1)[:count]
        return np.union1d(near[0], sharing)

    @staticmethod
    def _fuse(dense: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.float32]:
        fused: NDArray[np.float32] = np.clip(DENSE_WEIGHT * dense + LEXICAL_WEIGHT * lexical, 0.0, 1.0)
        return fused

    def left_out(self) -> list[LeftOut]:
        """Each phrasing (or an even sample) asked as if new: without itself, and without its entry."""
        step = max(1, math.ceil(len(self._phrasings) / MOST_PROBES))
        return [self._left_out(probe) for probe in range(0, len(self._phrasings), step)]

    def _left_out(self, probe: int) -> LeftOut:
        lexical = self._lexical.scores(self._phrasings[probe])
        scores = self._fuse(self._vectors @ self._vectors[probe], lexical)
        own = self._owners == self._owners[probe]
        others = scores[~own]
        scores[probe] = -1.0
        return LeftOut(right=float(scores[own].max()), wrong=float(others.max()) if len(others) else 0.0)


def phrasings_of(version: PublishedVersion) -> list[str]:
    """What customers' words are compared with."""
    return [version.question, *version.examples]
