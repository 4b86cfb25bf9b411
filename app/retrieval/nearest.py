"""The rows nearest to a vector: exact up to some 200,000 rows, approximate beyond."""

import faiss
import numpy as np

from app.retrieval.views import Floats

MOST_EXACT = 200_000
SOUGHT = 200  # rows an approximate search returns
WANTED_RECALL = 0.99
FIRST_PROBES = 16  # clusters; with 8 it found 0.99 for the rows themselves, 0.97 for questions to them
SAMPLE = 200  # rows whose neighbours the recall is measured on

faiss.omp_set_num_threads(1)  # with 2 threads on a busy machine 0.25 ms became 16 to 40 ms


class NearestRows:
    """Cosines of one vector with many rows of length 1."""

    def __init__(self, rows: Floats, *, most_exact: int = MOST_EXACT) -> None:
        """`rows` are kept, not copied, while the search is exact."""
        self._rows = rows
        self._approximate = _clustered(rows) if len(rows) > most_exact else None
        self.recall = (
            1.0 if self._approximate is None else _widen(self._approximate, rows)
        )  # of the first ten

    def cosines(self, vector: Floats) -> Floats:
        """With every row; of rows an approximate search did not return, -1. [rows]"""
        if self._approximate is None:
            return _products(self._rows, vector)
        found = np.full(len(self._rows), -1.0, dtype=np.float32)
        cosines, places = self._approximate.search(vector[np.newaxis], SOUGHT)
        kept = places[0] >= 0
        found[places[0][kept]] = cosines[0][kept]
        return found


def _products(rows: Floats, vector: Floats) -> Floats:
    """`rows @ vector` on one thread: numpy starts one per core, and on a busy machine 0.6 ms became 12."""
    if vector.shape != rows.shape[1:]:  # what is called below would read past its end
        raise ValueError(f"a vector of {vector.shape} does not compare with rows of {rows.shape}")
    products = np.empty(len(rows), dtype=np.float32)
    pointers = [faiss.swig_ptr(numbers) for numbers in (products, vector, rows)]  # raises unless contiguous
    faiss.fvec_inner_products_ny(*pointers, rows.shape[1], len(rows))  # type: ignore[attr-defined] # no stub
    return products


def _clustered(rows: Floats) -> faiss.IndexIVFFlat:
    width = rows.shape[1]
    clusters = int(2 * np.sqrt(len(rows)))  # twice as many took seven times as long to learn, for no gain
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(width), width, clusters, faiss.METRIC_INNER_PRODUCT)
    index.cp.max_points_per_centroid = 40  # FAISS warns below 39
    index.train(rows)
    index.add(rows)
    return index


def _widen(index: faiss.IndexIVFFlat, rows: Floats) -> float:
    """Look into more clusters until nearly all true neighbours are found. Gives the recall reached, 0..1."""
    sample = np.random.default_rng(0).choice(len(rows), min(SAMPLE, len(rows)), replace=False)
    asked = rows[sample]
    _, true = faiss.knn(asked, rows, 10, metric=faiss.METRIC_INNER_PRODUCT)
    index.nprobe = FIRST_PROBES
    while True:
        _, places = index.search(asked, 10)
        recall = float(np.mean([len({*a} & {*b}) / 10 for a, b in zip(true, places, strict=True)]))
        if recall >= WANTED_RECALL or index.nprobe >= index.nlist:
            return recall
        index.nprobe *= 2
