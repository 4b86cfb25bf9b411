"""Time of encoding, ours beside plain sentence-transformers on the same texts: `python -m bench.embedding`.

Reads a task as JSON from standard input and prints one line of JSON. A process of its own: torch is large.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from app.core.settings import CHECKOUT
from app.embeddings.bundled import MANY_TEXTS, MOST_THREADS, BundledEncoder
from app.embeddings.export import source_folder
from app.embeddings.manifest import encoder_folder
from app.evaluation.faq_files import read_faq_set
from app.evaluation.matching import entries_of, read_cases
from app.evaluation.sets import Case, EvalSet
from app.knowledge.kb_files import check_kb
from app.retrieval.corpus import phrasings_of
from bench.rounds import Floats

Encode = Callable[[Sequence[str]], Floats]

PUBLIC = CHECKOUT.parent / "shared" / "data" / "faq_match"
PUBLIC_SETS = {"Banking77": "banking77", "CLINC150": "clinc150"}
FIRST = 5  # entries


def main() -> None:
    task = json.load(sys.stdin)
    ours, theirs = BundledEncoder(encoder_folder()), SentenceTransformer(str(source_folder()), device="cpu")

    def plain(texts: Sequence[str]) -> Floats:
        """As its documentation does, batches of 32."""
        vectors: Floats = theirs.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return vectors

    print(
        json.dumps(
            {
                "one": _one_message([ours.encode, plain], task["messages"]),
                "import": _import([ours.encode, plain], task["import"], MOST_THREADS),
                "import, one thread": _import([_unthreaded(ours), plain], task["import"], 1),
                "recall": {
                    name: _recalls([ours.encode, plain], held)
                    for name, held in _sets(with_public=task["with_public"])
                },
            }
        )
    )


def _one_message(encoders: Sequence[Encode], messages: Sequence[str]) -> list[float]:
    """Median milliseconds, one thread each, message by message in turn."""
    torch.set_num_threads(1)
    times: list[list[float]] = [[] for _ in encoders]
    for message in [*messages[:5], *messages]:
        for spent, encode in zip(times, encoders, strict=True):
            spent.append(_seconds(encode, [message]) * 1000)
    return [statistics.median(spent[5:]) for spent in times]


def _import(encoders: Sequence[Encode], texts: Sequence[str], threads: int) -> list[float]:
    """Seconds for all of them; torch gets as many threads as ours takes."""
    torch.set_num_threads(min(threads, os.cpu_count() or 1))
    return [_seconds(encode, texts) for encode in encoders]


def _unthreaded(encoder: BundledEncoder) -> Encode:
    few = MANY_TEXTS - 1  # for so few it starts no threads

    def encode(texts: Sequence[str]) -> Floats:
        parts = [texts[start : start + few] for start in range(0, len(texts), few)]
        return np.concatenate([encoder.encode(part) for part in parts])

    return encode


def _seconds(encode: Encode, texts: Sequence[str]) -> float:
    began = time.perf_counter()
    encode(texts)
    return time.perf_counter() - began


def _sets(*, with_public: bool) -> Iterator[tuple[str, EvalSet]]:
    """Ours, and the public ones that lie beside the checkout."""
    yield "our own cases", _own_set()
    for name, stem in PUBLIC_SETS.items() if with_public else ():
        files = [PUBLIC / f"{stem}_{part}.jsonl" for part in ("faq", "queries")]
        if all(file.is_file() for file in files):
            yield name, read_faq_set(files[0], files[1])


def _own_set() -> EvalSet:
    cases = read_cases(CHECKOUT / "evals" / "cases" / "matching.yaml")
    return EvalSet(
        entries_of(check_kb(CHECKOUT / "kb")),
        tuple(
            Case(case.id, case.text, frozenset({case.expects}), in_scope=True)
            for case in cases
            if case.expects is not None
        ),
    )


def _recalls(encoders: Sequence[Encode], held: EvalSet) -> dict[str, Any]:
    asked = sum(case.in_scope for case in held.cases)
    return {"questions": asked, "recall": [_recall(encode, held) for encode in encoders]}


def _recall(encode: Encode, held: EvalSet) -> float:
    """Of the questions with an entry, how many have it among the five with the nearest phrasings. 0..1"""
    texts = [[phrasing.encoded for phrasing in phrasings_of(entry)] for entry in held.entries]
    starts = np.cumsum([0, *(len(own) for own in texts)])[:-1]
    rows = encode([text for own in texts for text in own])
    cases = [case for case in held.cases if case.in_scope]
    asked = encode([case.text for case in cases])
    scores = np.maximum.reduceat(asked @ rows.T, starts, axis=1)
    found = np.argsort(-scores, axis=1)[:, :FIRST]
    hits = [
        any(held.entries[place].key in case.gold for place in best)
        for case, best in zip(cases, found, strict=True)
    ]
    return float(np.mean(hits))


if __name__ == "__main__":
    main()
