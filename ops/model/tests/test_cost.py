from pathlib import Path

import pytest
import torch
from torch import nn

from conftest import SMALL
from flexir_model.config import NetworkConfig, load_config
from flexir_model.cost import branch_cost, regular_cost, stage_cost, stem_cost
from flexir_model.network import FlexIR, WindowAttention

CONFIGS = Path(__file__).parents[1] / "configs"
PAPER = load_config(CONFIGS / "denoise-color-25-full.yaml").network
PAPER_PARAMS = [2.16e6, 4.02e6, 5.88e6, 7.74e6, 9.60e6, 11.46e6]
PAPER_MACS_128 = [35.5e9, 66.0e9, 96.5e9, 127.0e9, 157.5e9, 188.0e9]
SIZES = [SMALL, *(load_config(CONFIGS / f"{name}-s.yaml").network for name in ("denoise-color-25", "jpeg-color", "sr-x4")),
         NetworkConfig(embedding=12, depths=(2, 1), heads=3, window=7, embedding_norm=True, scale=2)]


def test_the_paper_size_has_the_papers_parameters_at_every_pointer():
    params = [regular_cost(PAPER, p).paper_params for p in range(1, 7)]

    assert params == pytest.approx(PAPER_PARAMS, abs=0.005e6)


def test_the_paper_size_has_the_papers_multiply_adds_at_every_pointer():
    macs = [regular_cost(PAPER, p).paper_macs_per_pixel * 128 * 128 for p in range(1, 7)]

    assert macs == pytest.approx(PAPER_MACS_128, rel=0.01)


def test_true_multiply_adds_at_full_depth_include_the_attention_products():
    assert regular_cost(PAPER, 6).macs_per_pixel * 128 * 128 == pytest.approx(200e9, rel=0.01)


@pytest.mark.parametrize("config", SIZES)
def test_counted_parameters_are_the_networks_parameters(config):
    network = FlexIR(config)

    position = network.position.numel() if config.position else 0
    assert stem_cost(config).params == parameters(network.conv_first) + position
    assert [stage_cost(config, i).params for i in range(config.n)] == [parameters(s) for s in network.layers]
    assert [branch_cost(config).params] * config.n == [parameters(b) for b in network.branches]


@pytest.mark.parametrize("config", SIZES)
def test_counted_multiply_adds_are_those_that_hooks_see(config):
    height, width = 2 * config.grid, 3 * config.grid
    network = FlexIR(config).eval()

    for pointer in range(1, config.n + 1):
        seen = hooked_macs(network, torch.rand(1, config.channels, height, width), pointer)
        assert regular_cost(config, pointer).macs_per_pixel * height * width == seen


def parameters(module: nn.Module) -> int:
    return sum(p.numel() for p in module.parameters())


def hooked_macs(network: FlexIR, image: torch.Tensor, pointer: int) -> int:
    """Counts from the tensors that really pass, module by module."""
    total = 0

    def count(module, inputs, output):
        nonlocal total
        if isinstance(module, nn.Conv2d):
            total += output.numel() * module.in_channels * 9
        elif isinstance(module, nn.Linear):
            total += output.numel() * module.in_features
        elif isinstance(module, WindowAttention):
            batch, tokens, embedding = inputs[0].shape
            total += 2 * batch * tokens * tokens * embedding

    handles = [m.register_forward_hook(count) for m in network.modules()]
    with torch.no_grad():
        network(image, pointer)
    for handle in handles:
        handle.remove()
    return total
