import io
import json

import numpy as np
import onnxruntime
import pytest
import torch

from conftest import SMALL, randomised
from flexir_model.bench import ATTENTIONS, fused, serve, with_attention
from flexir_model.bundle import export_bundle, load_network, read_manifest
from flexir_model.cli import main
from flexir_model.provenance import untrained


@pytest.fixture
def bundle(small_model, tmp_path):
    export_bundle(small_model, randomised(SMALL), tmp_path / "tiny", untrained())
    return tmp_path / "tiny"


def ask(*requests: dict) -> list[dict]:
    answers = io.StringIO()
    serve(io.StringIO("".join(json.dumps(request) + "\n" for request in requests)), answers, 1)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def test_fused_attention_restores_what_plain_attention_restores():
    image = torch.rand(1, 3, 40, 24)

    outputs = [with_attention(randomised(SMALL), kind)(image) for kind in ATTENTIONS]

    torch.testing.assert_close(*outputs, atol=1e-4, rtol=1e-4)


def test_a_fused_graph_restores_what_the_parts_restore(bundle):
    image = torch.rand(1, 3, 32, 48)
    network = load_network(bundle)

    for pointer in (1, 3):
        session = onnxruntime.InferenceSession(fused(bundle, pointer).SerializeToString(), providers=["CPUExecutionProvider"])
        [output] = session.run(None, {"image": image.numpy()})

        np.testing.assert_allclose(output, network(image, pointer).detach().numpy(), atol=1e-4, rtol=1e-4)


def test_every_request_is_answered_on_a_line(bundle, tmp_path):
    restore = {"restore": str(bundle), "size": 16, "pointer": 2, "attention": "sdpa", "seconds": 0}

    answers = ask(restore, restore | {"attention": "wide"}, {"product": 64, "seconds": 0}, {"sing": 1},
                  {"fuse": str(bundle), "pointer": 2, "into": str(tmp_path / "fused.onnx")},
                  restore | {"restore": str(tmp_path / "none")})

    assert answers[0]["seconds"] > 0
    assert "not 'wide'" in answers[1]["problem"]
    assert answers[2]["torch"] > 0 and answers[2]["onnxruntime"] > 0
    assert "not understood" in answers[3]["problem"]
    assert (tmp_path / "fused.onnx").exists()
    assert "manifest.json" in answers[5]["problem"]


def test_an_untrained_bundle_is_whole(tmp_path):
    config = tmp_path / "tiny.yaml"
    config.write_text("{name: tiny, version: 1.0.0, size: xs, task: {kind: denoise, sigmaMin: 25, sigmaMax: 25}, region_size: 32, region_halo: 16, "
                      "network: {embedding: 8, depths: [1, 1], heads: 2, window: 4, unshuffle: 2}, "
                      "training: {phases: [{kind: teacher, share: 1.0, lr: 1.0e-3}]}}")

    assert main(["export", "--threads", "1", "--config", str(config), "--untrained", "--bundle", str(tmp_path / "bundle")]) == 0

    assert read_manifest(tmp_path / "bundle")["calibration"] == {"images": 0, "inputPsnr": 0.0, "psnr": [0.0, 0.0]}, "as a worker reads it"
    assert load_network(tmp_path / "bundle")(torch.rand(1, 3, 16, 16)).shape == (1, 3, 16, 16)
