"""Training images: decoded once into memory, sampled as random patches, degraded on the fly."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset

from flexir_model.degradation import Degradation

CALIBRATION_IMAGES = 24
LAST_STEP = 2**40
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif"}
SHRINK = 0.6  # finer detail than the photographs have, and less of their own JPEG compression


def image_files(folder: Path) -> list[Path]:
    return sorted(p for p in Path(folder).iterdir() if p.suffix.lower() in SUFFIXES)


def split_held_out(files: list[Path], held_out: int = CALIBRATION_IMAGES) -> tuple[list[Path], list[Path]]:
    """Splits into (train, calibration). Which images are held out depends on their names alone, so every run agrees."""
    if len(files) <= held_out:
        raise ValueError(f"{len(files)} images are too few to hold {held_out} out")
    ranked = sorted(files, key=lambda p: hashlib.sha256(p.name.encode()).hexdigest())
    return sorted(ranked[held_out:]), sorted(ranked[:held_out])


def read_image(path: Path) -> np.ndarray:
    """[H, W, 3] uint8"""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def shrunk(image: np.ndarray) -> np.ndarray:
    """[H, W, 3] uint8 at 0.6 of its size, by Lanczos."""
    height, width = (round(side * SHRINK) for side in image.shape[:2])
    return np.asarray(Image.fromarray(image).resize((width, height), Image.Resampling.LANCZOS))


class PatchSampler:
    """Random patches [N, 3, size, size] in [0, 1], each flipped and turned by a multiple of 90 degrees at random.

    shrunk_share: of the patches, from the images at 0.6 of their size.  permuted_share: of the patches, with their colour channels in a random order.
    """

    def __init__(self, images: list[np.ndarray], shrunk_share: float = 0.0, permuted_share: float = 0.0):
        self.images = [_planes(image) for image in images]
        self.small = [_planes(shrunk(image)) for image in images] if shrunk_share else []
        self.shrunk_share, self.permuted_share = shrunk_share, permuted_share

    @classmethod
    def from_folder(cls, folder: Path, shrunk_share: float = 0.0, permuted_share: float = 0.0) -> "PatchSampler":
        train, _ = split_held_out(image_files(folder))
        return cls([read_image(path) for path in train], shrunk_share, permuted_share)

    def sample(self, batch: int, size: int, rng: np.random.Generator) -> torch.Tensor:
        return torch.stack([self._patch(size, rng) for _ in range(batch)]).float().div_(255)

    def _patch(self, size: int, rng: np.random.Generator) -> torch.Tensor:
        images = self.small if self.small and rng.random() < self.shrunk_share else self.images
        fitting = images[rng.integers(len(images))]
        while min(fitting.shape[1:]) < size:
            fitting = images[rng.integers(len(images))]
        top = rng.integers(fitting.shape[1] - size + 1)
        left = rng.integers(fitting.shape[2] - size + 1)
        patch = fitting[:, top : top + size, left : left + size]
        patch = patch.rot90(int(rng.integers(4)), (1, 2))
        if self.permuted_share and rng.random() < self.permuted_share:
            patch = patch[torch.from_numpy(rng.permutation(3))]
        return patch.flip(2) if rng.integers(2) else patch


def _planes(image: np.ndarray) -> torch.Tensor:
    """[H, W, 3] -> [3, H, W]"""
    return torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1)))


class Batches(Dataset):
    """Batch `step` of a training: (degraded, clean). It depends on seed and step alone, so any process may make it ahead of time."""

    def __init__(self, sampler: PatchSampler, degradation: Degradation, seed: int, batch: int, size: int):
        self.sampler, self.degradation, self.seed, self.batch, self.size = sampler, degradation, seed, batch, size

    def __getitem__(self, step: int) -> tuple[torch.Tensor, torch.Tensor]:
        rng = np.random.default_rng([self.seed, step])
        clean = self.sampler.sample(self.batch, self.size, rng)
        degraded = self.degradation(clean, rng)
        return degraded, clean

    def from_step(self, step: int, loaders: int, pinned: bool) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Batches from `step` on. loaders: processes that make them ahead; 0 makes each when it is asked for."""
        ahead = {"prefetch_factor": 4} if loaders else {}
        return iter(DataLoader(self, batch_size=None, sampler=range(step, LAST_STEP), num_workers=loaders, pin_memory=pinned, **ahead))
