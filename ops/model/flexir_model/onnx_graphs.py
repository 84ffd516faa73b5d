"""The network as ONNX graphs: a stem, and a graph per stage and per branch.

Written out by hand, not traced: the graphs hold what runs and nothing else. Feature maps pass between graphs as
[N, h, w, E]. Inside a stage tokens are rows of [N * h * w, E]; changing from raster to window order, or between
windows and shifted windows, is one Gather of rows with indices computed once per graph from its input's shape.
"""

from collections.abc import Callable

import numpy as np
import onnx

from flexir_model.config import NetworkConfig
from flexir_model.graph import Graph
from flexir_model.network import relative_position_index

State = dict[str, np.ndarray]
GROUP_FLOATS = 24 * 64 * 64  # of a feature map: with what a layer makes of them they stay in a processor's caches


def stem_graph(config: NetworkConfig, state: State, half: bool = False) -> onnx.ModelProto:
    g, r, c = Graph("stem", half), config.unshuffle, config.channels
    x = "image"
    if config.mean:
        x = g.op("Sub", x, g.weight("mean", np.reshape(config.mean, (1, -1, 1, 1))))
    if r > 1:
        n, h, w = _sizes(g, "image", 0, 2, 3)
        split = g.shape(n, g.ints(c), g.op("Div", h, g.ints(r)), g.ints(r), g.op("Div", w, g.ints(r)), g.ints(r))
        x = g.transpose(g.reshape(x, split), 0, 1, 3, 5, 2, 4)
        x = g.reshape(x, g.shape(n, g.ints(c * r * r), g.op("Div", h, g.ints(r)), g.op("Div", w, g.ints(r))))
    embedding = g.conv3x3(x, "conv_first", state)
    if config.position:
        embedding = _with_position(g, embedding, config, state)
    g.op("Transpose", embedding, output="embedding", perm=[0, 2, 3, 1])
    return g.model({"image": ["N", c, "H", "W"]}, {"embedding": ["N", "h", "w", config.embedding]})


def _with_position(g: Graph, embedding: str, config: NetworkConfig, state: State) -> str:
    """Adds the vector of each place in a window. The table is stored as [E, 1, window, 1, window]."""
    window, e = config.window, config.embedding
    n, h, w = _sizes(g, embedding, 0, 2, 3)
    whole = g.shape(n, g.ints(e), h, w)
    split = g.shape(n, g.ints(e), g.op("Div", h, g.ints(window)), g.ints(window), g.op("Div", w, g.ints(window)), g.ints(window))
    table = g.weight("position", state["position"].transpose(2, 0, 1).reshape(e, 1, window, 1, window))
    return g.reshape(g.op("Add", g.reshape(embedding, split), table), whole)


def stage_graph(config: NetworkConfig, state: State, index: int, half: bool = False) -> onnx.ModelProto:
    """Stage `index` from 0: `features` -> `features_out`."""
    return StageBuilder(config, state, index, half).build()


def branch_graph(config: NetworkConfig, state: State, index: int, half: bool = False) -> onnx.ModelProto:
    g = Graph(f"branch-{index + 1}", half)
    return build_branch(g, config, state, index, lambda x, name: g.conv3x3(x, name, state))


def build_branch(g: Graph, config: NetworkConfig, state: State, index: int, convolved: Callable[[str, str], str]) -> onnx.ModelProto:
    """convolved: the first convolution, of a value, by its name."""
    e, c, name = config.embedding, config.channels, f"branches.{index}"
    normed = g.transpose(g.layer_norm("features", f"{name}.norm", state), 0, 3, 1, 2)
    merged = g.op("Add", g.transpose(convolved(normed, f"{name}.conv"), 0, 2, 3, 1), "embedding")
    residual, factor = g.conv3x3(g.transpose(merged, 0, 3, 1, 2), f"{name}.last", state), config.unshuffle * config.scale
    if factor > 1:
        residual = g.op("DepthToSpace", residual, blocksize=factor, mode="CRD")
    g.op("Add", residual, _enlarged(g, "image", config.scale), output="restored")
    inputs = {"features": ["N", "h", "w", e], "embedding": ["N", "h", "w", e], "image": ["N", c, "H", "W"]}
    return g.model(inputs, {"restored": ["N", c, "H_out", "W_out"]})


def _enlarged(g: Graph, image: str, scale: int) -> str:
    """As `network.enlarge`."""
    if scale == 1:
        return image
    scales = g.floats(1.0, 1.0, scale, scale)
    return g.op("Resize", image, "", scales, mode="linear", coordinate_transformation_mode="half_pixel")


def _sizes(g: Graph, x: str, *axes: int) -> tuple[str, ...]:
    """Each a one-element vector."""
    shape = g.op("Shape", x)
    return tuple(g.op("Gather", shape, g.ints(axis), axis=0) for axis in axes)


class StageBuilder:
    """Orders of tokens: `raster`, `windows` and `shifted` (windows after the cyclic shift).

    A layer concerns one window at a time, so it runs over groups of windows, one after the other, that the processor's caches
    hold; its first step takes the group's rows from the order of the layer before.
    """

    def __init__(self, config: NetworkConfig, state: State, index: int, half: bool, kind: type[Graph] = Graph):
        self.config, self.state, self.index = config, state, index
        self.g = g = kind(f"stage-{index + 1}", half)
        self.n, self.h, self.w = _sizes(g, "features", 0, 1, 2)
        self.t = config.window**2
        self.rows, self.columns = (g.op("Div", size, g.ints(config.window)) for size in (self.h, self.w))
        self.windows = g.op("Mul", self.n, g.op("Mul", self.rows, self.columns))
        self.tokens = g.op("Mul", self.windows, g.ints(self.t))
        self.orders: dict[tuple[str, str], str] = {}
        self.group, self.groups = self._grouping()
        self.kinds: str | None = None

    def build(self) -> onnx.ModelProto:
        g, e = self.g, self.config.embedding
        features, order = "features", "raster"
        if self.index == 0 and self.config.embedding_norm:
            features = g.layer_norm(features, "layers.0.norm", self.state)
        x = g.reshape(features, g.ints(-1, e))
        for layer in range(self.config.depths[self.index]):
            wanted = "shifted" if self.config.shift(self.index, layer) else "windows"
            x = self._layer(x, f"layers.{self.index}.residual_group.blocks.{layer}", order, wanted)
            order = wanted
        raster = g.op("Gather", x, self._order(order, "raster"), axis=0)
        map_ = g.transpose(g.reshape(raster, g.shape(self.n, self.h, self.w, g.ints(e))), 0, 3, 1, 2)
        out = g.transpose(self._convolved(map_, f"layers.{self.index}.conv"), 0, 2, 3, 1)
        g.op("Add", out, features, output="features_out")
        shape = ["N", "h", "w", e]
        return g.model({"features": shape}, {"features_out": shape})

    def _convolved(self, x: str, name: str) -> str:
        return self.g.conv3x3(x, name, self.state)

    def _grouping(self) -> tuple[str, str]:
        """Windows of a group, the fewest from GROUP_FLOATS on that divide the windows evenly; and the number of groups."""
        g, windows, least = self.g, self.windows, -(-GROUP_FLOATS // (self.t * self.config.embedding))
        sizes = g.op("Add", self._range(windows), g.ints(1))
        uneven = g.op("Cast", g.op("Mod", windows, sizes), to=onnx.TensorProto.BOOL)
        small = g.op("Less", sizes, g.op("Min", windows, g.ints(least)))
        group = g.op("ReduceMin", g.op("Where", g.op("Or", uneven, small), windows, sizes), axes=[0], keepdims=1)
        return group, g.op("Div", windows, group)

    def _layer(self, x: str, name: str, source: str, order: str) -> str:
        g, e = self.g, self.config.embedding
        places = g.reshape(self._order(source, order), g.shape(self.groups, self.group, g.ints(self.t)))
        kinds = g.reshape(self._kinds(), g.shape(self.groups, self.group)) if order == "shifted" else None

        def body(rows: str, kinds: str | None = None) -> str:
            return self._windows(g.op("Gather", x, rows, axis=0), name, kinds)

        shapes = {places: ["windows", self.t]} | ({kinds: ["windows"]} if kinds else {})
        return g.reshape(g.scan(body, shapes, ["rows", e]), g.ints(-1, e))

    def _windows(self, x: str, name: str, kinds: str | None) -> str:
        """A layer over some windows: [windows, t, E] -> [windows * t, E]"""
        g, e = self.g, self.config.embedding
        x = g.op("Add", self._attention(x, name, kinds), x)
        fc1, bias = self._normed(f"{name}.norm2", *self._linear(f"{name}.mlp.fc1"))
        hidden = g.gelu(g.op("Gemm", g.reshape(g.standardised(x), g.ints(-1, e)), fc1, bias))
        return g.op("Add", g.op("Gemm", hidden, *self._linear(f"{name}.mlp.fc2")), g.reshape(x, g.ints(-1, e)))

    def _linear(self, name: str, state: State | None = None) -> tuple[str, str]:
        """Weight, stored [in, out], as a product takes it, and bias of a linear layer."""
        state = state or self.state
        return self.g.weight(f"{name}.weight", state[f"{name}.weight"].T), self.g.weight(f"{name}.bias", state[f"{name}.bias"])

    def _normed(self, norm: str, weight: str, bias: str) -> tuple[str, str]:
        """A linear layer of `norm`'s output, as one of `standardised` rows: scale, shift and centring are in its weights."""
        g, e = self.g, self.config.embedding
        scale, shift = (g.weight(f"{norm}.{part}", self.state[f"{norm}.{part}"]) for part in ("weight", "bias"))
        with g.folded():
            bias = g.op("Add", g.op("MatMul", shift, weight), bias)
            weight = g.op("Mul", g.reshape(scale, g.ints(e, 1)), weight)
            weight = g.op("Sub", weight, g.op("ReduceMean", weight, axes=[0], keepdims=1))
        return weight, bias

    def _attention(self, x: str, name: str, kinds: str | None) -> str:
        """[windows, t, E] -> the same, a head after the other.

        The query's scale is folded into `qkv`, the relative position bias is expanded to a constant. A bias of the keys adds the same
        to every score of a query, which the softmax takes out again, and a bias of the values goes through it as it is: the one is
        left out, the other is added after `proj`.
        """
        g, e, heads = self.g, self.config.embedding, self.config.heads
        weight, bias = self._normed(f"{name}.norm1", *self._linear(f"{name}.attn.qkv", fold_query_scale(self.state, f"{name}.attn", heads)))
        proj, proj_bias = self._linear(f"{name}.attn.proj")
        with g.folded():
            weights = g.transpose(g.reshape(weight, g.ints(e, 3, heads, e // heads)), 1, 2, 0, 3)
            biases = g.reshape(bias, g.ints(3, heads, e // heads))
            values_bias = g.reshape(g.op("Gather", biases, g.int(2), axis=0), g.ints(e))
            out = g.op("Add", g.op("MatMul", values_bias, proj), proj_bias)
        table = g.weight(f"{name}.attn.relative_position_bias", self._bias_table(name))
        x = g.standardised(x)
        rows = g.reshape(x, g.ints(-1, e))
        for head in range(heads):
            wq, wk, wv = (self._picked(weights, part, head) for part in range(3))
            q = g.reshape(g.op("Gemm", rows, wq, self._picked(biases, 0, head)), g.ints(-1, self.t, e // heads))
            scores = g.op("FusedMatMul", q, g.op("MatMul", x, wk), transB=1)
            scores = g.op("Add", scores, self._score_bias(table, head, kinds))
            mixed = g.op("MatMul", g.op("Softmax", scores, axis=-1), g.op("MatMul", x, wv))
            with g.folded():
                part = g.op("Gather", g.reshape(proj, g.ints(heads, e // heads, e)), g.int(head), axis=0)
            out = g.op("Gemm", g.reshape(mixed, g.ints(-1, e // heads)), part, out)
        return g.reshape(out, g.ints(-1, self.t, e))

    def _bias_table(self, name: str) -> np.ndarray:
        return expand_bias(self.state[f"{name}.attn.relative_position_bias_table"], self.config.window)

    def _picked(self, values: str, part: int, head: int) -> str:
        """values: [3, heads, ...], query, key and value."""
        g = self.g
        with g.folded():
            return g.op("Gather", g.op("Gather", values, g.int(part), axis=0), g.int(head), axis=0)

    def _score_bias(self, table: str, head: int, kinds: str | None) -> str:
        """[t, t], or [windows, t, t] by the windows' kinds."""
        g = self.g
        with g.folded():
            bias = g.op("Gather", table, g.int(head), axis=0)
            if kinds:
                bias = g.op("Add", self._masks(), bias)
        return g.op("Gather", bias, kinds, axis=0) if kinds else bias

    def _masks(self) -> str:
        """[4, t, t], by kind of window: -100 between tokens that the shift brought together from opposite edges."""
        g, window = self.g, self.config.window
        wrapped = np.arange(window) >= window - window // 2
        kinds = [(wrapped[:, None] & bottom) * 2 + (wrapped & right) for bottom in (False, True) for right in (False, True)]
        areas = g.ints(*np.concatenate([kind.reshape(-1) for kind in kinds]))
        areas = g.reshape(areas, g.ints(4, self.t))
        differs = g.op("Not", g.op("Equal", g.op("Unsqueeze", areas, g.ints(2)), g.op("Unsqueeze", areas, g.ints(1))))
        return g.op("Mul", g.op("Cast", differs, to=onnx.TensorProto.FLOAT), g.float(-100.0))

    def _kinds(self) -> str:
        """[windows]: 2 in the last row of windows, 1 in the last column, 3 in both, else 0."""
        g = self.g
        if not self.kinds:
            bottom, right = (g.op("Cast", g.op("Equal", self._range(size), g.op("Sub", size, g.ints(1))), to=onnx.TensorProto.INT64)
                             for size in (self.rows, self.columns))
            kinds = g.op("Add", g.op("Mul", g.op("Unsqueeze", bottom, g.ints(1)), g.ints(2)), g.op("Unsqueeze", right, g.ints(0)))
            self.kinds = g.reshape(g.op("Expand", kinds, g.shape(self.n, self.rows, self.columns)), g.ints(-1))
        return self.kinds

    def _order(self, source: str, target: str) -> str:
        """For each row of the target order its place in the source order."""
        key = (source, target)
        if key not in self.orders:
            self.orders[key] = self._compute_order(source, target)
        return self.orders[key]

    def _compute_order(self, source: str, target: str) -> str:
        g, half = self.g, self.config.window // 2
        if source == target:
            return self._range(self.tokens)
        if source == "raster":
            grid = g.reshape(self._range(self.tokens), g.shape(self.n, self.h, self.w))
            grid = self._roll(grid, half) if target == "shifted" else grid
            return g.reshape(self._windowed(grid), g.ints(-1))
        if target == "raster":
            grid = self._unwindowed(self._range(self.tokens))
            grid = self._roll(grid, -half) if source == "shifted" else grid
            return g.reshape(grid, g.ints(-1))
        return g.op("Gather", self._order(source, "raster"), self._order("raster", target), axis=0)

    def _range(self, size: str) -> str:
        """0 .. size - 1, for a one-element vector."""
        g = self.g
        return g.op("Range", g.int(0), g.op("Squeeze", size), g.int(1))

    def _windowed(self, grid: str) -> str:
        g, window = self.g, self.g.ints(self.config.window)
        return g.transpose(g.reshape(grid, g.shape(self.n, self.rows, window, self.columns, window)), 0, 1, 3, 2, 4)

    def _unwindowed(self, sequence: str) -> str:
        g, window = self.g, self.g.ints(self.config.window)
        grid = g.reshape(sequence, g.shape(self.n, self.rows, self.columns, window, window))
        return g.reshape(g.transpose(grid, 0, 1, 3, 2, 4), g.shape(self.n, self.h, self.w))

    def _roll(self, grid: str, by: int) -> str:
        """Height and width of [N, h, w] turned so that what stood at `by` comes first (negative: counted from the end)."""
        g, end = self.g, 2**62
        for axis in (1, 2):
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
