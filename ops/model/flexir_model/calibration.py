"""What a bundle's manifest says of its network, measured on images that it was not trained on."""

from pathlib import Path

import numpy as np

from flexir_model.data import image_files, read_image, split_held_out
from flexir_model.evaluation import noisy_image, psnr, restore, restore_every_pointer
from flexir_model.network import FlexIR
from flexir_model.score import omega

MAX_SIDE = 576  # calibration images are cut to this, so that one measurement takes minutes


def calibration_images(folder: Path) -> list[np.ndarray]:
    """The held-out images of a training folder, [H, W, 3] in [0, 1]."""
    _, held_out = split_held_out(image_files(folder))
    return [read_image(path)[:MAX_SIDE, :MAX_SIDE].astype(np.float64) / 255 for path in held_out]


def measure(network: FlexIR, task: dict, region: int, images: list[np.ndarray]) -> dict:
    """`scoreBase` (median full-depth Omega over whole regions) and `calibration` (PSNR of the input and per pointer)."""
    network.eval()
    scores, inputs, pointers = [], [], []
    for clean in images:
        noisy = noisy_image(clean, task["sigma"])
        outputs = restore_every_pointer(network, noisy)
        inputs.append(psnr(noisy, clean))
        pointers.append([psnr(output, clean) for output in outputs])
        scores += [omega(outputs[-1][y : y + region, x : x + region]) for y, x in region_origins(clean, region)]
    return {
        "scoreBase": round(float(np.median(scores)), 6),
        "calibration": {"images": len(images), "inputPsnr": round(float(np.mean(inputs)), 4),
                        "psnr": [round(float(v), 4) for v in np.mean(pointers, axis=0)],
                        "images_source": "held out of the training folder by name"},
    }


def region_origins(image: np.ndarray, region: int) -> list[tuple[int, int]]:
    """Origins of the whole regions that fit an image."""
    height, width = image.shape[:2]
    return [(y, x) for y in range(0, height - region + 1, region) for x in range(0, width - region + 1, region)]


def halo_table(network: FlexIR, task: dict, region: int, images: list[np.ndarray], halos: tuple[int, ...] = (0, 16, 32, 48, 64)) -> list[dict]:
    """How far tiled output is from whole-image output at full depth, in 1/255, by halo in pixels.

    Regions and halo lie on the grid, so that a tile's windows are the whole image's windows. `seam` is the mean
    difference on the outermost pixels of the regions' inner borders, where a seam would show.
    """
    rows, whole = [], []
    for clean in images:
        noisy = noisy_image(clean, task["sigma"])
        whole.append((noisy, np.clip(restore(network, noisy), 0, 1)))
    for halo in halos:
        inside, seams, worst = [], [], 0.0
        for noisy, reference in whole:
            difference = np.abs(tiled(network, noisy, region, halo) - reference) * 255
            inside.append(difference.mean())
            seams += _seams(difference, region)
            worst = max(worst, float(difference.max()))
        rows.append({"halo": halo, "mean": round(float(np.mean(inside)), 4), "seam": round(float(np.mean(seams)), 4),
                     "max": round(worst, 3)})
    return rows


def tiled(network: FlexIR, image: np.ndarray, region: int, halo: int) -> np.ndarray:
    """Full depth, region by region with a halo, joined without a cross-fade; clamped."""
    out = np.zeros_like(image)
    height, width = image.shape[:2]
    for y in range(0, height, region):
        for x in range(0, width, region):
            top, left = max(0, y - halo), max(0, x - halo)
            tile = restore(network, image[top : y + region + halo, left : x + region + halo])
            core = tile[y - top : y - top + region, x - left : x - left + region]
            out[y : y + core.shape[0], x : x + core.shape[1]] = core
    return np.clip(out, 0, 1)


def _seams(difference: np.ndarray, region: int) -> list[float]:
    rows = [difference[y - 1 : y + 1].mean() for y in range(region, difference.shape[0], region)]
    columns = [difference[:, x - 1 : x + 1].mean() for x in range(region, difference.shape[1], region)]
    return [float(v) for v in rows + columns]
