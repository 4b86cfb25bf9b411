"""The peers' searches over the same vectors: `python -m bench.peers.vector_stores FOLDER`, one round a line.

Each is set up as its own documentation does. A peer that is not installed is left out.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bench.rounds import NEAREST, Floats, Search, serve

ADDED_AT_ONCE = 5_000  # chromadb refuses more than 5,461


def main(folder: Path) -> None:
    dimensions = int(np.load(folder / "dimensions.npy"))
    rows, asked = (np.load(folder / name)[:, :dimensions] for name in ("rows.npy", "asked.npy"))
    texts = (folder / "texts.txt").read_text().splitlines()
    searches: dict[str, Search] = {}
    for name, set_up in SET_UPS.items():
        try:
            searches[name] = set_up(texts, np.ascontiguousarray(rows))
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    serve(searches, np.ascontiguousarray(asked))


def langchain(texts: Sequence[str], rows: Floats) -> Search:
    import faiss  # noqa: PLC0415 -- any of the peers may be missing
    from langchain_community.docstore.in_memory import InMemoryDocstore  # noqa: PLC0415
    from langchain_community.vectorstores import FAISS  # noqa: PLC0415
    from langchain_community.vectorstores.utils import DistanceStrategy  # noqa: PLC0415

    faiss.omp_set_num_threads(1)
    store = FAISS(
        embedding_function=lambda text: [],
        index=faiss.IndexFlatIP(rows.shape[1]),
        docstore=InMemoryDocstore(),
        index_to_docstore_id={},
        distance_strategy=DistanceStrategy.MAX_INNER_PRODUCT,
    )
    store.add_embeddings(
        list(zip(texts, rows.tolist(), strict=True)), ids=[str(number) for number in range(len(texts))]
    )
    return lambda _, vector: [
        int(found.id) for found in store.similarity_search_by_vector(vector.tolist(), k=NEAREST)
    ]


def chromadb(texts: Sequence[str], rows: Floats) -> Search:
    from chromadb import EphemeralClient, Settings  # noqa: PLC0415

    client = EphemeralClient(Settings(anonymized_telemetry=False))
    collection = client.create_collection(
        "entries", embedding_function=None, configuration={"hnsw": {"space": "ip"}}
    )
    for start in range(0, len(texts), ADDED_AT_ONCE):
        part = range(start, min(start + ADDED_AT_ONCE, len(texts)))
        collection.add(
            ids=[str(number) for number in part],
            embeddings=rows[part.start : part.stop],
            documents=[texts[number] for number in part],
        )
    return lambda _, vector: [
        int(found) for found in collection.query(query_embeddings=[vector], n_results=NEAREST)["ids"][0]
    ]


def haystack(texts: Sequence[str], rows: Floats) -> Search:
    from haystack import Document  # noqa: PLC0415
    from haystack.document_stores.in_memory import InMemoryDocumentStore  # noqa: PLC0415

    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    store.write_documents(
        [
            Document(id=str(number), content=text, embedding=row)
            for number, (text, row) in enumerate(zip(texts, rows.tolist(), strict=True))
        ]
    )
    return lambda _, vector: [
        int(found.id) for found in store.embedding_retrieval(vector.tolist(), top_k=NEAREST)
    ]


SET_UPS: dict[str, Callable[[Sequence[str], Floats], Search]] = {
    "langchain-community FAISS": langchain,
    "chromadb": chromadb,
    "haystack-ai in memory": haystack,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]))
