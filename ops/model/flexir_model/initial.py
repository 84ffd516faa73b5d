"""Initial weights from elsewhere: a bundle, or a SwinIR checkpoint under its public parameter names."""

import logging
from pathlib import Path

import torch

from flexir_model.bundle import load_weights, network_config, read_manifest
from flexir_model.network import FlexIR

log = logging.getLogger(__name__)

# SwinIR's tail is FlexIR's branch; its buffers are computed here.
TAIL = {"norm": "norm", "conv_after_body": "conv", "conv_last": "last"}
BUFFERS = ("relative_position_index", "attn_mask")


def initial_weights(source: Path, network: FlexIR) -> dict[str, torch.Tensor]:
    """A full state for `network`: from a bundle's folder, or from a SwinIR checkpoint file.

    Of a bundle of another shape, such as another task's, the parameters are taken that fit by name and shape.
    """
    if source.is_dir():
        return from_bundle(load_weights(source, network_config(read_manifest(source))), network)
    checkpoint = torch.load(source, map_location="cpu", weights_only=True)
    return from_swinir(checkpoint, network)


def from_bundle(weights: dict[str, torch.Tensor], network: FlexIR) -> dict[str, torch.Tensor]:
    state = network.state_dict()
    fitting = {name: value for name, value in weights.items() if name in state and state[name].shape == value.shape}
    if not fitting:
        raise ValueError("no parameter of the bundle fits this network")
    log.info("initial weights: %d of %d parameters fit; new ones: %s", len(fitting), len(state), sorted(set(state) - set(fitting)))
    return {**state, **fitting}


def from_swinir(checkpoint: dict, network: FlexIR) -> dict[str, torch.Tensor]:
    """SwinIR's body becomes stem and stages, its tail every branch: at full depth the network then is that SwinIR.

    For colour models set `embedding_norm: true` and `mean: [0.4488, 0.4371, 0.4040]` in the configuration, as SwinIR has them.
    """
    weights = checkpoint.get("params", checkpoint)
    state = dict(network.state_dict())
    known = set()
    for name, value in weights.items():
        if name.endswith(BUFFERS):
            continue
        for target in _targets(name, network.config.n):
            if target not in state:
                raise ValueError(f"SwinIR parameter {name} has no place in this network; is embedding_norm set?")
            if state[target].shape != value.shape:
                raise ValueError(f"SwinIR parameter {name} is {tuple(value.shape)}, this network needs {tuple(state[target].shape)}")
            state[target] = value.float()
            known.add(target)
    if missing := set(state) - known:
        raise ValueError(f"the SwinIR checkpoint lacks {len(missing)} parameters, such as {min(missing)}")
    return state


def _targets(name: str, n: int) -> list[str]:
    head, _, rest = name.partition(".")
    if head in TAIL:
        return [f"branches.{j}.{TAIL[head]}.{rest}" for j in range(n)]
    if name.startswith("patch_embed.norm."):
        return [f"layers.0.{name.removeprefix('patch_embed.')}"]
    return [name]
