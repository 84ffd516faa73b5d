from dataclasses import replace

import numpy as np
import pytest
import torch

from flexir_model.aligned import aligned, narrow, widen
from flexir_model.config import NetworkConfig
from flexir_model.network import FlexIR
from flexir_model.optimizers import make_optimizers
from flexir_model.training import Budget, Machine, Trainer

NARROW = NetworkConfig(embedding=12, depths=(2, 1), heads=2, window=4, position=True, embedding_norm=True)


@pytest.fixture
def network() -> FlexIR:
    torch.manual_seed(1)
    network = FlexIR(NARROW)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return network


def images() -> torch.Tensor:
    return torch.rand(2, 3, 16, 16, generator=torch.Generator().manual_seed(2))


def test_heads_become_the_next_multiple_of_eight_channels_wide():
    assert aligned(NARROW).embedding == 16
    assert aligned(NetworkConfig(embedding=180, depths=(6,), heads=6)).embedding == 192
    assert aligned(NetworkConfig(embedding=64, depths=(1,), heads=2)).embedding == 64


def test_the_wide_network_computes_the_same(network):
    with torch.no_grad():
        for narrow_output, wide_output in zip(network.every_pointer(images()), widen(network).every_pointer(images())):
            assert torch.allclose(narrow_output, wide_output, atol=1e-5)


def test_narrowing_gives_the_weights_back_and_leaves_narrow_ones_as_they_are(network):
    weights = network.state_dict()
    for state in (widen(network).state_dict(), weights):
        back = narrow(state, NARROW)
        assert back.keys() == weights.keys()
        assert all(torch.equal(back[name], weights[name]) for name in weights)


@pytest.mark.parametrize("optimizer", ["adam", "muon"])
def test_training_the_wide_network_trains_the_narrow_one(network, optimizer):
    wide = widen(network)
    added = {name: value == 0 for name, value in wide.state_dict().items()}
    for trained in (network, wide):
        optimizers = make_optimizers(optimizer, [trained], 0.1)
        for group in (group for each in optimizers for group in each.param_groups):
            group["lr"] *= 0.1
        for _ in range(4):
            trained.zero_grad()
            sum((output - images()).square().mean() for output in trained.every_pointer(images())).backward()
            for each in optimizers:
                each.step()
    assert all(not state[added[name]].any() for name, state in wide.state_dict().items())
    back = narrow(wide.state_dict(), NARROW)
    for name, value in network.state_dict().items():
        np.testing.assert_allclose(back[name], value, atol=1e-3)


def test_a_compiled_training_stops_resumes_and_gives_narrow_weights(small_model, sampler, tmp_path):
    torch.compiler.set_stance("force_eager")  # compiling takes a minute on a processor, and is PyTorch's matter
    try:
        model = replace(small_model, network=replace(small_model.network, embedding=12))

        def trainer() -> Trainer:
            return Trainer(model, sampler, Budget(1, checkpoint_seconds=1e9), Machine(compiled=True))
        first = trainer()
        first.initialise(FlexIR(model.network).state_dict())
        first.run(tmp_path / "checkpoint.pt", max_steps=2)
        second = trainer()
        second.resume(tmp_path / "checkpoint.pt")
        second.run(tmp_path / "checkpoint.pt", max_steps=4)
    finally:
        torch.compiler.set_stance("default")
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=False)
    assert state["step"] == 4
    assert state["ema"]["conv_first.bias"].shape == (16,)
    FlexIR(model.network).load_state_dict(narrow(state["ema"], model.network))
