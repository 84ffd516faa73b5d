"""What one model is: its shape, its task and how it is trained. One YAML file a model."""

from dataclasses import dataclass, fields
from pathlib import Path

import yaml


@dataclass(frozen=True)
class NetworkConfig:
    """The shape of a network.

    channels: image channels in and out.  embedding: channels of a feature map.
    depths: Swin layers of each B-RSTB; their number is n.  window: tokens along one side of a window.
    unshuffle: image pixels along one side of a token (1 = the paper).  scale: output pixels per input pixel, per axis.
    position: a learned vector for each place in a window is added to the embedding, so that the network knows where
    the blocks of a codec begin.
    mean: subtracted from the image before the stem.  embedding_norm: LayerNorm before the first stage
    (both only for weights that were trained so, such as SwinIR's).
    """

    embedding: int
    depths: tuple[int, ...]
    heads: int
    window: int = 8
    mlp_ratio: int = 2
    unshuffle: int = 1
    scale: int = 1
    channels: int = 3
    position: bool = False
    mean: tuple[float, ...] = ()
    embedding_norm: bool = False

    def __post_init__(self):
        object.__setattr__(self, "depths", tuple(self.depths))
        object.__setattr__(self, "mean", tuple(self.mean))
        if not self.depths or min(self.depths) < 1:
            raise ValueError(f"depths must name at least one stage of at least one layer, not {self.depths}")
        if self.embedding % self.heads:
            raise ValueError(f"embedding {self.embedding} does not divide by heads {self.heads}")
        if self.mean and len(self.mean) != self.channels:
            raise ValueError(f"mean needs {self.channels} values, not {len(self.mean)}")

    @property
    def n(self) -> int:
        return len(self.depths)

    @property
    def grid(self) -> int:
        """Image height and width fed to the network are multiples of this."""
        return self.window * self.unshuffle

    def shift(self, stage: int, layer: int) -> int:
        """Window shift of a layer, in tokens (both indices from 0). Every second layer of the whole network is shifted."""
        return self.window // 2 if (sum(self.depths[:stage]) + layer) % 2 else 0


@dataclass(frozen=True)
class Phase:
    """One part of a training. share: its part of the time budget. opening: the part of the phase over which the pointer opens to n.

    kind `teacher` trains the full depth alone; `distil` is progressive self-distillation. lr_end: the last rate as a part of lr.
    patch: side of the clean patches, in pixels.
    """

    kind: str
    share: float
    lr: float
    opening: float = 0.0
    patch: int = 64
    batch: int = 8
    warmup: float = 0.02
    lr_end: float = 0.01

    def __post_init__(self):
        if self.kind not in ("teacher", "distil"):
            raise ValueError(f"unknown phase kind {self.kind!r}: teacher or distil")


@dataclass(frozen=True)
class TrainingConfig:
    """alpha: weight of the feature losses (0: none).  feature_every: they are taken at every so many steps.

    channel_score: features are weighed by channel before they are compared.  precision: of the products inside the
    network, `fp32` or `bf16` (weights and losses are always fp32).  ema: decay of the average over weights.
    weight_decay: of Muon's matrices.  part: images of a batch that are computed at once, where a whole batch does not fit
    into memory (0: as the threads share it).  shrunk_share, permuted_share: of the patches, see `data.PatchSampler`.
    """

    phases: tuple[Phase, ...]
    alpha: float = 0.1
    channel_score: bool = True
    precision: str = "fp32"
    feature_every: int = 1
    optimizer: str = "adam"
    weight_decay: float = 0.0
    ema: float = 0.998
    part: int = 0
    clip: float = 1.0
    seed: int = 20260101
    shrunk_share: float = 0.0
    permuted_share: float = 0.0

    def __post_init__(self):
        object.__setattr__(self, "phases", tuple(Phase(**p) if isinstance(p, dict) else p for p in self.phases))
        if abs(sum(p.share for p in self.phases) - 1) > 1e-6:
            raise ValueError("the shares of the phases must sum to 1")
        if self.precision not in ("fp32", "bf16"):
            raise ValueError(f"unknown precision {self.precision!r}: fp32 or bf16")


@dataclass(frozen=True)
class ModelConfig:
    """weights: how a bundle stores them, `fp32` or `fp16` (half the bytes; they are computed with in 32 bits all the same).

    limits: what a user should know that the model cannot do, for its card.
    """

    name: str
    version: str
    size: str
    task: dict
    network: NetworkConfig
    training: TrainingConfig
    exit_points: tuple[int, ...] = ()
    region_size: int = 192
    region_halo: int = 32
    weights: str = "fp16"
    limits: tuple[str, ...] = ()

    def __post_init__(self):
        object.__setattr__(self, "exit_points", tuple(self.exit_points))
        object.__setattr__(self, "limits", tuple(self.limits))
        if self.weights not in ("fp32", "fp16"):
            raise ValueError(f"unknown weights {self.weights!r}: fp32 or fp16")
        grid = self.network.grid
        if self.region_size % grid or self.region_halo % grid:
            raise ValueError(f"region size and halo must be multiples of {grid}")


def load_config(path: str | Path) -> ModelConfig:
    """Reads a model's YAML file; an unknown key is refused."""
    raw = yaml.safe_load(Path(path).read_text())
    raw["network"] = _only_known(NetworkConfig, raw["network"])
    raw["training"] = _only_known(TrainingConfig, raw["training"])
    return _only_known(ModelConfig, raw)


def _only_known(kind, values: dict):
    known = {f.name for f in fields(kind)}
    if unknown := set(values) - known:
        raise ValueError(f"unknown keys for {kind.__name__}: {sorted(unknown)}")
    return kind(**values)
