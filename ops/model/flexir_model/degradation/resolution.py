"""Low resolution as it happens to real pictures: blur, resizing, noise and JPEG in random order.

A small form of the practical pipelines of BSRGAN (Zhang et al., 2021, section 3: random order) and Real-ESRGAN (Wang et al., 2021).
A share of the patches is only downscaled by clean bicubic, so that a clean small picture comes out as sharp as it can.
"""

import numpy as np
import torch
from PIL import Image
from scipy.ndimage import gaussian_filter

from flexir_model.degradation.jpeg import through_jpeg
from flexir_model.degradation.pixels import to_bytes, to_patches, to_pictures

CLEAN_SHARE = 0.3
FILTERS = (Image.Resampling.BICUBIC, Image.Resampling.BILINEAR, Image.Resampling.BOX)


def random_low_resolution(clean: torch.Tensor, scale: int, rng: np.random.Generator) -> torch.Tensor:
    return to_patches([_degrade(picture, scale, rng) for picture in to_pictures(clean)])


def downscale(picture: np.ndarray, scale: int) -> np.ndarray:
    """[H, W, 3] in [0, 1] -> uint8 [H / scale, W / scale, 3] by antialiased bicubic (a = -0.5)."""
    return resize(to_bytes(picture), picture.shape[0] // scale, picture.shape[1] // scale, Image.Resampling.BICUBIC)


def resize(picture: np.ndarray, height: int, width: int, kind: Image.Resampling) -> np.ndarray:
    return np.asarray(Image.fromarray(picture).resize((width, height), kind))


def _degrade(picture: np.ndarray, scale: int, rng: np.random.Generator) -> np.ndarray:
    height, width = picture.shape[0] // scale, picture.shape[1] // scale
    if rng.random() < CLEAN_SHARE:
        return downscale(picture, scale)
    current = to_bytes(picture)
    steps = [_blur, _shrink, _noise] + [_blur] * int(rng.random() < 0.3)
    for index in rng.permutation(len(steps)):
        excess = scale * current.shape[0] / picture.shape[0]
        current = steps[index](current, excess, rng)
    current = resize(current, height, width, FILTERS[rng.integers(len(FILTERS))])
    return _jpeg(current, rng) if rng.random() < 0.7 else current


def _blur(picture: np.ndarray, excess: float, rng: np.random.Generator) -> np.ndarray:
    """Gaussian, of one width or of two along the axes. excess: how many times wider the picture still is than it will be."""
    sigma = rng.uniform(0.1, 0.55 * excess, 2 if rng.random() < 0.5 else 1)
    return gaussian_filter(picture, (*np.broadcast_to(sigma, 2), 0), mode="reflect")


def _shrink(picture: np.ndarray, excess: float, rng: np.random.Generator) -> np.ndarray:
    """Part of the way down."""
    factor = rng.uniform(1 / excess, 1)
    height, width = (max(8, round(side * factor)) for side in picture.shape[:2])
    return resize(picture, height, width, FILTERS[rng.integers(len(FILTERS))])


def _noise(picture: np.ndarray, excess: float, rng: np.random.Generator) -> np.ndarray:
    """Gaussian, in colour or the same in all channels; sigma of 1 to 25 levels, weak noise more often."""
    channels = 3 if rng.random() < 0.6 else 1
    noise = rng.normal(size=(*picture.shape[:2], channels)) * rng.uniform(1, 5) ** 2 / 255
    return to_bytes(picture / 255 + noise)


def _jpeg(picture: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return through_jpeg(picture, int(rng.integers(30, 96)))
