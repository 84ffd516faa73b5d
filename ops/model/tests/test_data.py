from pathlib import Path

import numpy as np
import pytest
import torch

from flexir_model.data import PatchSampler, degrade, split_held_out
from flexir_model.evaluation import noisy_image, psnr


def test_the_held_out_images_depend_on_names_alone():
    files = [Path(f"/any/{i}.jpg") for i in range(60)]

    train, held_out = split_held_out(files)
    again = split_held_out([Path(f"/other/{p.name}") for p in reversed(files)])[1]

    assert len(held_out) == 24 and not set(train) & set(held_out)
    assert [p.name for p in held_out] == [p.name for p in again]


def test_too_few_images_are_refused():
    with pytest.raises(ValueError, match="too few"):
        split_held_out([Path("a.jpg")])


def test_patches_come_from_the_images_in_all_eight_orientations():
    image = np.zeros((8, 8, 3), np.uint8)
    image[0, 1] = 255

    patches = PatchSampler([image]).sample(200, 8, np.random.default_rng(0))

    places = {tuple(torch.nonzero(p[0])[0].tolist()) for p in patches}
    assert places == {(0, 1), (1, 0), (0, 6), (6, 0), (7, 1), (1, 7), (7, 6), (6, 7)}


def test_noise_has_the_tasks_strength_and_is_not_clipped():
    clean = torch.zeros(4, 3, 64, 64)

    noisy = degrade(clean, {"kind": "denoise", "sigma": 25}, torch.Generator().manual_seed(0))

    assert noisy.std().item() * 255 == pytest.approx(25, rel=0.02)
    assert noisy.min() < 0


def test_a_noisy_image_has_the_psnr_of_its_noise_and_is_the_same_every_time():
    clean = np.full((128, 128, 3), 0.5)

    noisy = noisy_image(clean, 25)

    assert psnr(noisy, clean) == pytest.approx(20.17, abs=0.05)
    assert np.array_equal(noisy, noisy_image(clean, 25))
