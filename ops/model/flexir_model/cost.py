"""Parameters and multiply-adds of each part, from the shape alone.

MACs are true multiply-adds (convolutions, linear layers, attention products) per pixel of the image fed to the network.
The paper counts otherwise: parameters without the position-bias tables, MACs without the attention products.
"""

from dataclasses import dataclass

from flexir_model.config import NetworkConfig


@dataclass(frozen=True)
class Cost:
    params: int
    bias_tables: int
    macs_per_pixel: float
    attention_macs_per_pixel: float

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.params + other.params, self.bias_tables + other.bias_tables,
                    self.macs_per_pixel + other.macs_per_pixel, self.attention_macs_per_pixel + other.attention_macs_per_pixel)

    @property
    def paper_params(self) -> int:
        return self.params - self.bias_tables

    @property
    def paper_macs_per_pixel(self) -> float:
        return self.macs_per_pixel - self.attention_macs_per_pixel


def stem_cost(config: NetworkConfig) -> Cost:
    position = config.window**2 * config.embedding if config.position else 0
    return _conv(config, config.channels * config.unshuffle**2, config.embedding) + Cost(position, 0, 0.0, 0.0)


def stage_cost(config: NetworkConfig, index: int) -> Cost:
    norm = 2 * config.embedding if index == 0 and config.embedding_norm else 0
    total = _conv(config, config.embedding, config.embedding) + Cost(norm, 0, 0.0, 0.0)
    for _ in range(config.depths[index]):
        total += _layer(config)
    return total


def branch_cost(config: NetworkConfig) -> Cost:
    e, factor = config.embedding, config.unshuffle * config.scale
    return Cost(2 * e, 0, 0.0, 0.0) + _conv(config, e, e) + _conv(config, e, config.channels * factor**2)


def regular_cost(config: NetworkConfig, pointer: int) -> Cost:
    """What runs when every region goes to one pointer: the stem, stages 1..pointer, and one branch."""
    total = stem_cost(config) + branch_cost(config)
    for index in range(pointer):
        total += stage_cost(config, index)
    return total


def _conv(config: NetworkConfig, inputs: int, outputs: int) -> Cost:
    weights = 9 * inputs * outputs
    return Cost(weights + outputs, 0, weights / config.unshuffle**2, 0.0)


def _layer(config: NetworkConfig) -> Cost:
    e, tokens, hidden = config.embedding, config.window**2, config.embedding * config.mlp_ratio
    weights = 3 * e * e + e * e + 2 * e * hidden
    vectors = 3 * e + e + hidden + e + 4 * e
    table = (2 * config.window - 1) ** 2 * config.heads
    attention = 2 * tokens * e
    per_pixel = config.unshuffle**2
    return Cost(weights + vectors + table, table, (weights + attention) / per_pixel, attention / per_pixel)
