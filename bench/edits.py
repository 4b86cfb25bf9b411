"""How soon an edited entry is found among many, and how long one message's whole match takes there."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.embeddings.encoder import get_encoder
from app.retrieval.corpus import Entry
from app.retrieval.index import EntryIndex
from app.retrieval.matching import find_matches
from app.retrieval.search import Question
from app.retrieval.vectors import VectorCache
from bench.figures import percentile
from bench.phrasings import as_entries

QUERY = "where is the blue umbrella number {} kept"
EDITED = "Where do you keep blue umbrella number {}?"


@dataclass(frozen=True)
class Timed:
    p50_ms: float
    p95_ms: float


def index_of(folder: Path, *, entries: int) -> EntryIndex:
    """Of the first so many made-up entries, with the vectors of this run."""
    texts = (folder / "texts.txt").read_text().splitlines()[:entries]
    rows = np.load(folder / "rows.npy")[:entries]
    return EntryIndex.of(
        as_entries(texts), lambda texts: rows[: len(texts)], dimensions=get_encoder().dimensions
    )


def measure_edits(index: EntryIndex, folder: Path, *, edits: int) -> Timed:
    """From an edited entry to the answer that shows it, encoding both, each edit on top of those before it.

    Vectors are kept on disk below the folder, as the product keeps them. Raises `RuntimeError` when an edited
    entry is not the first that is found.
    """
    cache = VectorCache(folder / "edited", get_encoder())
    times = []
    for number, entry in enumerate(index.entries[:edits]):
        edited = replace(entry, title=EDITED.format(number))
        began = time.perf_counter()
        index = index.changed([edited], (), cache.vectors)
        first = _first(index, QUERY.format(number))
        times.append((time.perf_counter() - began) * 1000)
        if first != edited:
            raise RuntimeError(f"{first.key} was found instead of {edited.key}, which had just been edited")
    return _timed(times)


def measure_matches(index: EntryIndex, messages: Sequence[str]) -> Timed:
    """One message's match with all its sentences, encoding and all."""
    return timed(messages, lambda message: find_matches(index, get_encoder(), message))


def timed(messages: Sequence[str], work: Callable[[str], object]) -> Timed:
    times = []
    for message in messages:
        began = time.perf_counter()
        work(message)
        times.append((time.perf_counter() - began) * 1000)
    return _timed(times)


def _first(index: EntryIndex, text: str) -> Entry:
    (vector,) = get_encoder().encode_whole([text])
    return index.find(Question(text, vector), limit=1)[0].entry


def _timed(times: list[float]) -> Timed:
    return Timed(statistics.median(times), percentile(times, 0.95))
