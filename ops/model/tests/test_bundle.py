import base64
import dataclasses
import hashlib
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import torch

from conftest import SMALL, randomised, with_network
from flexir_model.bundle import export_bundle, load_network, read_manifest, rewrite_graphs, weights_digest
from flexir_model.bundle_network import BundleNetwork
from flexir_model.config import NetworkConfig
from flexir_model.initial import initial_weights
from flexir_model.network import FlexIR

SCHEMA = json.loads(files("flexir_model").joinpath("manifest.schema.json").read_text())
SHIPPED = sorted(p.parent for p in (Path(__file__).parents[2] / "models").glob("*/manifest.json"))
ORIGIN = {"data": ["noise"], "licences": ["CC0-1.0"], "trainedMinutes": 0, "hardware": "test", "paper": "FlexIR"}
VARIANTS = {
    "tokens of 2x2 pixels": {},
    "the paper's shape": {"unshuffle": 1, "depths": (2, 2), "window": 4},
    "window 7, one channel": {"unshuffle": 1, "depths": (2, 1), "window": 7, "channels": 1},
    "SwinIR's mean and first norm": {"mean": (0.4, 0.5, 0.6), "embedding_norm": True},
    "super-resolution": {"scale": 2, "unshuffle": 1},
    "places in a window": {"position": True},
}


@pytest.fixture(params=VARIANTS.values(), ids=VARIANTS.keys())
def bundle(request, small_model, tmp_path):
    model = with_network(small_model, **request.param)
    network = randomised(model.network)
    export_bundle(model, network, tmp_path, ORIGIN)
    return network, tmp_path


@pytest.mark.parametrize("size", [(1, 16, 16), (1, 61, 75), (3, 33, 17), (2, 5, 90)])
def test_onnx_runtime_restores_what_pytorch_restores_at_every_pointer(bundle, size):
    network, folder = bundle
    image = torch.rand(size[0], network.config.channels, *size[1:])
    with torch.no_grad():
        expected = network.every_pointer(image)

    outputs = BundleNetwork(folder).every_pointer(image)

    for output, reference in zip(outputs, expected, strict=True):
        np.testing.assert_allclose(output, reference.numpy(), atol=1e-4, rtol=1e-4)


def test_half_the_bytes_hold_nearly_the_same_network(small_model, tmp_path):
    network = randomised(SMALL)
    for weights in ("fp32", "fp16"):
        export_bundle(dataclasses.replace(small_model, weights=weights), network, tmp_path / weights, ORIGIN)
    image = torch.rand(1, 3, 32, 32)

    sizes = [sum(f.stat().st_size for f in (tmp_path / w).glob("*.onnx")) for w in ("fp16", "fp32")]
    stored = load_network(tmp_path / "fp16").every_pointer(image)

    assert sizes[0] < 0.75 * sizes[1], "graphs this small are mostly structure"
    for half, loaded, full in zip(BundleNetwork(tmp_path / "fp16").every_pointer(image), stored, network.every_pointer(image)):
        np.testing.assert_allclose(half, loaded.detach().numpy(), atol=1e-4, rtol=1e-4)
        assert 0 < (loaded - full).abs().max() < 0.02


def test_a_bundles_weights_read_back_are_the_networks(bundle):
    network, folder = bundle

    loaded = load_network(folder)

    for name, value in network.state_dict().items():
        torch.testing.assert_close(loaded.state_dict()[name], value, atol=1e-6, rtol=1e-6)


def test_a_bundle_gives_initial_weights(small_model, tmp_path):
    network = randomised(SMALL)
    export_bundle(small_model, network, tmp_path, ORIGIN)
    fresh = FlexIR(SMALL)

    fresh.load_state_dict(initial_weights(tmp_path, fresh))

    image = torch.rand(1, 3, 16, 16)
    torch.testing.assert_close(fresh(image), network(image), atol=1e-5, rtol=1e-5)


def test_of_a_bundle_of_another_shape_the_fitting_parameters_are_taken(small_model, tmp_path):
    network = randomised(SMALL)
    export_bundle(small_model, network, tmp_path, ORIGIN)
    enlarging = FlexIR(dataclasses.replace(SMALL, scale=2, unshuffle=1))

    state = initial_weights(tmp_path, enlarging)

    torch.testing.assert_close(state["layers.1.conv.weight"], network.state_dict()["layers.1.conv.weight"], atol=1e-6, rtol=1e-6)
    assert torch.equal(state["conv_first.weight"], enlarging.state_dict()["conv_first.weight"])


def test_a_bundle_that_fits_nowhere_is_refused(small_model, tmp_path):
    export_bundle(small_model, randomised(SMALL), tmp_path, ORIGIN)

    with pytest.raises(ValueError, match="fits this network"):
        initial_weights(tmp_path, FlexIR(NetworkConfig(embedding=10, depths=(1,), heads=2, window=5, channels=1)))


def test_the_same_network_exports_to_the_same_bytes(small_model, tmp_path):
    for name in ("a", "b"):
        export_bundle(small_model, randomised(SMALL), tmp_path / name, ORIGIN)

    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_a_new_export_leaves_nothing_of_the_old_bundle(small_model, tmp_path):
    (tmp_path / "stage-9.onnx").write_bytes(b"old")

    export_bundle(small_model, randomised(SMALL), tmp_path, ORIGIN)

    assert not (tmp_path / "stage-9.onnx").exists()


@pytest.mark.parametrize("weights", ["fp16", "fp32"])
def test_graphs_written_anew_from_a_bundles_own_weights_are_the_same_graphs(weights, small_model, tmp_path):
    export_bundle(dataclasses.replace(small_model, weights=weights), randomised(SMALL), tmp_path, ORIGIN, {"scoreBase": 0.5})
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    shrunk = load_network(tmp_path).state_dict()
    (tmp_path / "stage-2.onnx").write_bytes((tmp_path / "stage-2.onnx").read_bytes() + b"\x3a\x00")  # an empty graph field, as if of another version

    rewrite_graphs(tmp_path)

    assert {file.name for file in tmp_path.iterdir()} == set(before)
    manifest = read_manifest(tmp_path)
    assert manifest["scoreBase"] == 0.5
    for part in [manifest["stem"], *manifest["stages"], *manifest["branches"]]:
        data = (tmp_path / part["file"]).read_bytes()
        assert part["sha256"] == hashlib.sha256(data).hexdigest()
        assert weights == "fp32" or data == before[part["file"]]
    for name, value in load_network(tmp_path).state_dict().items():
        torch.testing.assert_close(value, shrunk[name], atol=1e-7, rtol=1e-6)


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda p: p.name)
def test_a_shipped_manifest_is_valid_and_pins_its_files(folder):
    manifest = read_manifest(folder)

    jsonschema.validate(manifest, SCHEMA)
    parts = [manifest["stem"], *manifest["stages"], *manifest["branches"]]
    assert len(manifest["stages"]) == len(manifest["branches"]) == manifest["n"] == len(manifest["depths"])
    assert manifest["region"]["size"] % manifest["grid"] == manifest["region"]["halo"] % manifest["grid"] == 0
    for part in parts:
        data = (folder / part["file"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (part["bytes"], part["sha256"])
    assert {p["file"] for p in parts} | {"manifest.json", "golden.json", "README.md"} == {p.name for p in folder.iterdir()}
    assert weights_digest(load_network(folder)) != ""


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda p: p.name)
def test_a_shipped_bundle_reproduces_its_golden_outputs_in_onnx_runtime(folder):
    golden = json.loads((folder / "golden.json").read_text())
    shape = (golden["input"]["height"], golden["input"]["width"], golden["input"]["channels"])
    image = (decode(golden["input"]["data"], shape) / 65535).astype(np.float32).transpose(2, 0, 1)[None]

    outputs = BundleNetwork(folder).every_pointer(torch.from_numpy(image))

    scale = read_manifest(folder)["scale"]
    for output, reference in zip(outputs, golden["outputs"], strict=True):
        restored = np.clip(output[0].permute(1, 2, 0).numpy(), 0, 1) * 65535
        assert np.abs(restored - decode(reference["data"], (shape[0] * scale, shape[1] * scale, shape[2]))).max() <= 65535 * 1e-4


def decode(data: str, shape: tuple[int, int, int]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(data), "<u2").reshape(shape).astype(np.float64)
