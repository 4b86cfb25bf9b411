"""Texts to vectors, with the encoder that `make setup` exported. Never imports torch.

A text's vector does not depend on what else is encoded with it: the int8 model scales its activations by the
largest of the whole batch (batches of 32 moved vectors down to a cosine of 0.98), so each text runs alone.
On one thread a batch would be only a third faster.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from pydantic import ValidationError
from tokenizers import Tokenizer

from app.core.errors import ServiceError
from app.embeddings.manifest import EncoderManifest, encoder_folder, sha256_of

LONGEST_TEXT = 8_000  # characters; the model reads 256 tokens, about 1,200 characters


class EncoderUnavailable(ServiceError):
    status = 503
    title = "The text encoder is not there"


class Encoder:
    """Sentence embeddings by onnxruntime on one thread. Safe to use from several threads at once."""

    def __init__(self, folder: Path) -> None:
        """Load the encoder of that folder. Raises `EncoderUnavailable` unless it is whole and unchanged."""
        manifest = read_manifest(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # several processes share the machine
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            folder / "encoder.onnx", options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(manifest.max_tokens)
        self.model_id = manifest.encoder_sha256[:12]
        self.dimensions = manifest.dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shape (len(texts), dimensions). Takes any text, however long or broken."""
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            encoding = self._tokenizer.encode(readable(text))
            inputs = {
                "input_ids": np.array([encoding.ids], dtype=np.int64),
                "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
            }
            vectors[row] = self._session.run(None, inputs)[0][0]
        return vectors


def readable(text: str) -> str:
    """The text without what no tokeniser or database takes: NUL, lone surrogates, endless length."""
    start = text[:LONGEST_TEXT].replace("\0", " ")
    return start.encode("utf-8", "replace").decode("utf-8")


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


@lru_cache(maxsize=1)
def get_encoder() -> Encoder:
    """This process's encoder, loaded on first use."""
    return Encoder(encoder_folder())
