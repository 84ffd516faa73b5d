"""What a task's images suffered: clean patches [N, 3, H, W] in [0, 1] -> degraded [N, 3, H / scale, W / scale]."""

from collections.abc import Callable

import numpy as np
import torch

from flexir_model.degradation.jpeg import random_jpeg
from flexir_model.degradation.noise import random_noise
from flexir_model.degradation.resolution import random_low_resolution

Degradation = Callable[[torch.Tensor, np.random.Generator], torch.Tensor]


def training_degradation(task: dict, scale: int) -> Degradation:
    """The random degradation that a model of this task is trained against."""
    match task["kind"]:
        case "denoise":
            return lambda clean, rng: random_noise(clean, task["sigmaMin"], task["sigmaMax"], rng)
        case "jpeg":
            return lambda clean, rng: random_jpeg(clean, task["qualityMin"], task["qualityMax"], rng)
        case "super-resolution":
            return lambda clean, rng: random_low_resolution(clean, scale, rng)
        case kind:
            raise ValueError(f"no training degradation for task {kind!r}")
