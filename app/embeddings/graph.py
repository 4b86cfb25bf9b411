"""The encoder as an ONNX graph, put together by hand from MiniLM's weights: transformer, mean, length 1.

An exported graph is first taken apart into small operations and then only partly put together again by
onnxruntime. This one is written in its fused operations from the start, which takes a third off the time of
a short message. Weights are 8-bit per output channel. Activations are scaled by the largest of their text,
so a text must run alone: in a batch its neighbours would move its vector (down to a cosine of 0.95).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[np.float32]

RECIPE = 3  # counted up when the same weights would give another graph
INPUT = "input_ids"  # int64 [batch, sequence], without padding
OUTPUT = "sentence_embedding"  # float32 [batch, dimensions], of length 1
# Mean of the layers that still tell words apart; where entries differ in a word or two it finds more.
INNER_OUTPUT = "inner_embedding"  # float32 [batch, dimensions], of length 1
INNER_LAYERS = (2, 3, 4)  # of 0 to 5
LAYERS = 6
HEADS = 12
EPSILON = 1e-12  # of BERT's layer norms
OPSET = 20
IR_VERSION = 10
OURS = "com.microsoft"  # operations of onnxruntime beyond the standard

# Seven bits of weight: processors without VNNI add pairs of products in 16 bits, which eight would overflow.
LARGEST_WEIGHT = 64
# How much of a channel's spread moves from the activations, which share one scale, into the weights, which
# do not (SmoothQuant, Xiao et al. 2023). Foreseen from the layer norm alone, so no sample texts are needed.
MOVED = 0.7
DEVIATIONS = 3.0


class EncoderGraph:
    """Collects nodes and constants. Each tensor is known by its name."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._weights = weights
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def model(self) -> onnx.ModelProto:
        width = self._weights["embeddings.word_embeddings.weight"].shape[1]
        tokens = self._embeddings(following=self._attention_in(0))
        inner = []
        for layer in range(LAYERS):
            tokens = self._layer(layer, tokens, width)
            if layer in INNER_LAYERS:
                inner.append(tokens[1])
        self._mean(tokens[0], OUTPUT)
        self._mean(self._add("Sum", inner, "inner"), INNER_OUTPUT)
        takes = helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["batch", "sequence"])
        gives = [
            helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", width])
            for output in (OUTPUT, INNER_OUTPUT)
        ]
        graph = helper.make_graph(
            self._nodes, "encoder", [takes], gives, initializer=list(self._constants.values())
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(OURS, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)

    def _mean(self, tokens: str, output: str) -> None:
        """The mean over the tokens, of length 1."""
        axis = self._constant("sequence_axis", np.array([1]))
        self._add("ReduceMean", [tokens, axis], f"{output}.mean", keepdims=0)
        self._add("LpNormalization", [f"{output}.mean"], output, axis=-1, p=2)

    def _embeddings(self, *, following: Array) -> "Smoothed":
        """Word and place of each token. Words are 8-bit with a scale each: half the file is words."""
        words = self._weights["embeddings.word_embeddings.weight"]
        scales = np.abs(words).max(axis=1, keepdims=True) / 127
        codes = np.round(words / scales).astype(np.int8)
        self._add("Gather", [self._constant("words", codes), INPUT], "word_codes")
        self._add("Gather", [self._constant("word_scales", scales.astype(np.float32)), INPUT], "scales")
        self._add("Cast", ["word_codes"], "word_numbers", to=TensorProto.FLOAT)
        self._add("Mul", ["word_numbers", "scales"], "word_vectors")
        places = self._weights["embeddings.position_embeddings.weight"]
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        start = self._constant("start", np.array([0]))
        self._add("Shape", [INPUT], "length", start=1, end=2)
        self._add("Slice", [self._constant("places", places), start, "length", start], "place_vectors")
        self._add("Add", ["word_vectors", "place_vectors"], "embedded")
        return self._norm("embedded", "embeddings.LayerNorm", following=following)

    def _layer(self, layer: int, tokens: "Smoothed", width: int) -> "Smoothed":
        name = f"encoder.layer.{layer}"
        normed, residual, smoothing = tokens
        mixed = self._attention(name, normed, self._attention_in(layer) * smoothing, width)
        self._add("Add", [mixed, residual], f"{name}.attended")
        widening = self._weights[f"{name}.intermediate.dense.weight"]
        normed, residual, smoothing = self._norm(
            f"{name}.attended", f"{name}.attention.output.LayerNorm", following=widening
        )
        wide = self._linear(
            normed,
            widening * smoothing,
            f"{name}.wide",
            bias=self._weights[f"{name}.intermediate.dense.bias"],
        )
        self._add("Gelu", [wide], f"{name}.gelu")
        narrow = self._linear(
            f"{name}.gelu",
            self._weights[f"{name}.output.dense.weight"],
            f"{name}.narrow",
            bias=self._weights[f"{name}.output.dense.bias"],
        )
        self._add("Add", [narrow, residual], f"{name}.fed")
        following = self._attention_in(layer + 1) if layer + 1 < LAYERS else None
        return self._norm(f"{name}.fed", f"{name}.output.LayerNorm", following=following)

    def _attention(self, name: str, tokens: str, weight: Array, width: int) -> str:
        bias = np.concatenate([self._weights[f"{name}.attention.self.{part}.bias"] for part in PARTS])
        self._linear(tokens, weight, f"{name}.qkv")
        thirds = self._constant("thirds", np.array([width] * 3))
        parts = [f"{name}.{part}" for part in PARTS]
        self._nodes.append(helper.make_node("Split", [f"{name}.qkv", thirds], parts, axis=-1))
        self._add(
            "MultiHeadAttention",
            [*parts, self._constant(f"{name}.qkv_bias", bias)],
            f"{name}.mixed",
            domain=OURS,
            num_heads=HEADS,
        )
        return self._linear(
            f"{name}.mixed",
            self._weights[f"{name}.attention.output.dense.weight"],
            f"{name}.attention_out",
            bias=self._weights[f"{name}.attention.output.dense.bias"],
        )

    def _attention_in(self, layer: int) -> Array:
        """Queries, keys and values in one matrix."""
        name = f"encoder.layer.{layer}.attention.self"
        return np.concatenate([self._weights[f"{name}.{part}.weight"] for part in PARTS])

    def _linear(self, tokens: str, weight: Array, name: str, *, bias: Array | None = None) -> str:
        """tokens @ weight.T in 8 bits, plus the bias."""
        scale = np.abs(weight).max(axis=1) / LARGEST_WEIGHT
        codes = np.round(weight / scale[:, np.newaxis]).astype(np.int8)
        quantised = [f"{name}.codes", f"{name}.scale", f"{name}.zero"]
        self._nodes.append(helper.make_node("DynamicQuantizeLinear", [tokens], quantised))
        inputs = [
            quantised[0],
            self._constant(f"{name}.weight", codes.T),
            quantised[1],
            self._constant(f"{name}.weight_scale", scale.astype(np.float32)),
            quantised[2],
            self._constant(f"{name}.weight_zero", np.zeros(len(weight), dtype=np.int8)),
        ]
        if bias is not None:
            inputs.append(self._constant(f"{name}.bias", bias))
        return self._add("MatMulIntegerToFloat", inputs, name, domain=OURS)

    def _norm(self, tokens: str, name: str, *, following: Array | None) -> "Smoothed":
        """Layer norm whose channels are evened out for `following`, and undone for the residual."""
        gain, shift = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        smoothing = np.ones_like(gain) if following is None else _smoothing(gain, shift, following)
        inputs = [
            tokens,
            self._constant(f"{name}.gain", gain / smoothing),
            self._constant(f"{name}.shift", shift / smoothing),
        ]
        self._add("LayerNormalization", inputs, name, axis=-1, epsilon=EPSILON)
        if following is None:
            return name, name, smoothing
        residual = self._add("Mul", [name, self._constant(f"{name}.undo", smoothing)], f"{name}.residual")
        return name, residual, smoothing

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _add(self, operation: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(operation, inputs, [output], **attributes))
        return output


# Tensor for the next linear layer, tensor for the residual, and the smoothing its weights must take up.
Smoothed = tuple[str, str, Array]
PARTS = ("query", "key", "value")


def _smoothing(gain: Array, shift: Array, weight: Array) -> Array:
    """For each channel, what to divide the activations by and multiply the weights by; around 1."""
    activations = np.abs(shift) + DEVIATIONS * np.abs(gain)
    weights = np.maximum(np.abs(weight).max(axis=0), 1e-4)
    ratio = activations**MOVED / weights ** (1 - MOVED)
    smoothing: Array = (ratio / np.exp(np.log(ratio).mean())).astype(np.float32)
    return smoothing
