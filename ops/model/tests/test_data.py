from pathlib import Path

import numpy as np
import pytest
import torch

from flexir_model.data import Batches, PatchSampler, split_held_out
from flexir_model.degradation import training_degradation

DENOISE = {"kind": "denoise", "sigmaMin": 25, "sigmaMax": 25}


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


def test_a_batch_depends_on_seed_and_step_alone(sampler):
    batches = Batches(sampler, training_degradation(DENOISE, 1), seed=1, batch=2, size=16)

    ahead = batches.from_step(3, loaders=1, pinned=False)

    for step in (3, 4):
        for made, expected in zip(next(ahead), batches[step]):
            assert torch.equal(made, expected)
    assert not torch.equal(batches[3][1], batches[4][1])


def test_a_share_of_the_patches_comes_from_shrunk_images():
    image = np.zeros((40, 40, 3), np.uint8)
    image[::2] = 255

    patches = PatchSampler([image], shrunk_share=0.5).sample(200, 16, np.random.default_rng(0))

    contrast = patches.amax((1, 2, 3)) - patches.amin((1, 2, 3))
    untouched = (contrast == 1).float().mean()
    assert 0.4 < untouched < 0.6


def test_a_share_of_the_patches_has_its_channels_in_another_order():
    image = np.zeros((8, 8, 3), np.uint8)
    image[..., 1], image[..., 2] = 51, 255

    patches = PatchSampler([image], permuted_share=1.0).sample(200, 8, np.random.default_rng(0))

    orders = {tuple(round(float(v), 1) for v in p[:, 0, 0]) for p in patches}
    assert orders == {(0, 0.2, 1), (0, 1, 0.2), (0.2, 0, 1), (0.2, 1, 0), (1, 0, 0.2), (1, 0.2, 0)}
