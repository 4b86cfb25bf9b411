"""Matching: the demo's index, one search beside the peers', encoding, edits, and what many entries take."""

import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.database import transaction
from app.core.settings import get_settings
from app.embeddings.encoder import get_encoder
from app.retrieval.corpus import phrasings_of
from app.retrieval.index import EntryIndex
from app.retrieval.live_index import LiveIndex
from bench.edits import Timed, index_of, measure_edits, measure_matches, timed
from bench.growth import Grown
from bench.one_shot import told_by
from bench.phrasings import phrasings
from bench.searching import Search, make_vectors, measure_searches

SHORT = 60  # letters of a short message


@dataclass(frozen=True)
class Amount:
    """How much is measured."""

    entries: int
    rounds: int  # of searches
    edits: int
    imported: int  # texts
    sizes: Sequence[int]  # of indexes whose growth is seen
    with_public: bool  # recall on the public sets as well
    with_peers: bool


@dataclass(frozen=True)
class Demo:
    entries: int
    phrasings: int
    first_start_seconds: float  # every phrasing is encoded
    later_start_seconds: float  # the vectors are on disk
    encode: Timed  # a message as one text: the encoder's share of a match


@dataclass(frozen=True)
class Matching:
    demo: Demo
    amount: Amount
    searches: dict[str, Search]
    edits: Timed
    matches: dict[int, Timed]  # by number of entries
    embedding: dict[str, Any]  # pairs of ours and plain sentence-transformers
    grown: list[Grown]


def measure_matching(texts: Sequence[str], amount: Amount) -> Matching:
    """Needs the demo's database, for the demo's index."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-bench-vectors-"))
    try:
        make_vectors(folder, entries=amount.entries)
        demo, own = _demo(texts)
        large, middle = (index_of(folder, entries=many) for many in (amount.entries, amount.entries // 10))
        matches = {len(index.entries): measure_matches(index, texts) for index in (own, middle, large)}
        return Matching(
            demo,
            amount,
            measure_searches(folder, with_peers=amount.with_peers, rounds=amount.rounds),
            measure_edits(large, folder, edits=amount.edits),
            matches,
            _embedding(texts, amount),
            [
                Grown(**told_by("bench.growth", {"folder": str(folder), "entries": size}))
                for size in amount.sizes
            ],
        )
    finally:
        shutil.rmtree(folder)


def _demo(texts: Sequence[str]) -> tuple[Demo, EntryIndex]:
    get_encoder()
    shutil.rmtree(get_settings().home / "vectors", ignore_errors=True)
    first, index = _start()
    later, index = _start()
    encode = timed(texts, lambda text: get_encoder().encode([text]))
    found_by = sum(len(phrasings_of(entry)) for entry in index.entries)
    return Demo(len(index.entries), found_by, first, later, encode), index


def _start() -> tuple[float, EntryIndex]:
    began = time.perf_counter()
    with transaction() as session:
        index = LiveIndex().current(session).index
    return time.perf_counter() - began, index


def _embedding(texts: Sequence[str], amount: Amount) -> dict[str, Any]:
    told: dict[str, Any] = told_by(
        "bench.embedding",
        {
            "messages": [text for text in texts if len(text) <= SHORT],
            "import": phrasings(amount.imported),
            "with_public": amount.with_public,
        },
    )
    return told
