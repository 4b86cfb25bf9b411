"""A sentence-transformers model in the place of the bundled encoder."""

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.core.settings import Settings
from app.embeddings.encoder import Encoder, EncoderUnavailable, get_encoder, make_encoder, readable
from app.embeddings.export import source_folder
from app.embeddings.graph import INNER_LAYERS
from app.embeddings.local_model import LocalModelEncoder

TEXTS = [
    "Where is my train?",
    "Can I take my dog on the ferry to Eilan, and what does it cost?",
    "Wo finde ich die Fahrkarte, die ich gestern gekauft habe?",
    "I want my money back, this is the third time this month!!!",
    "",
    "half a \ud83d pair and a nul \0",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return make_encoder(Settings(encoder=str(source_folder())))


def test_the_bundled_encoder_is_near_the_model_it_was_made_from(encoder: Encoder) -> None:
    ours, theirs = get_encoder().encode(TEXTS), encoder.encode(TEXTS)

    assert theirs.dtype == np.float32
    assert theirs.shape == (len(TEXTS), encoder.dimensions) == ours.shape
    assert np.linalg.norm(theirs, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (ours * theirs).sum(axis=1).min() > 0.98


def test_the_inner_layers_are_near_those_of_the_model_it_was_made_from() -> None:
    theirs = np.array([inner_layers(text) for text in TEXTS])

    ours = get_encoder().encode_whole(TEXTS)[:, get_encoder().dimensions :]

    assert (ours * theirs).sum(axis=1).min() > 0.98


@lru_cache(maxsize=1)
def original() -> Any:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 -- brings torch: seconds to load

    return SentenceTransformer(str(source_folder()), device="cpu")


def inner_layers(text: str) -> NDArray[np.float32]:
    """The mean over tokens and over the inner layers, of length 1, as the original computes them."""
    tokens = original().tokenizer(readable(text), return_tensors="pt", truncation=True, max_length=256)
    states = original()[0].auto_model(**tokens, output_hidden_states=True).hidden_states
    # The first state is the embedding of the words, so a layer's own state comes one later.
    layers = np.stack([states[layer + 1][0].detach().numpy() for layer in INNER_LAYERS])
    mean = layers.mean(axis=(0, 1))
    unit: NDArray[np.float32] = mean / np.linalg.norm(mean)
    return unit


def test_a_configured_model_shows_no_inner_layers(encoder: Encoder) -> None:
    assert encoder.inner_dimensions == 0
    assert np.array_equal(encoder.encode_whole(TEXTS[:2]), encoder.encode(TEXTS[:2]))


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_a_model_with_other_weights_has_another_id(encoder: Encoder, tmp_path: Path) -> None:
    copy = shutil.copytree(source_folder(), tmp_path / "model")
    alike = LocalModelEncoder(str(copy))
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4] + b"\x00\x00\x80\x3f")
    retrained = LocalModelEncoder(str(copy))

    assert alike.model_id == encoder.model_id
    assert retrained.model_id != alike.model_id
    assert alike.model_id.startswith("model-")


@pytest.mark.parametrize("place", ["/nowhere/at/all", "~nobody/model", "./absent"])
def test_a_folder_that_is_not_there_is_named(place: str) -> None:
    with pytest.raises(EncoderUnavailable, match=r"SAYSO_ENCODER names the folder .*, which does not exist"):
        LocalModelEncoder(place)


def test_a_folder_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match=r"cannot load.*unset SAYSO_ENCODER"):
        LocalModelEncoder(str(tmp_path))


def test_a_missing_library_says_what_to_do() -> None:
    code = (
        "import sys; sys.modules['sentence_transformers'] = None\n"
        "from app.embeddings.encoder import get_encoder, EncoderUnavailable\n"
        "try: get_encoder()\n"
        "except EncoderUnavailable as error: print(error.detail)\n"
    )
    asked = {**os.environ, "SAYSO_ENCODER": "any/model"}
    said = subprocess.run([sys.executable, "-c", code], env=asked, capture_output=True, text=True, check=True)

    assert said.stdout.startswith("SAYSO_ENCODER asks for “any/model”, which needs sentence-transformers")
    assert "make setup" in said.stdout
