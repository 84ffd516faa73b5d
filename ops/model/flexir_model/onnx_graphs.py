"""The network as ONNX graphs: a stem, and a graph per stage and per branch.

Written out by hand, not traced: the graphs hold what runs and nothing else. Feature maps pass between graphs as
[N, E, h, w]. Inside a stage tokens are rows of [N, h * w, E]; changing from raster to window order, or between
windows and shifted windows, is one Gather of rows with indices computed once per graph from its input's shape.
"""

import numpy as np
import onnx

from flexir_model.config import NetworkConfig
from flexir_model.graph import Graph
from flexir_model.network import relative_position_index

State = dict[str, np.ndarray]


def stem_graph(config: NetworkConfig, state: State, half: bool = False) -> onnx.ModelProto:
    g, r, c = Graph("stem", half), config.unshuffle, config.channels
    x = "image"
    if config.mean:
        x = g.op("Sub", x, g.weight("mean", np.reshape(config.mean, (1, -1, 1, 1))))
    if r > 1:
        n, h, w = _sizes(g, "image")
        split = g.shape(n, g.ints(c), g.op("Div", h, g.ints(r)), g.ints(r), g.op("Div", w, g.ints(r)), g.ints(r))
        x = g.transpose(g.reshape(x, split), 0, 1, 3, 5, 2, 4)
        x = g.reshape(x, g.shape(n, g.ints(c * r * r), g.op("Div", h, g.ints(r)), g.op("Div", w, g.ints(r))))
    embedding = g.conv3x3(x, "conv_first", state)
    if config.position:
        embedding = _with_position(g, embedding, config, state)
    g.op("Identity", embedding, output="embedding")
    return g.model({"image": ["N", c, "H", "W"]}, {"embedding": ["N", config.embedding, "h", "w"]})


def _with_position(g: Graph, embedding: str, config: NetworkConfig, state: State) -> str:
    """Adds the vector of each place in a window. The table is stored as [E, 1, window, 1, window]."""
    window, e = config.window, config.embedding
    n, h, w = _sizes(g, embedding)
    whole = g.shape(n, g.ints(e), h, w)
    split = g.shape(n, g.ints(e), g.op("Div", h, g.ints(window)), g.ints(window), g.op("Div", w, g.ints(window)), g.ints(window))
    table = g.weight("position", state["position"].transpose(2, 0, 1).reshape(e, 1, window, 1, window))
    return g.reshape(g.op("Add", g.reshape(embedding, split), table), whole)


def stage_graph(config: NetworkConfig, state: State, index: int, half: bool = False) -> onnx.ModelProto:
    """Stage `index` from 0: `features` -> `features_out`."""
    return _StageBuilder(config, state, index, half).build()


def branch_graph(config: NetworkConfig, state: State, index: int, half: bool = False) -> onnx.ModelProto:
    g, e, c, name = Graph(f"branch-{index + 1}", half), config.embedding, config.channels, f"branches.{index}"
    tokens = g.transpose("features", 0, 2, 3, 1)
    normed = g.transpose(g.layer_norm(tokens, f"{name}.norm", state), 0, 3, 1, 2)
    merged = g.op("Add", g.conv3x3(normed, f"{name}.conv", state), "embedding")
    residual, factor = g.conv3x3(merged, f"{name}.last", state), config.unshuffle * config.scale
    if factor > 1:
        residual = g.op("DepthToSpace", residual, blocksize=factor, mode="CRD")
    g.op("Add", residual, _enlarged(g, "image", config.scale), output="restored")
    inputs = {"features": ["N", e, "h", "w"], "embedding": ["N", e, "h", "w"], "image": ["N", c, "H", "W"]}
    return g.model(inputs, {"restored": ["N", c, "H_out", "W_out"]})


def _enlarged(g: Graph, image: str, scale: int) -> str:
    """As `network.enlarge`."""
    if scale == 1:
        return image
    scales = g.floats(1.0, 1.0, scale, scale)
    return g.op("Resize", image, "", scales, mode="linear", coordinate_transformation_mode="half_pixel")


def _sizes(g: Graph, x: str) -> tuple[str, str, str]:
    """Batch, height and width of [N, C, H, W], each a one-element vector."""
    shape = g.op("Shape", x)
    return tuple(g.op("Gather", shape, g.ints(axis), axis=0) for axis in (0, 2, 3))


class _StageBuilder:
    """Orders of tokens: `raster`, `windows` and `shifted` (windows after the cyclic shift)."""

    def __init__(self, config: NetworkConfig, state: State, index: int, half: bool):
        self.config, self.state, self.index = config, state, index
        self.g = Graph(f"stage-{index + 1}", half)
        self.n, self.h, self.w = _sizes(self.g, "features")
        self.area = self.g.op("Mul", self.h, self.w)
        self.orders: dict[tuple[str, str], str] = {}
        self.mask: str | None = None

    def build(self) -> onnx.ModelProto:
        g, e = self.g, self.config.embedding
        x = self._tokens("features")
        features, order = "features", "raster"
        if self.index == 0 and self.config.embedding_norm:
            x = g.layer_norm(x, "layers.0.norm", self.state)
            features = self._map(x)
        for layer in range(self.config.depths[self.index]):
            wanted = "shifted" if self.config.shift(self.index, layer) else "windows"
            x = self._layer(self._reorder(x, order, wanted), f"layers.{self.index}.residual_group.blocks.{layer}", wanted)
            order = wanted
        out = g.conv3x3(self._map(self._reorder(x, order, "raster")), f"layers.{self.index}.conv", self.state)
        g.op("Add", out, features, output="features_out")
        shape = ["N", e, "h", "w"]
        return g.model({"features": shape}, {"features_out": shape})

    def _tokens(self, features: str) -> str:
        g = self.g
        return g.transpose(g.reshape(features, g.shape(self.n, g.ints(self.config.embedding), self.area)), 0, 2, 1)

    def _map(self, tokens: str) -> str:
        g = self.g
        return g.reshape(g.transpose(tokens, 0, 2, 1), g.shape(self.n, g.ints(self.config.embedding), self.h, self.w))

    def _layer(self, x: str, name: str, order: str) -> str:
        g = self.g
        x = g.op("Add", x, self._attention(g.layer_norm(x, f"{name}.norm1", self.state), f"{name}.attn", order))
        hidden = g.gelu(g.linear(g.layer_norm(x, f"{name}.norm2", self.state), f"{name}.mlp.fc1", self.state))
        return g.op("Add", x, g.linear(hidden, f"{name}.mlp.fc2", self.state))

    def _attention(self, x: str, name: str, order: str) -> str:
        """The query's scale is folded into `qkv`, the relative position bias is expanded to a constant."""
        g, heads, t = self.g, self.config.heads, self.config.window**2
        width = self.config.embedding // heads
        folded = fold_query_scale(self.state, name, heads)
        qkv = g.reshape(g.linear(x, f"{name}.qkv", folded), g.ints(-1, t, 3, heads, width))
        q, k, v = (g.op("Gather", qkv, g.int(part), axis=2) for part in range(3))
        q, v = g.transpose(q, 0, 2, 1, 3), g.transpose(v, 0, 2, 1, 3)
        scores = self._add_bias(g.op("MatMul", q, g.transpose(k, 0, 2, 3, 1)), name, order)
        mixed = g.transpose(g.op("MatMul", g.op("Softmax", scores, axis=-1), v), 0, 2, 1, 3)
        mixed = g.reshape(mixed, g.shape(self.n, self.area, g.ints(self.config.embedding)))
        return g.linear(mixed, f"{name}.proj", self.state)

    def _add_bias(self, scores: str, name: str, order: str) -> str:
        g, heads, t = self.g, self.config.heads, self.config.window**2
        bias = g.weight(f"{name}.relative_position_bias", expand_bias(self.state[f"{name}.relative_position_bias_table"], self.config.window))
        if order == "windows":
            return g.op("Add", scores, bias)
        masked = g.op("Add", self._shift_mask(), bias)
        per_image = g.reshape(scores, g.shape(self.n, g.ints(-1, heads, t, t)))
        return g.reshape(g.op("Add", per_image, masked), g.ints(-1, heads, t, t))

    def _shift_mask(self) -> str:
        """[windows, 1, t, t]: -100 between tokens that the shift brought together from opposite edges."""
        if self.mask:
            return self.mask
        g, t = self.g, self.config.window**2
        half = g.int(self.config.window // 2)
        rows, columns = (g.op("Cast", g.op("GreaterOrEqual", self._range(size), g.op("Sub", size, half)), to=onnx.TensorProto.FLOAT)
                         for size in (self.h, self.w))
        area = g.op("Add", g.op("Mul", g.op("Unsqueeze", rows, g.ints(1)), g.float(2.0)), g.op("Unsqueeze", columns, g.ints(0)))
        area = g.reshape(self._windowed(area), g.ints(-1, 1, t))
        differs = g.op("Not", g.op("Equal", g.op("Unsqueeze", area, g.ints(3)), g.op("Unsqueeze", area, g.ints(2))))
        self.mask = g.op("Mul", g.op("Cast", differs, to=onnx.TensorProto.FLOAT), g.float(-100.0))
        return self.mask

    def _reorder(self, tokens: str, source: str, target: str) -> str:
        if source == target:
            return tokens
        return self.g.op("Gather", tokens, self._order(source, target), axis=1)

    def _order(self, source: str, target: str) -> str:
        """For each token of the target order its place in the source order."""
        key = (source, target)
        if key not in self.orders:
            self.orders[key] = self._compute_order(source, target)
        return self.orders[key]

    def _compute_order(self, source: str, target: str) -> str:
        g, half = self.g, self.config.window // 2
        if source == "raster":
            grid = g.reshape(self._range(self.area), g.shape(self.h, self.w))
            grid = self._roll(grid, half) if target == "shifted" else grid
            return g.reshape(self._windowed(grid), g.ints(-1))
        if target == "raster":
            grid = self._unwindowed(self._range(self.area))
            grid = self._roll(grid, -half) if source == "shifted" else grid
            return g.reshape(grid, g.ints(-1))
        return g.op("Gather", self._order(source, "raster"), self._order("raster", target), axis=0)

    def _range(self, size: str) -> str:
        """0 .. size - 1, for a one-element vector."""
        g = self.g
        return g.op("Range", g.int(0), g.op("Squeeze", size), g.int(1))

    def _windowed(self, grid: str) -> str:
        g, window = self.g, self.config.window
        split = g.shape(g.op("Div", self.h, g.ints(window)), g.ints(window), g.op("Div", self.w, g.ints(window)), g.ints(window))
        return g.transpose(g.reshape(grid, split), 0, 2, 1, 3)

    def _unwindowed(self, sequence: str) -> str:
        g, window = self.g, self.config.window
        split = g.shape(g.op("Div", self.h, g.ints(window)), g.op("Div", self.w, g.ints(window)), g.ints(window, window))
        return g.reshape(g.transpose(g.reshape(sequence, split), 0, 2, 1, 3), g.shape(self.h, self.w))

    def _roll(self, grid: str, by: int) -> str:
        """Both axes of [h, w] turned so that what stood at `by` comes first (negative: counted from the end)."""
        g, end = self.g, 2**62
        for axis in (0, 1):
            tail = g.op("Slice", grid, g.ints(by), g.ints(end), g.ints(axis))
            head = g.op("Slice", grid, g.ints(0), g.ints(by), g.ints(axis))
            grid = g.op("Concat", tail, head, axis=axis)
        return grid


def fold_query_scale(state: State, name: str, heads: int) -> State:
    """The attention's `qkv` with the query rows scaled by 1 / sqrt(width of a head)."""
    scale = query_scale(state[f"{name}.qkv.weight"].shape[1], heads)
    return {key: state[key] * scale.reshape((-1,) + (1,) * (state[key].ndim - 1))
            for key in (f"{name}.qkv.weight", f"{name}.qkv.bias")}


def query_scale(embedding: int, heads: int) -> np.ndarray:
    """[3 * embedding]: what each output row of `qkv` is multiplied by in a graph."""
    scale = np.ones(3 * embedding, dtype=np.float32)
    scale[:embedding] = (embedding // heads) ** -0.5
    return scale


def expand_bias(table: np.ndarray, window: int) -> np.ndarray:
    """[(2 window - 1)^2, heads] -> [heads, window^2, window^2]"""
    rows = table[relative_position_index(window).numpy()]
    return rows.reshape(window**2, window**2, -1).transpose(2, 0, 1)
