"""An embeddings answer in the form of OpenAI's API, read with distrust."""

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError


class _Row(BaseModel):
    index: int
    embedding: list[float]


class _Answer(BaseModel):
    """The part that is used; servers differ in the rest."""

    data: list[_Row]


def read_vectors(body: bytes, *, expected: int) -> NDArray[np.float32]:
    """Vectors of length 1 in the order of the texts, shape (expected, dimensions).

    Servers may answer in any order: `index` counts. Raises `ValueError` with one sentence for people.
    """
    try:
        rows = _Answer.model_validate_json(body).data
    except ValidationError as error:
        raise ValueError("It did not answer with a list of embeddings.") from error
    if sorted(row.index for row in rows) != list(range(expected)):
        raise ValueError(f"It was sent {expected} texts and gave {len(rows)} embeddings, or some twice.")
    ordered = sorted(rows, key=lambda row: row.index)
    sizes = {len(row.embedding) for row in ordered}
    if len(sizes) != 1 or 0 in sizes:
        raise ValueError("Its embeddings are not all equally long.")
    vectors = np.array([row.embedding for row in ordered], dtype=np.float64)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        raise ValueError("One of its embeddings is zero or not a number.")
    unit: NDArray[np.float32] = (vectors / lengths).astype(np.float32)
    return unit
