"""SwinIR's public checkpoints: their names, their order of operations."""

import dataclasses

import pytest
import torch

from flexir_model.config import NetworkConfig
from flexir_model.initial import from_swinir, initial_weights
from flexir_model.network import FlexIR, relative_position_index

CONFIG = NetworkConfig(embedding=12, depths=(2, 2), heads=2, window=4, mean=(0.4488, 0.4371, 0.4040), embedding_norm=True)


def swinir_checkpoint(config: NetworkConfig) -> dict[str, torch.Tensor]:
    """Random weights under the names that SwinIR's colour denoising checkpoints have."""
    torch.manual_seed(3)
    e, hidden, weights = config.embedding, config.embedding * config.mlp_ratio, {}

    def add(name, *shape):
        weights[f"{name}.weight"] = torch.randn(shape) * 0.1
        weights[f"{name}.bias"] = torch.randn(shape[0]) * 0.1

    add("conv_first", e, 3, 3, 3)
    add("patch_embed.norm", e)
    for i, depth in enumerate(config.depths):
        for j in range(depth):
            block = f"layers.{i}.residual_group.blocks.{j}"
            add(f"{block}.norm1", e), add(f"{block}.norm2", e)
            add(f"{block}.attn.qkv", 3 * e, e), add(f"{block}.attn.proj", e, e)
            add(f"{block}.mlp.fc1", hidden, e), add(f"{block}.mlp.fc2", e, hidden)
            weights[f"{block}.attn.relative_position_bias_table"] = torch.randn((2 * config.window - 1) ** 2, config.heads)
            weights[f"{block}.attn.relative_position_index"] = relative_position_index(config.window).view(config.window**2, -1)
        weights[f"layers.{i}.residual_group.blocks.1.attn_mask"] = torch.zeros(4, config.window**2, config.window**2)
        add(f"layers.{i}.conv", e, e, 3, 3)
    add("norm", e)
    add("conv_after_body", e, e, 3, 3)
    add("conv_last", 3, e, 3, 3)
    return weights


def test_a_swinir_checkpoint_fills_stem_stages_and_every_branch(tmp_path):
    weights = swinir_checkpoint(CONFIG)
    torch.save({"params": weights}, tmp_path / "swinir.pth")

    state = initial_weights(tmp_path / "swinir.pth", FlexIR(CONFIG))

    assert torch.equal(state["layers.1.residual_group.blocks.1.mlp.fc2.bias"], weights["layers.1.residual_group.blocks.1.mlp.fc2.bias"])
    assert torch.equal(state["layers.0.norm.weight"], weights["patch_embed.norm.weight"])
    for j in range(2):
        assert torch.equal(state[f"branches.{j}.conv.weight"], weights["conv_after_body.weight"])
        assert torch.equal(state[f"branches.{j}.last.bias"], weights["conv_last.bias"])


def test_full_depth_then_computes_what_swinir_computes():
    weights = swinir_checkpoint(CONFIG)
    network = FlexIR(CONFIG).eval()
    network.load_state_dict(from_swinir(weights, network))
    image = torch.rand(1, 3, 16, 16)

    mean = torch.tensor(CONFIG.mean).view(1, 3, 1, 1)
    shallow = conv(image - mean, weights, "conv_first")
    deep = norm(shallow, weights, "patch_embed.norm")
    for i, stage in enumerate(network.layers):
        deep = deep + conv(stage.residual_group(deep.permute(0, 2, 3, 1)).permute(0, 3, 1, 2), weights, f"layers.{i}.conv")
    body = conv(norm(deep, weights, "norm"), weights, "conv_after_body") + shallow
    expected = (image - mean) + conv(body, weights, "conv_last") + mean

    torch.testing.assert_close(network(image), expected, atol=1e-5, rtol=1e-5)


def test_a_checkpoint_of_another_size_is_refused_with_the_parameters_name():
    network = FlexIR(dataclasses.replace(CONFIG, embedding=16))

    with pytest.raises(ValueError, match="conv_first"):
        from_swinir(swinir_checkpoint(CONFIG), network)


def test_a_checkpoint_with_parameters_missing_is_refused():
    weights = swinir_checkpoint(CONFIG)
    del weights["conv_last.bias"]

    with pytest.raises(ValueError, match="lacks 2 parameters"):
        from_swinir(weights, FlexIR(CONFIG))


def conv(x, weights, name):
    return torch.nn.functional.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], padding=1)


def norm(x, weights, name):
    tokens = x.permute(0, 2, 3, 1)
    return torch.nn.functional.layer_norm(tokens, tokens.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"]).permute(0, 3, 1, 2)
