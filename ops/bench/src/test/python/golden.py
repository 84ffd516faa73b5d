"""Writes golden.json, what the Java measures and degradations are held against, from pictures that are formulas.

    python golden.py > ../resources/io/flexir/ops/bench/golden.json

Needs numpy, scikit-image, and Pillow. PSNR and SSIM are scikit-image's, JPEG and bicubic resampling Pillow's, noise
numpy's; PSNR-B is written out here from the paper, by slices and not pixel by pixel as in Java.
"""

import base64
import io
import json
import sys

import numpy as np
from PIL import Image
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

WIDTH, HEIGHT = 61, 47
QUALITIES = (10, 30, 40, 75)


def formula(width: int, height: int) -> np.ndarray:
    """[height, width, 3] of 8 bits: waves, a ramp, and blocks of noise from whole-number arithmetic."""
    y, x, c = np.mgrid[0:height, 0:width, 0:3].astype(np.int64)
    waves = (x * x + 3 * y * y + 40 * c) // 24 % 128
    ramp = (2 * x + y) * (c + 1) % 97
    speckle = (x * 7919 + y * 104729 + c * 1299709) % 31
    return (waves + ramp + speckle).astype(np.uint8)


def changed(clean: np.ndarray) -> np.ndarray:
    """The same picture with an error that differs from place to place."""
    y, x, c = np.mgrid[0 : clean.shape[0], 0 : clean.shape[1], 0:3].astype(np.int64)
    error = (x * 31 + y * 17 + c * 7) % 23 - 11 + 6 * ((x // 8 + y // 8) % 2)
    return np.clip(clean.astype(np.int64) + error, 0, 255).astype(np.uint8)


def luma(rgb: np.ndarray) -> np.ndarray:
    """[H, W, 3] of 8 bits to [H, W] of 8 bits, full range"""
    return np.rint(rgb @ np.array([0.299, 0.587, 0.114])).astype(np.uint8)


def studio(rgb: np.ndarray) -> np.ndarray:
    """[H, W, 3] in [0, 1] to [H, W] in [16/255, 235/255]"""
    return (16 + rgb @ np.array([65.481, 128.553, 24.966])) / 255


def ssim(one: np.ndarray, other: np.ndarray) -> float:
    return structural_similarity(
        one,
        other,
        gaussian_weights=True,
        sigma=1.5,
        use_sample_covariance=False,
        data_range=1.0,
        channel_axis=-1 if one.ndim == 3 else None,
    )


def psnr_b(clean: np.ndarray, picture: np.ndarray) -> float:
    """Yim and Bovik 2011, equations 11 to 18, of gray pictures in [0, 1]."""
    height, width = picture.shape
    across = np.diff(picture, axis=1) ** 2
    down = np.diff(picture, axis=0) ** 2
    at_x = np.arange(1, width) % 8 == 0
    at_y = np.arange(1, height) % 8 == 0
    border = np.concatenate([across[:, at_x].ravel(), down[at_y].ravel()])
    inside = np.concatenate([across[:, ~at_x].ravel(), down[~at_y].ravel()])
    excess = border.mean() - inside.mean()
    factor = np.log2(8) / np.log2(min(width, height)) * excess if excess > 0 else 0
    return float(-10 * np.log10(np.mean((clean - picture) ** 2) + factor))


def through_jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality, subsampling=2)
    return np.asarray(Image.open(file))


def resized(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    return np.asarray(Image.fromarray(picture).resize((width, height), Image.Resampling.BICUBIC))


def base64_of(picture: np.ndarray) -> str:
    return base64.b64encode(picture.tobytes()).decode()


def jpeg(clean: np.ndarray, quality: int) -> dict:
    gray = luma(clean)
    decoded = through_jpeg(gray, quality)
    reference, picture = gray / 255, decoded / 255
    in_colour = through_jpeg(clean, quality)
    return {
        "quality": quality,
        "gray": base64_of(decoded),
        "psnr": peak_signal_noise_ratio(reference, picture, data_range=1.0),
        "ssim": ssim(reference, picture),
        "psnrB": psnr_b(reference, picture),
        "colourPsnr": peak_signal_noise_ratio(
            clean @ np.array([0.299, 0.587, 0.114]) / 255, in_colour @ np.array([0.299, 0.587, 0.114]) / 255, data_range=1.0
        ),
    }


def scaled(clean: np.ndarray, scale: int) -> dict:
    height, width = clean.shape[0] // scale, clean.shape[1] // scale
    whole = clean[: height * scale, : width * scale]
    small = resized(whole, width, height)
    large = resized(small, width * scale, height * scale)
    reference = studio(whole / 255)[scale:-scale, scale:-scale]
    picture = studio(large / 255)[scale:-scale, scale:-scale]
    return {
        "scale": scale,
        "small": base64_of(small),
        "large": base64_of(large),
        "psnr": peak_signal_noise_ratio(reference, picture, data_range=1.0),
        "ssim": ssim(reference, picture),
    }


def noise(clean: np.ndarray, sigma: float) -> dict:
    fed = (clean / 255 + np.random.default_rng(0).normal(size=clean.shape) * sigma / 255).astype(np.float32)
    rounded = np.rint(np.clip(fed.astype(np.float64), 0, 1) * 255) / 255
    clipped = np.clip(fed.astype(np.float64), 0, 1)
    return {
        "sigma": sigma,
        "fed": [float(value) for value in fed.ravel()[:12]],
        "psnr": peak_signal_noise_ratio(clean / 255, clipped, data_range=1.0),
        "ssim": ssim(clean / 255, clipped),
        "roundedPsnr": peak_signal_noise_ratio(clean / 255, rounded, data_range=1.0),
    }


def main() -> None:
    clean = formula(WIDTH, HEIGHT)
    other = changed(clean)
    golden = {
        "width": WIDTH,
        "height": HEIGHT,
        "clean": base64_of(clean),
        "changed": base64_of(other),
        "psnr": peak_signal_noise_ratio(clean / 255, other / 255, data_range=1.0),
        "ssim": ssim(clean / 255, other / 255),
        "psnrB": psnr_b(luma(clean) / 255, luma(other) / 255),
        "noise": [noise(clean, sigma) for sigma in (15.0, 50.0)],
        "jpeg": [jpeg(clean, quality) for quality in QUALITIES],
        "scaled": [scaled(clean, scale) for scale in (2, 3, 4)],
    }
    json.dump(golden, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
