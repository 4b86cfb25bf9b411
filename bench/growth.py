"""What an index of many entries takes, in a process of its own: `python -m bench.growth`.

Reads a task as JSON from standard input and prints one line of JSON. The vectors are real ones moved a
little, so that many lie about as real ones do: random ones form no clusters.
"""

import gc
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import psutil

from app.retrieval.index import EntryIndex
from app.retrieval.search import Question
from app.retrieval.shelf import Shelf
from bench.our_searches import best_entries
from bench.phrasings import as_entries, phrasings
from bench.rounds import NEAREST, Floats

MOVED = 0.5  # length of the noise beside a vector of length 1: cosine 0.89 to where it was
SEED = 20261124
FILLED_AT_ONCE = 10_000


@dataclass(frozen=True)
class Grown:
    entries: int
    dimensions: int
    build_seconds: float  # without encoding
    resident_bytes: int  # entries, texts and index, after building
    peak_bytes: int  # of the process while building, over what it held before
    dense_ms: float  # median, vector in, ten entries out
    find_ms: float  # median, words and letters too
    recall: float  # of the ten nearest of questions that are not in the index


def main() -> None:
    task = json.load(sys.stdin)
    folder = Path(task["folder"])
    whole, asked = np.load(folder / "rows.npy"), np.load(folder / "asked.npy")
    print(json.dumps(asdict(_grown(whole, asked, task["entries"], int(np.load(folder / "dimensions.npy"))))))


def _grown(whole: Floats, asked: Floats, entries: int, dimensions: int) -> Grown:
    texts = phrasings(entries + len(asked))
    questions = [Question(text, vector) for text, vector in zip(texts[entries:], asked, strict=True)]
    before = _resident()
    spent = {"embedding": 0.0}
    began = time.perf_counter()
    index = EntryIndex.of(
        as_entries(texts[:entries]), _embed(whole, dimensions, spent), dimensions=dimensions
    )
    took = time.perf_counter() - began - spent["embedding"]
    gc.collect()
    held = _resident() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    shelf = index._base  # a search's dense part has no door of its own
    vectors = [np.ascontiguousarray(vector[:dimensions]) for vector in asked]
    return Grown(
        entries=entries,
        dimensions=dimensions,
        build_seconds=took,
        resident_bytes=held,
        peak_bytes=peak,
        dense_ms=_median_ms(vectors, lambda vector: best_entries(shelf, vector)),
        find_ms=_median_ms(questions, lambda question: index.find(question, limit=NEAREST)),
        recall=_recall(shelf, vectors),
    )


def _embed(whole: Floats, dimensions: int, spent: dict[str, float]) -> Callable[[Sequence[str]], Floats]:
    """Vectors for so many texts, whatever they say; its time is not the index's."""

    def embed(texts: Sequence[str]) -> Floats:
        began = time.perf_counter()
        numbers = np.random.default_rng(SEED)
        vectors = np.empty((len(texts), whole.shape[1]), dtype=np.float32)
        for start in range(0, len(texts), FILLED_AT_ONCE):
            part = vectors[start : start + FILLED_AT_ONCE]
            part[:] = whole[np.arange(start, start + len(part)) % len(whole)]
            noise = numbers.standard_normal((len(part), dimensions), dtype=np.float32)
            part[:, :dimensions] += MOVED / np.sqrt(dimensions) * noise
            part[:, :dimensions] /= np.linalg.norm(part[:, :dimensions], axis=1, keepdims=True)
        spent["embedding"] += time.perf_counter() - began
        return vectors

    return embed


def _resident() -> int:
    return int(psutil.Process().memory_info().rss)


def _median_ms(asked: Sequence[Any], search: Callable[[Any], object]) -> float:
    times = []
    for one in asked:
        began = time.perf_counter()
        search(one)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _recall(shelf: Shelf, vectors: Sequence[Floats]) -> float:
    _, exact = faiss.knn(np.array(vectors), shelf.meaning, NEAREST, metric=faiss.METRIC_INNER_PRODUCT)
    found = [best_entries(shelf, vector) for vector in vectors]
    shares = [len({*ours} & {*true}) / NEAREST for ours, true in zip(found, exact.tolist(), strict=True)]
    return statistics.mean(shares)


if __name__ == "__main__":
    main()
