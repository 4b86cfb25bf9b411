"""Texts to vectors: the one interface, and which encoder this process uses."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from app.core.settings import Settings, get_settings
from app.embeddings.bundled import BundledEncoder
from app.embeddings.endpoint import EndpointEncoder
from app.embeddings.local_model import LocalModelEncoder
from app.embeddings.manifest import encoder_folder
from app.embeddings.texts import LONGEST_TEXT, EncoderUnavailable, readable

__all__ = ["LONGEST_TEXT", "Encoder", "EncoderUnavailable", "get_encoder", "make_encoder", "readable"]


class Encoder(Protocol):
    """Safe to use from several threads at once. A text's vector does not depend on its company."""

    def __hash__(self) -> int: ...

    @property
    def model_id(self) -> str:
        """Letters, digits, `-` and `_`, the same as long as the same text gives the same vector."""

    @property
    def dimensions(self) -> int: ...

    @property
    def inner_dimensions(self) -> int:
        """How many numbers of inner layers `encode_whole` adds; 0 where the model shows none."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shape (len(texts), dimensions). Takes any text, however long or broken.

        Raises `EncoderUnavailable` when the model cannot be reached or answers with something else.
        """

    def encode_whole(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same, each followed by a vector of length 1 of the model's inner layers, if it shows any."""


def make_encoder(settings: Settings) -> Encoder:
    """The encoder that is configured. Raises `EncoderUnavailable` when it cannot be loaded."""
    chosen = settings.encoder
    if chosen is None:
        return BundledEncoder(encoder_folder())
    if chosen.startswith(("http://", "https://")):
        return EndpointEncoder(
            chosen,
            model=settings.encoder_model,
            api_key=settings.encoder_api_key,
            timeout_seconds=settings.encoder_timeout_seconds,
        )
    return LocalModelEncoder(chosen)


@lru_cache(maxsize=1)
def get_encoder() -> Encoder:
    """This process's encoder, loaded on first use."""
    return make_encoder(get_settings())
