"""Our search and raw FAISS over the same vectors: `python -m bench.our_searches FOLDER`, one round a line."""

import sys
from pathlib import Path

import faiss
import numpy as np

from app.retrieval.corpus import phrasings_of
from app.retrieval.index import EntryIndex
from app.retrieval.search import Question
from app.retrieval.shelf import Shelf
from bench.phrasings import as_entries, phrasings
from bench.rounds import NEAREST, Floats, Search, serve


def main(folder: Path) -> None:
    whole, asked = np.load(folder / "rows.npy"), np.load(folder / "asked.npy")
    dimensions = int(np.load(folder / "dimensions.npy"))
    texts = phrasings(len(whole) + len(asked))
    entries = as_entries(texts[: len(whole)])
    rows = np.ascontiguousarray(whole[:, :dimensions])
    shelf = Shelf(entries, [phrasings_of(entry) for entry in entries], rows)
    index = EntryIndex.of(entries, lambda texts: whole[: len(texts)], dimensions=dimensions)
    places = {entry.key: place for place, entry in enumerate(entries)}
    flat = faiss.IndexFlatIP(dimensions)
    flat.add(rows)

    def dense(_: int, vector: Floats) -> list[int]:
        return best_entries(shelf, vector[:dimensions])

    def raw(_: int, vector: Floats) -> list[int]:
        found: list[int] = flat.search(vector[np.newaxis, :dimensions], NEAREST)[1][0].tolist()
        return found

    def fused(number: int, vector: Floats) -> list[int]:
        question = Question(texts[len(whole) + number], vector)
        return [places[one.entry.key] for one in index.find(question, limit=NEAREST)]

    searches: dict[str, Search] = {"ours": dense, "raw FAISS": raw, "ours, fused": fused}
    serve(searches, asked)


def best_entries(shelf: Shelf, vector: Floats) -> list[int]:
    """The dense part of a search: places of the ten entries with the nearest phrasings, best first."""
    scores = shelf.best_of_entries(shelf.nearest.cosines(vector))
    best = np.argpartition(-scores, NEAREST)[:NEAREST]
    found: list[int] = best[np.argsort(-scores[best])].tolist()
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
