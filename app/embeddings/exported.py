"""The exported encoder on disk: where it lies, what it promises, whether it is the pinned one."""

import hashlib
import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict

SOURCE_SHA256 = (
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # published all-MiniLM-L6-v2
)
INPUTS = ("input_ids", "attention_mask")  # int64 [batch, sequence]
OUTPUT = "sentence_embedding"  # float32 [batch, dimensions], of length 1


class EncoderManifest(BaseModel):
    """What lies beside the exported encoder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source_sha256: str  # of the weights
    encoder_sha256: str  # of encoder.onnx
    dimensions: int
    max_tokens: int  # tokenizer.json cuts longer texts
    least_cosine: float  # between encoder.onnx and the original, over the export's probes
    made_with: dict[str, str]  # library: version


def encoder_folder() -> Path:
    """Where the virtual environment keeps encoder.onnx, tokenizer.json and manifest.json."""
    return Path(sys.prefix) / "share" / "sayso" / "encoder"


def read_manifest(folder: Path) -> EncoderManifest:
    return EncoderManifest.model_validate_json((folder / "manifest.json").read_text())


def is_exported(folder: Path) -> bool:
    """Whether the folder holds a whole encoder made from the pinned weights."""
    if not (folder / "manifest.json").exists():
        return False
    manifest = read_manifest(folder)
    return manifest.source_sha256 == SOURCE_SHA256 and manifest.encoder_sha256 == sha256_of(
        folder / "encoder.onnx"
    )


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
