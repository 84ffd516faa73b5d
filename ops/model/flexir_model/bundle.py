"""A bundle: a directory with the network as ONNX graphs and `manifest.json`, which the workers run."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from flexir_model import __version__
from flexir_model.config import ModelConfig, NetworkConfig
from flexir_model.cost import Cost, branch_cost, stage_cost, stem_cost
from flexir_model.golden import golden_document
from flexir_model.network import FlexIR, relative_position_index
from flexir_model.onnx_graphs import branch_graph, query_scale, stage_graph, stem_graph

MANIFEST = "manifest.json"
FORMAT = "flexir-bundle/1"


def export_bundle(config: ModelConfig, network: FlexIR, folder: Path, provenance: dict, measured: dict | None = None) -> dict:
    """Writes a whole bundle, replacing an older one. measured: `scoreBase`, `calibration` and `payoffTable` where they are known.

    Returns the manifest. Weights are stored as the configuration says; the golden outputs are those of the stored weights.
    """
    network = network.cpu().float().eval()
    with tempfile.TemporaryDirectory() as scratch:
        parts = _write_graphs(network, config.weights == "fp16", Path(scratch))
        manifest = _manifest(config, parts, provenance | {"weightsDigest": weights_digest(network)}, measured or {})
        write_json(Path(scratch) / MANIFEST, manifest)
        write_json(Path(scratch) / "golden.json", golden_document(load_network(Path(scratch))))
        folder.mkdir(parents=True, exist_ok=True)
        for old in [*folder.glob("*.onnx"), *folder.glob("*.json")]:
            old.unlink()
        for new in sorted(Path(scratch).iterdir()):
            shutil.copyfile(new, folder / new.name)
    return manifest


def write_json(path: Path, document: dict) -> None:
    path.write_text(json.dumps(document, indent=2) + "\n")


def read_manifest(folder: Path) -> dict:
    return json.loads((Path(folder) / MANIFEST).read_text())


def network_config(manifest: dict) -> NetworkConfig:
    """The shape of the network behind a manifest."""
    return NetworkConfig(
        embedding=manifest["embedding"], depths=tuple(manifest["depths"]), heads=manifest["heads"], window=manifest["window"],
        unshuffle=manifest["unshuffle"], scale=manifest["scale"], channels=manifest["channels"],
        mlp_ratio=manifest["mlpRatio"], mean=tuple(manifest["mean"]), embedding_norm=manifest["embeddingNorm"],
        position=manifest.get("position", False),
    )


def load_network(folder: Path) -> FlexIR:
    """The PyTorch network of a bundle, its weights read back from the graphs."""
    config = network_config(read_manifest(folder))
    network = FlexIR(config)
    network.load_state_dict(load_weights(folder, config))
    return network.eval()


def load_weights(folder: Path, config: NetworkConfig) -> dict[str, torch.Tensor]:
    """The parameters by their PyTorch names, with what the export folded in taken out again."""
    state = {}
    for file in sorted(Path(folder).glob("*.onnx")):
        for initializer in onnx.load(file).graph.initializer:
            name, value = initializer.name, numpy_helper.to_array(initializer)
            if value.dtype == np.int8:
                raise ValueError(f"{folder} holds weights in 8 bits: read the bundle that it was made of")
            if value.dtype == np.float16:
                value = value.astype(np.float32)
            if not name.startswith("constant_") and name != "mean":
                state.update(_unfold(name, value, config))
    return {name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in state.items()}


def _unfold(name: str, value: np.ndarray, config: NetworkConfig) -> dict[str, np.ndarray]:
    if name == "position":
        return {name: value[:, 0, :, 0].transpose(1, 2, 0)}
    if name.endswith(".relative_position_bias"):
        rows = (2 * config.window - 1) ** 2
        table = np.zeros((rows, config.heads), dtype=np.float32)
        table[relative_position_index(config.window).numpy()] = value.transpose(1, 2, 0).reshape(-1, config.heads)
        return {f"{name}_table": table}
    if value.ndim == 2:
        value = value.T
    if ".qkv." in name:
        value = value / query_scale(config.embedding, config.heads).reshape((-1,) + (1,) * (value.ndim - 1))
    return {name: value}


def weights_digest(network: FlexIR) -> str:
    """sha256 over names and float32 bytes of all parameters."""
    digest = hashlib.sha256()
    for name, value in sorted(network.state_dict().items()):
        digest.update(name.encode())
        digest.update(value.detach().cpu().float().contiguous().numpy().tobytes())
    return digest.hexdigest()


def rewrite_graphs(folder: Path) -> dict:
    """Writes the graphs of a bundle as this version would, its weights as they are. Returns the manifest, whose rest stays."""
    manifest, network = read_manifest(folder), load_network(folder)
    half = any(value.data_type == onnx.TensorProto.FLOAT16 for value in onnx.load(folder / manifest["stem"]["file"]).graph.initializer)
    manifest |= _write_graphs(network, half, folder)
    write_json(folder / MANIFEST, manifest)
    return manifest


def _write_graphs(network: FlexIR, half: bool, folder: Path) -> dict:
    net = network.config
    state = {name: value.detach().cpu().numpy() for name, value in network.state_dict().items()}
    stages = [write_part(folder, stage_graph(net, state, i, half), stage_cost(net, i)) for i in range(net.n)]
    branches = [write_part(folder, branch_graph(net, state, i, half), branch_cost(net)) for i in range(net.n)]
    return {"stem": write_part(folder, stem_graph(net, state, half), stem_cost(net)), "stages": stages, "branches": branches}


def write_part(folder: Path, model: onnx.ModelProto, cost: Cost) -> dict:
    """Writes one graph. Returns what the manifest says of it."""
    data = model.SerializeToString(deterministic=True)
    file = f"{model.graph.name}.onnx"
    (folder / file).write_bytes(data)
    return {"file": file, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data),
            "params": cost.params, "macsPerPixel": cost.macs_per_pixel}


def _manifest(config: ModelConfig, parts: dict, provenance: dict, measured: dict) -> dict:
    net = config.network
    return {
        "format": FORMAT, "name": config.name, "version": config.version, "task": config.task, "size": config.size,
        "layout": "staged", "channels": net.channels, "scale": net.scale, "embedding": net.embedding, "heads": net.heads,
        "window": net.window, "unshuffle": net.unshuffle, "n": net.n, "depths": list(net.depths), "mlpRatio": net.mlp_ratio,
        "mean": list(net.mean), "embeddingNorm": net.embedding_norm, "position": net.position, "grid": net.grid, "valueRange": [0, 1],
        "exitPoints": list(config.exit_points), "region": {"size": config.region_size, "halo": config.region_halo},
        "scoreBase": measured.get("scoreBase", 1.0),
        **({"payoffTable": measured["payoffTable"]} if "payoffTable" in measured else {}),
        **parts,
        "tensors": {"image": "image", "embedding": "embedding", "features": "features",
                    "featuresOut": "features_out", "restored": "restored"},
        "calibration": measured.get("calibration", {}),
        "provenance": provenance | {"createdBy": f"flexir-model {__version__}"},
    }
