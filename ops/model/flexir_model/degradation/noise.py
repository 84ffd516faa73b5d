"""Additive white Gaussian noise, not clipped: the network's input may leave [0, 1]."""

import numpy as np
import torch


def random_noise(clean: torch.Tensor, sigma_min: float, sigma_max: float, rng: np.random.Generator) -> torch.Tensor:
    """One standard deviation a patch, uniform between the two (in levels of 0..255)."""
    sigma = rng.uniform(sigma_min, sigma_max, (len(clean), 1, 1, 1)).astype(np.float32)
    noise = rng.standard_normal(tuple(clean.shape), dtype=np.float32)
    return clean + torch.from_numpy(noise * (sigma / 255))

