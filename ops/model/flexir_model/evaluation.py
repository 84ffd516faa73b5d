"""PSNR over test images, as the papers measure it: colour, on clipped output, seeded noise per image."""

from pathlib import Path

import numpy as np
import torch

from flexir_model.data import read_image
from flexir_model.network import FlexIR


def noisy_image(clean: np.ndarray, sigma: float) -> np.ndarray:
    """clean in [0, 1] plus Gaussian noise that every image draws from seed 0; not clipped."""
    return clean + np.random.default_rng(0).normal(size=clean.shape) * sigma / 255


def psnr(output: np.ndarray, clean: np.ndarray) -> float:
    """dB, of an output clipped to [0, 1]."""
    return float(-10 * np.log10(np.mean((np.clip(output, 0, 1) - clean) ** 2)))


@torch.no_grad()
def restore_every_pointer(network: FlexIR, image: np.ndarray) -> list[np.ndarray]:
    """[H, W, C] in, n times [H, W, C] out, not clipped."""
    return [_to_image(output) for output in network.every_pointer(_to_tensor(network, image))]


@torch.no_grad()
def restore(network: FlexIR, image: np.ndarray) -> np.ndarray:
    """Full depth alone; [H, W, C] in and out, not clipped."""
    return _to_image(network(_to_tensor(network, image)))


def _to_tensor(network: FlexIR, image: np.ndarray) -> torch.Tensor:
    device = next(network.parameters()).device
    return torch.from_numpy(image.astype(np.float32)).permute(2, 0, 1)[None].to(device)


def _to_image(output: torch.Tensor) -> np.ndarray:
    return output[0].permute(1, 2, 0).double().cpu().numpy()


def psnr_per_pointer(network: FlexIR, files: list[Path], sigma: float) -> list[float]:
    """Mean over images, for each pointer from 1."""
    rows = []
    for file in files:
        clean = read_image(file).astype(np.float64) / 255
        outputs = restore_every_pointer(network.eval(), noisy_image(clean, sigma))
        rows.append([psnr(output, clean) for output in outputs])
    return np.mean(rows, axis=0).tolist()
