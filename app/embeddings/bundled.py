"""The encoder that `make setup` made from the package's weights. Never imports torch.

Each text runs alone: the int8 graph scales its activations by the largest of a batch, so neighbours would
move a text's vector. Many texts run on several threads instead; a batch on one would gain a tenth.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from pydantic import ValidationError
from tokenizers import Tokenizer

from app.embeddings.manifest import EncoderManifest, sha256_of
from app.embeddings.texts import EncoderUnavailable, readable

MANY_TEXTS = 32  # from here on threads are worth starting
MOST_THREADS = 4  # of one import: several processes share the machine
STRIDE = 256  # texts that are tokenised together


class BundledEncoder:
    """Sentence embeddings by onnxruntime. Safe to use from several threads at once."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder of that folder. Raises `EncoderUnavailable` unless it is whole and unchanged."""
        manifest = read_manifest(folder)
        self._session = onnxruntime.InferenceSession(
            folder / "encoder.onnx", _options(), providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(manifest.max_tokens)
        self.model_id = manifest.encoder_sha256[:12]
        self.dimensions = manifest.dimensions
        self.inner_dimensions = manifest.inner_dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shape (len(texts), dimensions). Takes any text, however long or broken."""
        return self.encode_whole(texts)[:, : self.dimensions]

    def encode_whole(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same, followed by the mean of the inner layers: (len(texts), dimensions + inner_dimensions)."""
        vectors = np.empty((len(texts), self.dimensions + self.inner_dimensions), dtype=np.float32)
        threads = min(MOST_THREADS, os.cpu_count() or 1)
        if len(texts) < MANY_TEXTS or threads == 1:
            self._fill(vectors, texts)
            return vectors
        with ThreadPoolExecutor(threads) as pool:
            starts = range(0, len(texts), STRIDE // threads)
            parts = [slice(start, start + STRIDE // threads) for start in starts]
            list(pool.map(lambda part: self._fill(vectors[part], texts[part]), parts))
        return vectors

    def _fill(self, vectors: NDArray[np.float32], texts: Sequence[str]) -> None:
        for row, text in enumerate(texts):
            tokens = self._tokenizer.encode(readable(text)).ids
            inputs = {"input_ids": np.array([tokens], dtype=np.int64)}
            meaning, inner = self._session.run(None, inputs)
            vectors[row, : self.dimensions] = meaning[0]
            vectors[row, self.dimensions :] = inner[0]


def read_manifest(folder: Path) -> EncoderManifest:
    """What is known of the encoder there. Raises `EncoderUnavailable` when a file is missing or differs."""
    try:
        manifest = EncoderManifest.model_validate_json((folder / "manifest.json").read_bytes())
        found = sha256_of(folder / "encoder.onnx")
        has_tokenizer = (folder / "tokenizer.json").is_file()
    except (OSError, ValidationError) as error:
        raise EncoderUnavailable(f"There is no whole text encoder in {folder}. Run: make setup") from error
    if found != manifest.encoder_sha256 or not has_tokenizer:
        raise EncoderUnavailable(f"The text encoder in {folder} is not the one made there. Run: make setup")
    return manifest


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # several processes share the machine
    options.inter_op_num_threads = 1
    # The graph is written fused. Going further would join Add and LayerNormalization, which is slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return options
