"""Where the exported encoder lies, and what is known of it. Set-up makes it, the product reads it."""

import hashlib
import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class EncoderManifest(BaseModel):
    """What lies beside the exported encoder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source_sha256: str  # of the weights
    recipe: int  # how the weights are turned into encoder.onnx
    encoder_sha256: str  # of encoder.onnx
    dimensions: int
    inner_dimensions: int  # of the second output
    max_tokens: int  # longer texts are cut
    least_cosine: float  # between encoder.onnx and the original, over the probes
    made_with: dict[str, str]  # library: version


def encoder_folder() -> Path:
    """Where the virtual environment keeps encoder.onnx, tokenizer.json and manifest.json."""
    return Path(sys.prefix) / "share" / "sayso" / "encoder"


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
