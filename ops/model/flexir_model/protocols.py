"""How each task is measured, as the papers do it: what the clean image suffers, and what is compared with it.

Images are [H, W, 3] in [0, 1].
Denoising: noise that every image draws from seed 0, not clipped; PSNR over RGB.
JPEG: the picture's gray values (BT.601) as a gray file; PSNR over gray values.
Super-resolution: antialiased bicubic, 8 bit; PSNR over the luma of video (BT.601, 16..235), without a border of `scale` pixels.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from flexir_model.degradation.jpeg import through_jpeg
from flexir_model.degradation.pixels import gray, to_bytes
from flexir_model.degradation.resolution import downscale

VIDEO_LUMA = np.array([65.481, 128.553, 24.966]) / 255


@dataclass(frozen=True)
class Condition:
    """degrade: clean -> what the network is fed.  view: of an image, the values that are compared, in [0, 1]."""

    label: str
    degrade: Callable[[np.ndarray], np.ndarray]
    view: Callable[[np.ndarray], np.ndarray]
    scale: int = 1

    def psnr(self, output: np.ndarray, clean: np.ndarray) -> float:
        return psnr(self.view(np.clip(output, 0, 1)), self.view(self.whole(clean)))

    def whole(self, clean: np.ndarray) -> np.ndarray:
        """The image cut to a multiple of the scale."""
        return clean[: clean.shape[0] // self.scale * self.scale, : clean.shape[1] // self.scale * self.scale]


def psnr(output: np.ndarray, clean: np.ndarray) -> float:
    """dB, of an output clipped to [0, 1]."""
    return float(-10 * np.log10(np.mean((np.clip(output, 0, 1) - clean) ** 2)))


def conditions(task: dict, scale: int) -> list[Condition]:
    """What a model of this task is measured under; the levels that the field reports and the model covers."""
    match task["kind"]:
        case "denoise":
            levels = [s for s in (15, 25, 50) if task["sigmaMin"] <= s <= task["sigmaMax"]] or [task["sigmaMax"]]
            return [denoising(sigma) for sigma in levels]
        case "jpeg":
            return [jpeg(q) for q in (10, 20, 30, 40) if task["qualityMin"] <= q <= task["qualityMax"]]
        case "super-resolution":
            return [super_resolution(scale)]
        case kind:
            raise ValueError(f"unknown task {kind!r}")


def typical(task: dict, scale: int) -> Condition:
    """The one condition by which a bundle is calibrated."""
    every = conditions(task, scale)
    return every[len(every) // 2 if task["kind"] == "denoise" else (len(every) - 1) // 2]


def denoising(sigma: float) -> Condition:
    return Condition(f"sigma {sigma:g}", lambda clean: noisy_image(clean, sigma), lambda image: image)


def jpeg(quality: int) -> Condition:
    def degrade(clean: np.ndarray) -> np.ndarray:
        return np.repeat(through_jpeg(to_bytes(gray(clean)), quality)[..., None] / 255, 3, -1)

    return Condition(f"quality {quality}", degrade, gray)


def super_resolution(scale: int) -> Condition:
    def degrade(clean: np.ndarray) -> np.ndarray:
        whole = clean[: clean.shape[0] // scale * scale, : clean.shape[1] // scale * scale]
        return downscale(whole, scale) / 255

    def view(image: np.ndarray) -> np.ndarray:
        return (image @ VIDEO_LUMA + 16 / 255)[scale:-scale, scale:-scale]

    return Condition(f"x{scale}", degrade, view, scale)


def noisy_image(clean: np.ndarray, sigma: float) -> np.ndarray:
    """clean in [0, 1] plus Gaussian noise that every image draws from seed 0; not clipped."""
    return clean + np.random.default_rng(0).normal(size=clean.shape) * sigma / 255
