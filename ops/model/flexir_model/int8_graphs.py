"""Stages and branches whose products with trained weights are in 8 bits, as quantise-dequantise pairs (QDQ) that a runtime makes integer kernels of.

Activations are unsigned with one scale a tensor, from calibration; weights are signed with a scale a column (an output channel). Attention's products of two
activations, softmax, GELU, norms and residuals stay in 32 bits, and so do the first and the last convolutions.
"""

import numpy as np
import onnx

from flexir_model.config import NetworkConfig
from flexir_model.graph import Graph
from flexir_model.onnx_graphs import StageBuilder, State, build_branch, fold_query_scale
from flexir_model.ranges import Ranges

LEVELS = 255


class Int8Graph(Graph):
    """A graph with values and weights in 8 bits."""

    def quantised(self, x: str, bounds: tuple[float, float]) -> str:
        scale, zero = _unsigned(*bounds)
        pair = (self.float(scale), self._constant(np.array(zero, dtype=np.uint8)))
        return self.op("DequantizeLinear", self.op("QuantizeLinear", x, *pair), *pair)

    def quantised_weight(self, name: str, value: np.ndarray, axis: int) -> tuple[str, np.ndarray]:
        """Signed, a scale for each index of `axis`; also returns the scales."""
        others = tuple(i for i in range(value.ndim) if i != axis)
        scales = (np.abs(value).max(others) / 127).astype(np.float32)
        shape = [-1 if i == axis else 1 for i in range(value.ndim)]
        stored = np.round(value / scales.reshape(shape)).clip(-127, 127).astype(np.int8)
        parts = {name: stored, f"{name}.scale": scales, f"{name}.zero": np.zeros(len(scales), dtype=np.int8)}
        for part, array in parts.items():
            self.initializers[part] = onnx.numpy_helper.from_array(np.ascontiguousarray(array), part)
        return self.op("DequantizeLinear", *parts, axis=axis), scales

    def product(self, x: str, bounds: tuple[float, float], name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """x [rows, K], `quantised` to these bounds, times weight [K, N] in 8 bits, in 32 bits, plus bias [N]."""
        matrix, scales = self.quantised_weight(name, weight, 1)
        return self.op("Gemm", x, matrix, self._quantised_bias(name, bias, scales, bounds))

    def _quantised_bias(self, name: str, bias: np.ndarray, scales: np.ndarray, bounds: tuple[float, float]) -> str:
        """In 32 bits, in units of a product's sums."""
        units = (scales * _unsigned(*bounds)[0]).astype(np.float32)
        parts = {f"{name}.bias": np.round(bias / units).astype(np.int32), f"{name}.bias.scale": units,
                 f"{name}.bias.zero": np.zeros(len(units), dtype=np.int32)}
        for part, array in parts.items():
            self.initializers[part] = onnx.numpy_helper.from_array(array, part)
        return self.op("DequantizeLinear", *parts, axis=0)

    def int8_conv3x3(self, x: str, name: str, state: State, ranges: Ranges) -> str:
        bounds = ranges.of(name)
        weight, scales = self.quantised_weight(f"{name}.weight", state[f"{name}.weight"], 0)
        bias = self._quantised_bias(name, state[f"{name}.bias"], scales, bounds)
        out = self.op("Conv", self.quantised(x, bounds), weight, bias, kernel_shape=[3, 3], pads=[1, 1, 1, 1])
        return self.quantised(out, ranges.of(f"{name}.out"))


def _unsigned(least: float, greatest: float) -> tuple[float, int]:
    """Scale and zero point that cover a range and hold 0 exactly."""
    least, greatest = min(least, 0.0), max(greatest, 0.0)
    scale = (greatest - least) / LEVELS
    return scale, round(-least / scale)


def int8_stage_graph(config: NetworkConfig, state: State, index: int, ranges: Ranges) -> onnx.ModelProto:
    return _Int8StageBuilder(config, state, index, ranges).build()


def int8_branch_graph(config: NetworkConfig, state: State, index: int, ranges: Ranges) -> onnx.ModelProto:
    g = Int8Graph(f"branch-{index + 1}", half=True)
    return build_branch(g, config, state, index, lambda x, name: g.int8_conv3x3(x, name, state, ranges))


class _Int8StageBuilder(StageBuilder):
    def __init__(self, config: NetworkConfig, state: State, index: int, ranges: Ranges):
        super().__init__(config, state, index, half=True, kind=Int8Graph)
        self.ranges = ranges

    def _convolved(self, x: str, name: str) -> str:
        return self.g.int8_conv3x3(x, name, self.state, self.ranges)

    def _windows(self, x: str, name: str, kinds: str | None) -> str:
        g, e = self.g, self.config.embedding
        x = g.op("Add", self._attention(x, name, kinds), x)
        fc1, bias = self._norm_folded(f"{name}.norm2", *self._pair(f"{name}.mlp.fc1"))
        hidden = g.gelu(self._product(g.standardised(x), f"{name}.norm2", f"{name}.mlp.fc1.weight", fc1, bias))
        out = self._product(hidden, f"{name}.fc2", f"{name}.mlp.fc2.weight", *self._pair(f"{name}.mlp.fc2"))
        return g.op("Add", out, g.reshape(x, g.ints(-1, e)))

    def _product(self, x: str, taken: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """Of the rows of x in 8 bits; taken: the name of their range."""
        g, bounds = self.g, self.ranges.of(taken)
        return g.product(g.quantised(g.reshape(x, g.ints(-1, weight.shape[0])), bounds), bounds, name, weight, bias)

    def _attention(self, x: str, name: str, kinds: str | None) -> str:
        g, e, heads, width = self.g, self.config.embedding, self.config.heads, self.config.embedding // self.config.heads
        folded = fold_query_scale(self.state, f"{name}.attn", heads)
        weight, bias = self._norm_folded(f"{name}.norm1", folded[f"{name}.attn.qkv.weight"].T, folded[f"{name}.attn.qkv.bias"])
        proj, proj_bias = self._pair(f"{name}.attn.proj")
        table = g.weight(f"{name}.attn.relative_position_bias", self._bias_table(name))
        bounds = self.ranges.of(f"{name}.norm1")
        rows = g.quantised(g.reshape(g.standardised(x), g.ints(-1, e)), bounds)
        parts = []
        for head in range(heads):
            columns = [slice(part * e + head * width, part * e + (head + 1) * width) for part in range(3)]
            products = (g.product(rows, bounds, f"{name}.attn.{label}{head}", weight[:, where], bias[where]) for label, where in zip("qkv", columns))
            q, k, v = (g.reshape(product, g.ints(-1, self.t, width)) for product in products)
            scores = g.op("Add", g.op("FusedMatMul", q, k, transB=1), self._score_bias(table, head, kinds))
            parts.append(g.op("MatMul", g.op("Softmax", scores, axis=-1), v))
        mixed = g.op("Concat", *parts, axis=-1)
        out = self._product(mixed, f"{name}.proj", f"{name}.attn.proj.weight", proj, proj_bias)
        return g.reshape(out, g.ints(-1, self.t, e))

    def _pair(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        return self.state[f"{name}.weight"].T, self.state[f"{name}.bias"]

    def _norm_folded(self, norm: str, weight: np.ndarray, bias: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """As `_normed`, in numbers."""
        scale, shift = (self.state[f"{norm}.{part}"] for part in ("weight", "bias"))
        scaled = scale[:, None] * weight
        return scaled - scaled.mean(0), shift @ weight + bias
