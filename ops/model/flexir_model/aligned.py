"""The same network in a shape that a GPU's matrix units like: heads of a multiple of 8 channels.

Every channel that is added is zero in the weights and stays zero in every feature map, so outputs and gradients are those of the narrow network,
and training keeps it so: what would move an added weight is a product with one of these zeros. The paper's 180 channels in 6 heads of 30 become 192 in 6 heads of 32.
"""

from dataclasses import replace

import torch
from torch import nn

from flexir_model.config import NetworkConfig
from flexir_model.network import FlexIR, WindowAttention

UNIT = 8


class PartialLayerNorm(nn.LayerNorm):
    """LayerNorm over the first `active` channels; the others are zero and stay zero."""

    def __init__(self, width: int, active: int):
        super().__init__(width)
        self.active = active
        self.register_buffer("present", (torch.arange(width) < active).float(), persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x.float() * self.present  # no gradient reaches the added channels through the mean
        centred = (x - x.sum(-1, keepdim=True) / self.active) * self.present
        variance = centred.square().sum(-1, keepdim=True) / self.active
        return centred * (variance + self.eps).rsqrt() * self.weight + self.bias


def aligned(config: NetworkConfig) -> NetworkConfig:
    """The shape with the least wider heads of a multiple of 8 channels."""
    head = -(-config.embedding // config.heads // UNIT) * UNIT
    return replace(config, embedding=config.heads * head)


def widen(network: FlexIR) -> FlexIR:
    """A network of the aligned shape that computes what this one computes."""
    config = network.config
    wide = FlexIR(aligned(config))
    for module in list(wide.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.LayerNorm):
                setattr(module, name, PartialLayerNorm(wide.config.embedding, config.embedding))
        if isinstance(module, WindowAttention):
            module.scale = (config.embedding // config.heads) ** -0.5
    state = wide.state_dict()
    for name, value in network.state_dict().items():
        state[name] = torch.zeros_like(state[name])
        state[name][_places(name, value.shape, config, wide.config)] = value
    wide.load_state_dict(state)
    return wide


def narrow(state: dict[str, torch.Tensor], config: NetworkConfig) -> dict[str, torch.Tensor]:
    """The weights of a network of this shape out of those of its wide one; such as are narrow already stay."""
    wide = aligned(config)
    return {name: state[name][_places(name, value.shape, config, wide)] if state[name].shape != value.shape else state[name]
            for name, value in FlexIR(config).state_dict().items()}


def _places(name: str, shape: torch.Size, config: NetworkConfig, wide: NetworkConfig) -> tuple:
    """Where a narrow tensor lies in the wide one: an index per axis. Everything lies in front, but channels that are split into heads lie in front of each head."""
    axes = [torch.arange(size) for size in shape]
    if ".qkv." in name:
        axes[0] = _by_head(3 * config.heads, config, wide)
    if ".proj.weight" in name:
        axes[1] = _by_head(config.heads, config, wide)
    return torch.meshgrid(*axes, indexing="ij") if len(axes) > 1 else (axes[0],)


def _by_head(heads: int, config: NetworkConfig, wide: NetworkConfig) -> torch.Tensor:
    narrow_head, wide_head = config.embedding // config.heads, wide.embedding // config.heads
    return (torch.arange(heads)[:, None] * wide_head + torch.arange(narrow_head)).flatten()
