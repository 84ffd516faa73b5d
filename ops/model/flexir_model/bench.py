"""PyTorch's side of a paired run: says how long things take, a request a line, so that another engine can take turns with it.

Requests come on standard input and answers go to standard output, each a JSON object on a line of its own:

    {"restore": BUNDLE_FOLDER, "size": 512, "pointer": 6, "attention": "plain" or "sdpa", "seconds": 0.5}
        -> {"seconds": 0.41}    of one random image, the mean of as many as fit into the time asked for, at least one
    {"product": 1536, "seconds": 0.3}
        -> {"torch": 151.2, "onnxruntime": 149.8}    GMACs a second of a square fp32 matrix product of this side
    {"fuse": BUNDLE_FOLDER, "pointer": 6, "into": FILE}
        -> {"fused": FILE}    the graphs that run to this pointer as one, `image` -> `restored`

An answer to what cannot be done is {"problem": SENTENCE}.
"""

import json
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import MethodType
from typing import TextIO

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F

from flexir_model.bundle import load_network, read_manifest
from flexir_model.device import finished
from flexir_model.graph import Graph
from flexir_model.network import FlexIR, WindowAttention

ATTENTIONS = ("plain", "sdpa")


def serve(requests: TextIO, answers: TextIO, threads: int, device: str = "cpu") -> None:
    bench = Bench(threads, device)
    for line in requests:
        answers.write(json.dumps(_answer(bench, json.loads(line))) + "\n")
        answers.flush()


def _answer(bench: "Bench", request: dict) -> dict:
    try:
        match request:
            case {"restore": folder, "size": size, "pointer": pointer, "attention": attention, "seconds": seconds}:
                return {"seconds": bench.restore(Path(folder), size, pointer, attention, seconds)}
            case {"product": side, "seconds": seconds}:
                return bench.product(side, seconds)
            case {"fuse": folder, "pointer": pointer, "into": file}:
                onnx.save(fused(Path(folder), pointer), file)
                return {"fused": file}
        return {"problem": f"not understood: {request}"}
    except (OSError, ValueError, RuntimeError) as e:
        return {"problem": f"{type(e).__name__}: {e}"}


class Bench:
    """Keeps what it has loaded. device: an image comes from the host's memory and goes back there."""

    def __init__(self, threads: int, device: str = "cpu"):
        self.threads, self.device = threads, device
        if device != "cpu":
            torch.set_float32_matmul_precision("high")  # TF32, as ONNX Runtime's CUDA provider computes
        self.network = cache(lambda folder, attention: with_attention(load_network(folder), attention).to(device))
        self.multiplier = cache(lambda: _multiplier(threads))

    @torch.inference_mode()
    def restore(self, folder: Path, size: int, pointer: int, attention: str, seconds: float) -> float:
        network = self.network(folder, attention)
        image = torch.rand(1, network.config.channels, size, size, generator=torch.Generator().manual_seed(0))
        return seconds_of(lambda: network(image.to(self.device), pointer).cpu(), seconds)

    @torch.inference_mode()
    def product(self, side: int, seconds: float) -> dict:
        a, b = (np.random.default_rng(seed).standard_normal((side, side), dtype=np.float32) for seed in (0, 1))
        ta, tb = (torch.from_numpy(matrix).to(self.device) for matrix in (a, b))
        took = {"torch": seconds_of(lambda: finished(torch.mm(ta, tb)), seconds)}
        if self.device == "cpu":
            session = self.multiplier()
            took["onnxruntime"] = seconds_of(lambda: session.run(None, {"a": a, "b": b}), seconds)
        return {by: side**3 / 1e9 / t for by, t in took.items()}


def seconds_of(call: Callable[[], object], at_least: float) -> float:
    """Mean seconds of a call, over as many as fill the time."""
    count, began = 0, time.perf_counter()
    while count == 0 or time.perf_counter() - began < at_least:
        call()
        count += 1
    return (time.perf_counter() - began) / count


def with_attention(network: FlexIR, kind: str) -> FlexIR:
    if kind not in ATTENTIONS:
        raise ValueError(f"attention is one of {ATTENTIONS}, not {kind!r}")
    if kind == "sdpa":
        for module in network.modules():
            if isinstance(module, WindowAttention):
                module.forward = MethodType(_sdpa, module)
    return network


def _sdpa(self: WindowAttention, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
    """`WindowAttention.forward` by PyTorch's fused attention. One image: a mask has an entry for each window of the batch."""
    b, t, e = x.shape
    q, k, v = self.qkv(x).view(b, t, 3, self.heads, e // self.heads).permute(2, 0, 3, 1, 4)
    bias = self.bias() if mask is None else self.bias() + mask[:, None]
    return self.proj(F.scaled_dot_product_attention(q, k, v, bias, scale=self.scale).transpose(1, 2).reshape(b, t, e))


def _multiplier(threads: int) -> onnxruntime.InferenceSession:
    g = Graph("product")
    g.op("MatMul", "a", "b", output="c")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    model = g.model({"a": ["M", "K"], "b": ["K", "N"]}, {"c": ["M", "N"]})
    return onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])


def fused(folder: Path, pointer: int) -> onnx.ModelProto:
    """Stem, stages 1..pointer and the last of their branches as one graph, `image` -> `restored`."""
    manifest = read_manifest(folder)
    parts = [onnx.load(folder / part["file"]) for part in
             (manifest["stem"], *manifest["stages"][:pointer], manifest["branches"][pointer - 1])]
    joined = onnx.GraphProto(name="fused")
    features = "embedding"
    for number, model in enumerate(parts):
        names = {"": "", "image": "image", "embedding": "embedding", "features": features, "restored": "restored"}
        _append(joined, model.graph, lambda name: names.setdefault(name, f"part{number}_{name}"))
        features = names.get("features_out", features)
    joined.input.append(parts[0].graph.input[0])
    joined.output.append(parts[-1].graph.output[0])
    whole = onnx.helper.make_model(joined, opset_imports=parts[0].opset_import, ir_version=parts[0].ir_version)
    onnx.checker.check_model(whole, full_check=True)
    return whole


def _append(joined: onnx.GraphProto, part: onnx.GraphProto, renamed: Callable[[str], str]) -> None:
    for initializer in part.initializer:
        initializer.name = renamed(initializer.name)
    joined.initializer.extend(part.initializer)
    joined.node.extend(_renamed(node, renamed) for node in part.node)


def _renamed(node: onnx.NodeProto, renamed: Callable[[str], str]) -> onnx.NodeProto:
    """With the nodes of its body, if it has one."""
    node.input[:], node.output[:] = map(renamed, node.input), map(renamed, node.output)
    node.name = renamed(node.name)
    for body in (attribute.g for attribute in node.attribute if attribute.HasField("g")):
        for value in (*body.input, *body.output):
            value.name = renamed(value.name)
        for inner in body.node:
            _renamed(inner, renamed)
    return node
