"""What a bundle's manifest says of its network, measured on images that it was not trained on."""

from pathlib import Path

import numpy as np
from PIL import Image

from flexir_model.data import CALIBRATION_IMAGES, image_files, split_held_out
from flexir_model.degradation.pixels import to_bytes
from flexir_model.degradation.resolution import resize
from flexir_model.evaluation import read_clean, restore, restore_every_pointer
from flexir_model.network import FlexIR
from flexir_model.payoff import cell_size, cells_of, table
from flexir_model.protocols import conditions, typical
from flexir_model.score import omega

MAX_SIDE = 576  # calibration images are cut to this, so that one measurement takes minutes
MAX_SIDE_ENLARGED = 768  # where they are made smaller first


def calibration_images(folder: Path, scale: int, count: int = CALIBRATION_IMAGES) -> list[np.ndarray]:
    """The first `count` held-out images of a training folder, [H, W, 3] in [0, 1]."""
    _, held_out = split_held_out(image_files(folder))
    side = MAX_SIDE if scale == 1 else MAX_SIDE_ENLARGED
    return [read_clean(path)[:side, :side] for path in held_out[:count]]


def measure(network: FlexIR, task: dict, region: int, images: list[np.ndarray]) -> dict:
    """`scoreBase` (median full-depth Omega over whole regions), `calibration` (PSNR of the input and per pointer), `payoffTable`.

    The first two are of the task's typical condition; the PSNR of every condition stands beside them, and `payoffTable` is of all
    of them together. region: input pixels.
    """
    network.eval()
    scale = network.config.scale
    chosen, rows, scores, cells, cell = typical(task, scale), [], [], [], cell_size(network.config.grid)
    for condition in conditions(task, scale):
        inputs, pointers = [], []
        for clean in images:
            degraded = condition.degrade(clean)
            outputs = restore_every_pointer(network, degraded)
            inputs.append(condition.psnr(enlarged(degraded, scale), clean))
            pointers.append([condition.psnr(output, clean) for output in outputs])
            cells.append(cells_of(condition, degraded, outputs, clean, cell))
            if condition.label == chosen.label:
                side = region * scale
                scores += [omega(outputs[-1][y : y + side, x : x + side]) for y, x in region_origins(outputs[-1], side)]
        rows.append({"condition": condition.label, "inputPsnr": _mean(inputs), "psnr": [_mean(column) for column in zip(*pointers)]})
    if not scores:
        raise ValueError(f"no calibration image holds a whole region of {region} input pixels")
    return {
        "scoreBase": round(float(np.median(scores)), 6),
        "calibration": {"images": len(images), **next(row for row in rows if row["condition"] == chosen.label),
                        "images_source": "held out of the training folder by name", "conditions": rows},
        "payoffTable": table(cells, cell),
    }


def enlarged(image: np.ndarray, scale: int) -> np.ndarray:
    """What a user has without the network: the image as it is, or bicubically enlarged."""
    if scale == 1:
        return image
    return resize(to_bytes(image), image.shape[0] * scale, image.shape[1] * scale, Image.Resampling.BICUBIC) / 255


def _mean(values) -> float:
    return round(float(np.mean(values)), 4)


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
        noisy = typical(task, network.config.scale).degrade(clean)
        whole.append((noisy, np.clip(restore(network, noisy), 0, 1)))
    for halo in halos:
        inside, seams, worst = [], [], 0.0
        for noisy, reference in whole:
            difference = np.abs(tiled(network, noisy, region, halo) - reference) * 255
            inside.append(difference.mean())
            seams += _seams(difference, region * network.config.scale)
            worst = max(worst, float(difference.max()))
        rows.append({"halo": halo, "mean": round(float(np.mean(inside)), 4), "seam": round(float(np.mean(seams)), 4),
                     "max": round(worst, 3)})
    return rows


def tiled(network: FlexIR, image: np.ndarray, region: int, halo: int) -> np.ndarray:
    """Full depth, region by region with a halo, joined without a cross-fade; clamped."""
    height, width, scale = *image.shape[:2], network.config.scale
    out = np.zeros((height * scale, width * scale, image.shape[2]))
    for y in range(0, height, region):
        for x in range(0, width, region):
            top, left = max(0, y - halo), max(0, x - halo)
            tile = restore(network, image[top : y + region + halo, left : x + region + halo])
            inside_y, inside_x, side = (y - top) * scale, (x - left) * scale, region * scale
            core = tile[inside_y : inside_y + side, inside_x : inside_x + side]
            out[y * scale : y * scale + core.shape[0], x * scale : x * scale + core.shape[1]] = core
    return np.clip(out, 0, 1)


def _seams(difference: np.ndarray, region: int) -> list[float]:
    rows = [difference[y - 1 : y + 1].mean() for y in range(region, difference.shape[0], region)]
    columns = [difference[:, x - 1 : x + 1].mean() for x in range(region, difference.shape[1], region)]
    return [float(v) for v in rows + columns]
