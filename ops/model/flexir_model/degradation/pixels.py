"""Between patches as tensors and pictures as 8-bit arrays, which is what image codecs take."""

import numpy as np
import torch

LUMA = np.array([0.299, 0.587, 0.114])  # BT.601


def to_bytes(image: np.ndarray) -> np.ndarray:
    """[0, 1] -> 0..255, rounded."""
    return np.round(np.clip(image, 0, 1) * 255).astype(np.uint8)


def gray(image: np.ndarray) -> np.ndarray:
    """[H, W, 3] -> [H, W], BT.601 in the full range."""
    return image @ LUMA


def to_patches(pictures: list[np.ndarray]) -> torch.Tensor:
    """uint8 [H, W, 3] each -> [N, 3, H, W] in [0, 1]"""
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).contiguous().float().div_(255)


def to_pictures(patches: torch.Tensor) -> list[np.ndarray]:
    """[N, 3, H, W] in [0, 1] -> float64 [H, W, 3] each"""
    return list(patches.permute(0, 2, 3, 1).double().numpy())
