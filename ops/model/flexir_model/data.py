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


class PatchSampler:
    """Random patches [N, 3, size, size] in [0, 1], each flipped and turned by a multiple of 90 degrees at random."""

    def __init__(self, images: list[np.ndarray]):
        self.images = [torch.from_numpy(np.ascontiguousarray(image.transpose(2, 0, 1))) for image in images]

    @classmethod
    def from_folder(cls, folder: Path) -> "PatchSampler":
        train, _ = split_held_out(image_files(folder))
        return cls([read_image(path) for path in train])

    def sample(self, batch: int, size: int, rng: np.random.Generator) -> torch.Tensor:
        return torch.stack([self._patch(size, rng) for _ in range(batch)]).float().div_(255)

    def _patch(self, size: int, rng: np.random.Generator) -> torch.Tensor:
        fitting = self.images[rng.integers(len(self.images))]
        while min(fitting.shape[1:]) < size:
            fitting = self.images[rng.integers(len(self.images))]
        top = rng.integers(fitting.shape[1] - size + 1)
        left = rng.integers(fitting.shape[2] - size + 1)
        patch = fitting[:, top : top + size, left : left + size]
        patch = patch.rot90(int(rng.integers(4)), (1, 2))
        return patch.flip(2) if rng.integers(2) else patch


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
