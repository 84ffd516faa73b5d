import dataclasses

import numpy as np
import pytest
import torch

from flexir_model.config import ModelConfig, NetworkConfig, Phase, TrainingConfig
from flexir_model.data import PatchSampler
from flexir_model.network import FlexIR

torch.set_num_threads(1)

SMALL = NetworkConfig(embedding=16, depths=(1, 2, 3), heads=2, window=4, unshuffle=2)


def randomised(config: NetworkConfig, seed: int = 0) -> FlexIR:
    """A network whose every parameter matters: none left at its neutral start."""
    torch.manual_seed(seed)
    network = FlexIR(config).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.1)
    return network


@pytest.fixture
def small_network() -> FlexIR:
    return randomised(SMALL)


@pytest.fixture
def small_model() -> ModelConfig:
    phases = (Phase("teacher", 0.5, 1e-3, patch=16, batch=2), Phase("distil", 0.5, 5e-4, opening=0.5, patch=16, batch=2))
    return ModelConfig("tiny", "1.0.0", "xs", {"kind": "denoise", "sigmaMin": 25, "sigmaMax": 25}, SMALL, TrainingConfig(phases),
                       exit_points=(1, 2), region_size=32, region_halo=8, weights="fp32")


@pytest.fixture
def sampler() -> PatchSampler:
    rng = np.random.default_rng(1)
    return PatchSampler([rng.integers(0, 256, (40, 48, 3), dtype=np.uint8) for _ in range(3)])


def with_network(model: ModelConfig, **changes) -> ModelConfig:
    """The model with another network, and a region that fits its grid."""
    network = dataclasses.replace(model.network, **changes)
    return dataclasses.replace(model, network=network, region_size=4 * network.grid, region_halo=network.grid)
