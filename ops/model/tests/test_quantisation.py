import dataclasses
import json

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from PIL import Image

from conftest import with_network
from flexir_model import cli
from flexir_model.bundle import export_bundle, load_network, read_manifest
from flexir_model.bundle_network import BundleNetwork
from flexir_model.network import FlexIR
from flexir_model.quantisation import quantise_bundle
from flexir_model.ranges import Ranges, standardised

ORIGIN = {"data": ["noise"], "licences": ["CC0-1.0"], "trainedMinutes": 0, "hardware": "test", "paper": "FlexIR"}
INTEGER = {"QGemm", "QLinearConv"}


def image(seed: int) -> np.ndarray:
    y, x = np.mgrid[0:96, 0:96] / 96
    noise = np.random.default_rng(seed).normal(size=(96, 96, 3)) * 0.02
    return np.clip(np.stack([np.sin(9 * x + seed), np.cos(7 * y), x * y], -1) * 0.3 + 0.5 + noise, 0, 1)


@pytest.fixture(params=[{}, {"unshuffle": 1, "scale": 2, "embedding": 24, "heads": 3}], ids=["denoising", "super-resolution"])
def bundles(request, small_model, tmp_path):
    """A bundle with some life in its last convolutions, and the same in 8 bits."""
    model = with_network(small_model, **request.param)
    if model.network.scale > 1:
        model = dataclasses.replace(model, task={"kind": "super-resolution"})
    torch.manual_seed(3)
    network = FlexIR(model.network)
    for branch in network.branches:
        torch.nn.init.normal_(branch.last.weight, std=0.02)
    measured = {"calibration": {"images": 0, "inputPsnr": 0.0, "psnr": [0.0] * model.network.n, "conditions": []}}
    export_bundle(model, network, tmp_path / "exact", ORIGIN, measured)
    quantise_bundle(tmp_path / "exact", tmp_path / "int8", [image(seed) for seed in range(3)], threads=1)
    return tmp_path / "exact", tmp_path / "int8"


def test_eight_bits_restore_nearly_the_same_at_every_pointer_and_not_the_very_same(bundles):
    unseen = torch.from_numpy(image(7).astype(np.float32)).permute(2, 0, 1)[None]
    exact, int8 = (BundleNetwork(folder).every_pointer(unseen) for folder in bundles)
    for a, b in zip(exact, int8, strict=True):
        change = (a - torch.nn.functional.interpolate(unseen, a.shape[-2:], mode="bilinear")).square().mean()
        error = (a - b).square().mean()
        assert 0 < error < 1e-3 * change


def test_a_runtime_makes_integer_kernels_of_every_product_with_trained_weights(bundles, tmp_path):
    _, folder = bundles
    manifest = read_manifest(folder)
    for part in manifest["stages"] + manifest["branches"]:
        options = onnxruntime.SessionOptions()
        options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
        onnxruntime.InferenceSession(folder / part["file"], options, providers=["CPUExecutionProvider"])
        kinds = list(_kinds(onnx.load(tmp_path / "optimised.onnx").graph))
        assert INTEGER & set(kinds)
        assert "Gemm" not in kinds
        assert kinds.count("Conv") == (1 if part["file"].startswith("branch") else 0), "the last convolution alone is exact"


def _kinds(graph: onnx.GraphProto):
    for node in graph.node:
        yield node.op_type
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from _kinds(attribute.g)


def test_the_manifest_names_it_and_says_what_it_reaches(bundles):
    exact, int8 = (read_manifest(folder) for folder in bundles)
    assert int8["name"] == exact["name"] + "-int8"
    assert [part["macsPerPixel"] for part in int8["stages"]] == [part["macsPerPixel"] for part in exact["stages"]]
    assert sum(part["bytes"] for part in int8["stages"]) != sum(part["bytes"] for part in exact["stages"])
    assert all(psnr > 0 for psnr in int8["calibration"]["psnr"])


def test_eight_bits_are_no_source_of_weights(bundles):
    with pytest.raises(ValueError, match="8 bits"):
        load_network(bundles[1])


def test_the_command_prints_the_loss_by_pointer(bundles, tmp_path, capsys):
    exact, _ = bundles
    manifest = json.loads((exact / "manifest.json").read_text())
    data = tmp_path / "data"
    data.mkdir()
    for seed in range(26):
        Image.fromarray((image(seed) * 255).astype(np.uint8)).save(data / f"{seed}.png")
    cli.main(["calibrate", "--bundle", str(exact), "--data", str(data), "--calibration-images", "2"])
    capsys.readouterr()
    cli.main(["quantise", "--bundle", str(exact), "--into", str(tmp_path / "into"), "--data", str(data), "--calibration-images", "2"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    before = json.loads((exact / "manifest.json").read_text())["calibration"]["conditions"]
    after = read_manifest(tmp_path / "into")["calibration"]["conditions"]
    assert [row["condition"] for row in rows] == [row["condition"] for row in before]
    for row, a, b in zip(rows, before, after):
        np.testing.assert_allclose(row["loss"], np.array(a["psnr"]) - b["psnr"], atol=1e-4)
        assert len(row["loss"]) == manifest["n"]


def test_a_range_leaves_out_a_value_in_a_hundred_thousand_at_each_end():
    ranges, values = Ranges(), torch.linspace(-1, 1, 400_001)
    values[0], values[-1] = -50, 60
    ranges.see("x", values)
    ranges.see("x", torch.tensor([0.5, 2.0]))
    least, greatest = ranges.of("x")
    assert -1 <= least < -0.9999 and greatest == 2.0


def test_standardised_rows_have_a_deviation_of_one_around_their_own_mean():
    rows = standardised(torch.randn(5, 64, generator=torch.Generator().manual_seed(0)) * 3 + 7)
    np.testing.assert_allclose(rows.std(-1, correction=0), 1, atol=1e-3)
    assert rows.mean() > 1
