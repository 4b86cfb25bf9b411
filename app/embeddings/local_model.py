"""Any sentence-transformers model, by name or folder. Loads torch, so only where one is configured."""

import hashlib
import importlib.metadata
import json
import re
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.embeddings.texts import EncoderUnavailable, readable

BATCH = 32


class LocalModelEncoder:
    """Safe to use from several threads at once; they take turns."""

    def __init__(self, name: str) -> None:
        """Load the model `name`: a folder, or a name that sentence-transformers knows or has downloaded.

        Raises `EncoderUnavailable` with the library's own words when it cannot.
        """
        self._model = _load(name)
        self._turn = Lock()
        self.model_id = _model_id(name, self._model)
        self.dimensions = len(self._encoded([""])[0])

    @property
    def inner_dimensions(self) -> int:
        return 0

    def encode_whole(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode(texts)  # only the bundled model shows its inner layers

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shape (len(texts), dimensions). Takes any text, however long or broken."""
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return self._encoded([readable(text) for text in texts])

    def _encoded(self, texts: list[str]) -> NDArray[np.float32]:
        with self._turn:
            vectors: NDArray[np.float32] = self._model.encode(
                texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


def _load(name: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 -- brings torch: seconds to load
    except ImportError as error:
        raise EncoderUnavailable(
            f"SAYSO_ENCODER asks for “{name}”, which needs sentence-transformers and torch, and one "
            f"of them is not installed ({error}). Run: make setup, or unset SAYSO_ENCODER."
        ) from error
    is_folder = name.startswith((".", "/", "~"))
    place = str(Path(name).expanduser()) if is_folder else name
    if is_folder and not Path(place).is_dir():
        raise EncoderUnavailable(f"SAYSO_ENCODER names the folder {place}, which does not exist. Correct it.")
    try:
        return SentenceTransformer(place, device="cpu")
    except Exception as error:
        # Whatever the library, the hub's client or the model's own files raise: none of it is ours to name.
        raise EncoderUnavailable(
            f"SAYSO_ENCODER asks for “{name}”, which sentence-transformers cannot load: "
            f"{_first_line(error)} Name a folder that holds a whole model, or unset SAYSO_ENCODER."
        ) from error


def _model_id(name: str, model: Any) -> str:
    """The model's name and what its weights and the libraries say: a retrained folder is another model."""
    digest = hashlib.sha256(str(model).encode())  # pooling, normalisation
    for key, tensor in sorted(model.state_dict().items()):
        values = tensor.detach().cpu().contiguous().view(-1).float().numpy().tobytes()
        digest.update(f"{key} {tuple(tensor.shape)}".encode())
        digest.update(values)
    digest.update(str(model.max_seq_length).encode())
    digest.update(json.dumps(model.prompts, sort_keys=True).encode())
    digest.update(importlib.metadata.version("sentence-transformers").encode())
    stem = re.sub(r"[^A-Za-z0-9]+", "-", Path(name).name).strip("-")[:40]
    return f"{stem}-{digest.hexdigest()[:12]}"


def _first_line(error: Exception) -> str:
    line = (str(error).splitlines() or [type(error).__name__])[0].strip()
    return line if line.endswith(".") else f"{line}."
