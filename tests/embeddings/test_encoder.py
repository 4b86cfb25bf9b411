"""The exported encoder as the product uses it."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.embeddings.bundled import MANY_TEXTS, BundledEncoder
from app.embeddings.encoder import LONGEST_TEXT, EncoderUnavailable, get_encoder, readable
from app.embeddings.manifest import encoder_folder

HOSTILE = [
    "",
    " ",
    "\0",
    "\ud800",
    "😡" * 5_000,
    "a\u0301" * 9_000,
    "a." * 9_000,
    "x" * 1_000_000,
    " " * 1_000_000,
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder that holds the encoder's files, for spoiling."""
    for file in encoder_folder().iterdir():
        (tmp_path / file.name).symlink_to(file)
    return tmp_path


def test_vectors_have_length_one_and_alike_texts_are_near() -> None:
    vectors = get_encoder().encode(
        ["May I take my bike on the ferry?", "bicycle on boat allowed?", "How do I reset my password?"]
    )

    assert vectors.shape == (3, get_encoder().dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]


def test_a_text_has_the_same_vector_in_any_company() -> None:
    texts = ["wifi?", "My train was two hours late and nobody said a word. " * 9, "Danke!", ""]

    together = get_encoder().encode(texts)

    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(get_encoder().encode([text])[0], vector)


def test_no_texts_give_no_vectors() -> None:
    encoder = get_encoder()

    assert encoder.encode([]).shape == (0, encoder.dimensions)
    assert encoder.encode_whole([]).shape == (0, encoder.dimensions + encoder.inner_dimensions)


def test_a_whole_vector_is_the_plain_one_followed_by_its_inner_layers_of_length_one() -> None:
    encoder = get_encoder()
    texts = ["wifi?", "", "half a \ud83d pair", "My train was two hours late. " * 90, "Wo ist das Boot?"]

    whole = encoder.encode_whole(texts)

    inner = whole[:, encoder.dimensions :]
    assert whole.dtype == np.float32
    assert inner.shape == (len(texts), encoder.inner_dimensions) == (len(texts), 384)
    assert np.array_equal(whole[:, : encoder.dimensions], encoder.encode(texts))
    assert np.linalg.norm(inner, axis=1) == pytest.approx(1.0, abs=1e-4)


def test_many_texts_have_the_same_whole_vectors_as_one_by_one() -> None:
    texts = [f"question number {number} about boats" for number in range(MANY_TEXTS + 1)]

    together = get_encoder().encode_whole(texts)

    for text, vector in zip(texts, together, strict=True):
        assert np.array_equal(get_encoder().encode_whole([text])[0], vector)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.timeout(5)
def test_any_text_is_encoded(text: str) -> None:
    vector = get_encoder().encode([text])[0]

    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)


def test_a_long_text_is_cut_before_it_is_read() -> None:
    assert readable("a b" + "\ud800\0" * 1_000_000) == "a b" + "? " * ((LONGEST_TEXT - 3) // 2) + "?"


def test_what_lies_beyond_the_models_sight_changes_nothing() -> None:
    seen = "The boat to Eilan was late. " * 60

    vectors = get_encoder().encode([seen, seen + "I want my money back. " * 60])

    assert np.array_equal(vectors[0], vectors[1])


def test_the_model_id_is_the_encoders_sum() -> None:
    manifest = json.loads((encoder_folder() / "manifest.json").read_text())

    assert get_encoder().model_id == manifest["encoder_sha256"][:12]


@pytest.mark.parametrize("name", ["manifest.json", "encoder.onnx", "tokenizer.json"])
def test_a_missing_file_says_what_to_do(copy: Path, name: str) -> None:
    (copy / name).unlink()

    with pytest.raises(EncoderUnavailable, match=r"Run: make setup"):
        BundledEncoder(copy)


@pytest.mark.parametrize(("name", "content"), [("manifest.json", b"{}"), ("encoder.onnx", b"onnx")])
def test_a_spoiled_file_says_what_to_do(copy: Path, name: str, content: bytes) -> None:
    (copy / name).unlink()
    (copy / name).write_bytes(content)

    with pytest.raises(EncoderUnavailable, match=r"Run: make setup"):
        BundledEncoder(copy)


def test_searching_loads_no_torch() -> None:
    code = "import sys, app.retrieval.matching; sys.exit('torch' in sys.modules or 'onnx' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
