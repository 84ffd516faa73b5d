import io

import numpy as np
import pytest
import torch
from PIL import Image

from flexir_model.degradation import training_degradation
from flexir_model.degradation.jpeg import through_jpeg


def photo(height: int, width: int) -> np.ndarray:
    """Smooth colours with edges, [H, W, 3] in [0, 1]."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([0.5 + 0.3 * np.sin(x / (7 + c)) + 0.2 * ((x + y) // 13 % 2) - 0.1 for c in range(3)], -1)


def patches(count: int, side: int = 64) -> torch.Tensor:
    return torch.from_numpy(photo(side, side)).permute(2, 0, 1).float().expand(count, -1, -1, -1).clone()


def test_noise_has_the_tasks_strength_and_is_not_clipped():
    clean = torch.zeros(4, 3, 64, 64)

    noisy = training_degradation({"kind": "denoise", "sigmaMin": 25, "sigmaMax": 25}, 1)(clean, np.random.default_rng(0))

    assert noisy.std().item() * 255 == pytest.approx(25, rel=0.02)
    assert noisy.min() < 0


def test_blind_noise_has_another_level_in_every_patch_within_the_range():
    clean = torch.zeros(64, 3, 32, 32)

    noisy = training_degradation({"kind": "denoise", "sigmaMin": 0, "sigmaMax": 55}, 1)(clean, np.random.default_rng(0))

    levels = noisy.flatten(1).std(1) * 255
    assert levels.min() < 5 and 50 < levels.max() < 58


def test_jpeg_leaves_gray_patches_gray_and_teaches_against_the_gray_original():
    clean = patches(16)
    untouched = clean.clone()

    degraded = training_degradation({"kind": "jpeg", "qualityMin": 10, "qualityMax": 40}, 1)(clean, np.random.default_rng(0))

    gray = [bool((d[0] == d[1]).all() and (d[1] == d[2]).all()) for d in degraded]
    assert 0 < sum(gray) < 16
    for index, is_gray in enumerate(gray):
        assert torch.equal(clean[index, 0], clean[index, 2]) == is_gray
        assert is_gray or torch.equal(clean[index], untouched[index])


def test_a_picture_goes_through_a_file_of_the_named_quality():
    picture = np.round(photo(40, 48) * 255).clip(0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=10)

    assert np.array_equal(through_jpeg(picture, 10), np.asarray(Image.open(file)))
    errors = [np.abs(through_jpeg(picture, q).astype(int) - picture).mean() for q in (10, 40, 90)]
    assert errors[0] > errors[1] > errors[2]


@pytest.mark.parametrize("scale", [2, 4])
def test_low_resolution_is_smaller_and_mostly_worse_than_clean_bicubic(scale):
    clean = patches(40)

    small = training_degradation({"kind": "super-resolution"}, scale)(clean, np.random.default_rng(0))

    assert small.shape == (40, 3, 64 // scale, 64 // scale)
    differing = {tuple(p.flatten().tolist()) for p in small}
    assert 20 < len(differing) < 40, "clean ones are alike, the others are not"


def test_an_unknown_task_is_refused():
    with pytest.raises(ValueError, match="deblur"):
        training_degradation({"kind": "deblur"}, 1)
