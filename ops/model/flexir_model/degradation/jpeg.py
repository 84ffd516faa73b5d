"""JPEG files and what is left of a picture in them (libjpeg-turbo through Pillow; 4:2:0 in colour)."""

import io

import numpy as np
import torch
from PIL import Image

from flexir_model.degradation.pixels import gray, to_bytes, to_patches, to_pictures

GRAY_SHARE = 0.5


def through_jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    """uint8 [H, W] or [H, W, 3] -> the same, after a JPEG file of this quality (IJG scale)."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality)
    with Image.open(file) as decoded:
        return np.asarray(decoded)


def random_jpeg(clean: torch.Tensor, quality_min: int, quality_max: int, rng: np.random.Generator) -> torch.Tensor:
    """One quality a patch, uniform; `GRAY_SHARE` of the patches are made gray first, in place, and stored as gray files.

    The patch is the whole picture: its blocks lie on the codec's grid, as those of a file do that nobody has cropped.
    """
    pictures = []
    for index, picture in enumerate(to_pictures(clean)):
        quality = int(rng.integers(quality_min, quality_max + 1))
        if rng.random() < GRAY_SHARE:
            plane = to_bytes(gray(picture))
            clean[index] = torch.from_numpy(plane).float().div_(255)
            pictures.append(np.repeat(through_jpeg(plane, quality)[..., None], 3, -1))
        else:
            pictures.append(through_jpeg(to_bytes(picture), quality))
    return to_patches(pictures)
