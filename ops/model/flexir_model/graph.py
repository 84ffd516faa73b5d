"""A thin builder of ONNX graphs: names its values, keeps initializers under the names of the PyTorch parameters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
CONTRIB = "com.microsoft"
CONTRIB_KINDS = {"FusedMatMul"}
IR_VERSION = 8


class Graph:
    """Collects nodes and initializers. Every operation returns the name of its (first) output.

    Nodes that depend on initializers alone go before all others (`folded`): a runtime computes them once, as it loads.
    half: trained tensors are stored in 16 bits and cast to 32 where they are used, which a runtime does once, as it loads.
    """

    def __init__(self, name: str, half: bool = False):
        self.name, self.half = name, half
        self.nodes: list[onnx.NodeProto] = []
        self._folded: list[onnx.NodeProto] = []
        self._count = 0
        self.initializers: dict[str, onnx.TensorProto] = {}
        self._constants: dict[tuple, str] = {}

    def op(self, kind: str, *inputs: str, output: str | None = None, **attributes) -> str:
        output = output or f"{kind.lower()}_{self._count}"
        self._count += 1
        domain = CONTRIB if kind in CONTRIB_KINDS else ""
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=f"{kind}_{self._count}", domain=domain, **attributes))
        return output

    @contextmanager
    def folded(self) -> Iterator[None]:
        """Operations within are on constants."""
        outer, self.nodes = self.nodes, self._folded
        yield
        self.nodes = outer

    def scan(self, body: Callable[..., str], rows: dict[str, list], shape: list) -> str:
        """`body` of every row of some int64 values at once, its results of this shape stacked along a new first axis.

        rows: values of [count, ...] -> the shape of a row.
        """
        outer, self.nodes = self.nodes, []
        names = [f"{value}_row_{self._count}" for value in rows]
        result = self.op("Identity", body(*names))
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, row) for name, row in zip(names, rows.values())]
        graph = helper.make_graph(self.nodes, f"body_{self._count}", inputs, [helper.make_tensor_value_info(result, TensorProto.FLOAT, shape)])
        self.nodes = outer
        return self.op("Scan", *rows, body=graph, num_scan_inputs=len(rows))

    def weight(self, name: str, value: np.ndarray) -> str:
        """A trained tensor, stored under its parameter's name; returns it in 32 bits."""
        stored = np.ascontiguousarray(value, dtype=np.float16 if self.half else np.float32)
        self.initializers[name] = numpy_helper.from_array(stored, name)
        if not self.half:
            return name
        with self.folded():
            return self.op("Cast", name, to=TensorProto.FLOAT)

    def ints(self, *values: int) -> str:
        """A constant int64 vector."""
        return self._constant(np.array(values, dtype=np.int64))

    def int(self, value: int) -> str:
        """A constant int64 scalar."""
        return self._constant(np.array(value, dtype=np.int64))

    def float(self, value: float) -> str:
        return self._constant(np.array(value, dtype=np.float32))

    def floats(self, *values: float) -> str:
        return self._constant(np.array(values, dtype=np.float32))

    def _constant(self, value: np.ndarray) -> str:
        key = (value.dtype.str, value.shape, value.tobytes())
        if key not in self._constants:
            name = f"constant_{len(self._constants)}"
            self._constants[key] = name
            self.initializers[name] = numpy_helper.from_array(value, name)
        return self._constants[key]

    def reshape(self, x: str, shape: str) -> str:
        return self.op("Reshape", x, shape)

    def shape(self, *parts: str) -> str:
        """A shape from one-element vectors."""
        return self.op("Concat", *parts, axis=0)

    def transpose(self, x: str, *axes: int) -> str:
        return self.op("Transpose", x, perm=list(axes))

    def conv3x3(self, x: str, name: str, state: dict[str, np.ndarray]) -> str:
        weight, bias = (self.weight(f"{name}.{part}", state[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.op("Conv", x, weight, bias, kernel_shape=[3, 3], pads=[1, 1, 1, 1])

    def layer_norm(self, x: str, name: str, state: dict[str, np.ndarray]) -> str:
        """Over the last axis, in steps: up to ONNX Runtime 1.29 its own operator, which it would also make of the usual steps, is eight times slower."""
        scale, bias = (self.weight(f"{name}.{part}", state[f"{name}.{part}"]) for part in ("weight", "bias"))
        centred = self.op("Sub", x, self.op("ReduceMean", x, axes=[-1], keepdims=1))
        variance = self.op("ReduceMean", self.op("Mul", centred, centred), axes=[-1], keepdims=1)
        return self.op("Add", self.op("Mul", self.op("Div", centred, self._deviation(variance)), scale), bias)

    def standardised(self, x: str) -> str:
        """Over the last axis: x divided by its deviation, not centred. Weights whose columns sum to 0 take the mean out of it."""
        mean = self.op("ReduceMean", x, axes=[-1], keepdims=1)
        squares = self.op("ReduceMean", self.op("Mul", x, x), axes=[-1], keepdims=1)
        variance = self.op("Relu", self.op("Sub", squares, self.op("Mul", mean, mean)))
        return self.op("Div", x, self._deviation(variance))

    def _deviation(self, variance: str) -> str:
        """LayerNorm's."""
        return self.op("Sqrt", self.op("Add", variance, self.float(1e-5)))

    def gelu(self, x: str) -> str:
        """The exact GELU, in the form that ONNX Runtime fuses into one kernel."""
        erf = self.op("Erf", self.op("Div", x, self.float(2**0.5)))
        return self.op("Mul", self.op("Mul", x, self.op("Add", erf, self.float(1.0))), self.float(0.5))

    def model(self, inputs: dict[str, list], outputs: dict[str, list]) -> onnx.ModelProto:
        """inputs and outputs: name -> shape, of numbers and of names of dynamic axes."""
        def infos(values):
            return [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in values.items()]

        graph = helper.make_graph(self._folded + self.nodes, self.name, infos(inputs), infos(outputs), list(self.initializers.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)], ir_version=IR_VERSION,
                                  producer_name="flexir-model")
        onnx.checker.check_model(model, full_check=True)
        return model
