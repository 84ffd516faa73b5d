"""PSNR per pointer over images, under the conditions of a protocol."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from flexir_model.config import ModelConfig
from flexir_model.data import image_files, read_image, split_held_out
from flexir_model.network import FlexIR
from flexir_model.protocols import Condition, typical

MONITORED_IMAGES, MONITORED_SIDE = 8, 192


@torch.no_grad()
def restore_every_pointer(network: FlexIR, image: np.ndarray) -> list[np.ndarray]:
    """[H, W, C] in, n times [H, W, C] out, not clipped."""
    return [_to_image(output) for output in network.every_pointer(_to_tensor(network, image))]


@torch.no_grad()
def restore(network: FlexIR, image: np.ndarray) -> np.ndarray:
    """Full depth alone; [H, W, C] in and out, not clipped."""
    return _to_image(network(_to_tensor(network, image)))


def _to_tensor(network: FlexIR, image: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(image.astype(np.float32)).permute(2, 0, 1)[None].to(network.device)


def _to_image(output: torch.Tensor) -> np.ndarray:
    return output[0].permute(1, 2, 0).double().cpu().numpy()


def read_clean(path: Path) -> np.ndarray:
    """[H, W, 3] in [0, 1]"""
    return read_image(path).astype(np.float64) / 255


def psnr_per_pointer(network: FlexIR, images: list[np.ndarray], condition: Condition) -> list[float]:
    """Mean over images, for each pointer from 1."""
    rows = []
    for clean in images:
        outputs = restore_every_pointer(network.eval(), condition.degrade(clean))
        rows.append([condition.psnr(output, clean) for output in outputs])
    return np.mean(rows, axis=0).tolist()


def monitor(config: ModelConfig, folder: Path) -> Callable[[FlexIR], list[float]]:
    """Measures a network on corners of a few held-out images: to watch a training, not to choose by."""
    condition, side = typical(config.task, config.network.scale), MONITORED_SIDE * config.network.scale
    _, held_out = split_held_out(image_files(folder))
    corners = [read_clean(path)[:side, :side] for path in held_out[:MONITORED_IMAGES]]
    return lambda network: psnr_per_pointer(network, corners, condition)
