"""A bundle in 8 bits, made of a trained one: the same network, depth and interface, faster on a processor, and measured."""

import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch

from flexir_model.bundle import MANIFEST, load_network, read_manifest, write_json, write_part
from flexir_model.bundle_network import BundleNetwork
from flexir_model.calibration import measure
from flexir_model.cost import branch_cost, stage_cost
from flexir_model.golden import golden_document
from flexir_model.int8_graphs import int8_branch_graph, int8_stage_graph
from flexir_model.protocols import conditions
from flexir_model.ranges import measure_ranges

RANGE_IMAGES = 8
RANGE_SIDE = 256  # pixels: ranges are of corners
SUFFIX = "-int8"


def quantise_bundle(source: Path, folder: Path, images: list[np.ndarray], threads: int) -> tuple[dict, dict]:
    """Writes a bundle in 8 bits, replacing an older one. images: held-out ones, [H, W, 3]; the first few give the ranges, all are measured.

    Returns the manifests of both.
    """
    manifest, network = read_manifest(source), load_network(source)
    net, ranges = network.config, measure_ranges(network, _degraded(manifest["task"], network.config.scale, images))
    state = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        shutil.copyfile(source / manifest["stem"]["file"], scratch / manifest["stem"]["file"])
        quantised = manifest | {
            "name": manifest["name"] + SUFFIX,
            "stages": [write_part(scratch, int8_stage_graph(net, state, i, ranges), stage_cost(net, i)) for i in range(net.n)],
            "branches": [write_part(scratch, int8_branch_graph(net, state, i, ranges), branch_cost(net)) for i in range(net.n)],
            "provenance": manifest["provenance"] | {"startedFrom": f"{manifest['name']} {manifest['version']}, in 8 bits"},
        }
        write_json(scratch / MANIFEST, quantised)
        quantised |= measure(BundleNetwork(scratch, threads), manifest["task"], manifest["region"]["size"], images)
        write_json(scratch / MANIFEST, quantised)
        write_json(scratch / "golden.json", golden_document(BundleNetwork(scratch)))
        folder.mkdir(parents=True, exist_ok=True)
        for old in [*folder.glob("*.onnx"), *folder.glob("*.json")]:
            old.unlink()
        for new in sorted(scratch.iterdir()):
            shutil.copyfile(new, folder / new.name)
    return manifest, quantised


def _degraded(task: dict, scale: int, images: list[np.ndarray]) -> list[torch.Tensor]:
    """Of every condition of the task: [1, C, H, W] each."""
    corners = [image[:RANGE_SIDE, :RANGE_SIDE] for image in images[:RANGE_IMAGES]]
    return [torch.from_numpy(condition.degrade(corner).astype(np.float32)).permute(2, 0, 1)[None]
            for condition in conditions(task, scale) for corner in corners]


def losses(before: dict, after: dict) -> list[dict]:
    """What 8 bits cost, in dB by pointer, under each condition."""
    return [{"condition": old["condition"], "psnr": new["psnr"], "loss": [round(a - b, 4) for a, b in zip(old["psnr"], new["psnr"])]}
            for old, new in zip(before["calibration"]["conditions"], after["calibration"]["conditions"], strict=True)]
