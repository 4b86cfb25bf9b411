"""The index of the FAQ: how long a process waits for it, and how long one message takes to be matched."""

import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.database import transaction
from app.core.settings import get_settings
from app.embeddings.encoder import get_encoder
from app.retrieval.index import EntryIndex, phrasings_of
from app.retrieval.live_index import LiveIndex
from app.retrieval.matching import find_matches


@dataclass(frozen=True)
class Matching:
    entries: int
    phrasings: int
    first_start_seconds: float  # every phrasing is encoded
    later_start_seconds: float  # the vectors are on disk
    match_ms: float  # median of one message, encoder and all
    encode_ms: float  # median of its encoder's share: the message as one text


def measure_matching(texts: Sequence[str]) -> Matching:
    get_encoder()
    shutil.rmtree(get_settings().home / "vectors", ignore_errors=True)
    first, index = _build()
    later, index = _build()
    return Matching(
        entries=len(index.versions),
        phrasings=sum(len(phrasings_of(version)) for version in index.versions),
        first_start_seconds=first,
        later_start_seconds=later,
        match_ms=_median_ms(texts, lambda text: find_matches(index, get_encoder(), text)),
        encode_ms=_median_ms(texts, lambda text: get_encoder().encode([text])),
    )


def _build() -> tuple[float, EntryIndex]:
    began = time.perf_counter()
    with transaction() as session:
        index = LiveIndex().current(session)
    return time.perf_counter() - began, index


def _median_ms(texts: Sequence[str], work: Callable[[str], object]) -> float:
    times = []
    for text in texts:
        began = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)
