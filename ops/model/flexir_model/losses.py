"""The training objective of progressive self-distillation."""

from collections.abc import Callable

import torch
from torch import nn

FEATURE_UNIT = 0.02  # about the pixel loss of a trained network, so that alpha weighs like against like


def charbonnier(output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """mean sqrt((output - target)^2 + 1e-6)"""
    return ((output - target).square() + 1e-6).sqrt().mean()


class ChannelScore(nn.Module):
    """phi = sigmoid(MLP(avgpool F) + MLP(maxpool F)), one MLP for both pools. [N, h, w, E] -> [N, 1, 1, E]"""

    def __init__(self, embedding: int, reduction: int = 4):
        super().__init__()
        hidden = embedding // reduction
        self.mlp = nn.Sequential(nn.Linear(embedding, hidden), nn.ReLU(), nn.Linear(hidden, embedding))

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        pooled = self.mlp(features.mean((1, 2))) + self.mlp(features.amax((1, 2)))
        return pooled.sigmoid()[:, None, None, :]


def unscored(features: torch.Tensor) -> torch.Tensor:
    """phi = 1: all channels weigh the same."""
    return torch.ones_like(features[:, :1, :1])


def channel_attention_loss(score: Callable[[torch.Tensor], torch.Tensor], features: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
    """L_CA = mean |phi * F_j - F_t| / mean |F_t| * FEATURE_UNIT: blind to the scale that a teacher's features happen to have."""
    return (score(features) * features - teacher).abs().mean() / teacher.abs().mean() * FEATURE_UNIT


def progressive_loss(pixel: list[torch.Tensor], feature: list[torch.Tensor], alpha: float) -> torch.Tensor:
    """sum_j j (alpha L_CA,j + (1 - alpha) L_c,j) / sum_j j over the open branches; without feature losses, L_c alone."""
    weights = range(1, len(pixel) + 1)
    if feature:
        terms = [alpha * f + (1 - alpha) * p for p, f in zip(pixel, feature, strict=True)]
    else:
        terms = [(1 - alpha) * p for p in pixel]
    return sum(w * t for w, t in zip(weights, terms)) / sum(weights)
