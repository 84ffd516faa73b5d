"""Omega, the sharpness of a region's output, by which adaptive inference decides to stop."""

import numpy as np

from flexir_model.degradation.pixels import LUMA


def luma(region: np.ndarray) -> np.ndarray:
    """[H, W] of an [H, W, 1 or 3] region, clamped to [0, 1]."""
    clamped = np.clip(region, 0, 1)
    return clamped @ LUMA if region.shape[-1] == 3 else clamped[..., 0]


def roberts(gray: np.ndarray) -> np.ndarray:
    """Roberts' cross gradient magnitude, [H - 1, W - 1]."""
    down = gray[:-1, :-1] - gray[1:, 1:]
    up = gray[:-1, 1:] - gray[1:, :-1]
    return np.sqrt(down**2 + up**2)


def omega(region: np.ndarray) -> float:
    """MG^0.61 * VG^0.39 of a region's core [H, W, C]; 0 for a flat region."""
    height, width = region.shape[:2]
    gradient = roberts(luma(region))
    border = round_half_up(min(height, width) / 16)
    first, rest = border // 2, border - border // 2
    cropped = gradient[first : gradient.shape[0] - rest, first : gradient.shape[1] - rest]
    mean = float(gradient.mean())
    if mean == 0 or cropped.size == 0:
        return 0.0
    highest, lowest = float(cropped.max()), float(cropped.min())
    return highest**0.61 * ((highest - lowest) / mean) ** 0.39


def round_half_up(value: float) -> int:
    return int(value + 0.5)
