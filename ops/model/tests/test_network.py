import dataclasses

import pytest
import torch

from conftest import SMALL, randomised
from flexir_model.config import NetworkConfig
from flexir_model.network import FlexIR, from_windows, pad_to_grid, shift_mask, to_windows


@pytest.mark.parametrize("size", [(16, 16), (17, 23), (5, 3), (1, 40)])
def test_every_pointer_restores_an_image_of_any_size(small_network, size):
    outputs = small_network.every_pointer(torch.rand(2, 3, *size))

    assert [o.shape for o in outputs] == [(2, 3, *size)] * 3


def test_one_pointer_alone_gives_what_the_pass_over_all_pointers_gives(small_network):
    image = torch.rand(1, 3, 19, 21)

    outputs = small_network.every_pointer(image)

    for pointer, output in enumerate(outputs, 1):
        torch.testing.assert_close(small_network(image, pointer), output)


def test_super_resolution_gives_scale_times_the_pixels():
    network = FlexIR(dataclasses.replace(SMALL, scale=2, unshuffle=1))

    assert network(torch.rand(1, 3, 9, 11)).shape == (1, 3, 18, 22)


def test_an_untrained_network_returns_its_input():
    image = torch.rand(1, 3, 16, 16)

    assert torch.equal(FlexIR(SMALL)(image), image)


def test_shift_alternates_over_the_whole_network_not_within_a_stage():
    config = NetworkConfig(embedding=8, depths=(1, 1, 2), heads=1, window=8)

    assert [[config.shift(s, i) for i in range(d)] for s, d in enumerate(config.depths)] == [[0], [4], [0, 4]]


def test_padding_repeats_the_last_row_and_column():
    padded = pad_to_grid(torch.arange(6.0).view(1, 1, 2, 3), 4)

    assert padded[0, 0].tolist() == [[0, 1, 2, 2], [3, 4, 5, 5], [3, 4, 5, 5], [3, 4, 5, 5]]


def test_windows_put_back_are_the_map_they_came_from():
    x = torch.rand(2, 8, 12, 5)

    assert torch.equal(from_windows(to_windows(x, 4), 4, x.shape), x)


def test_a_shifted_window_attends_only_within_what_was_adjacent_before_the_shift():
    mask = shift_mask(8, 8, 4)

    assert (mask[0] == 0).all()
    assert (mask[1][0] == 0).view(4, 4).tolist() == [[True, True, False, False]] * 4
    assert (mask[3] == 0).sum() == 16 * 4


def test_a_pixel_does_not_reach_across_the_image_through_the_cyclic_shift():
    network = randomised(NetworkConfig(embedding=8, depths=(2,), heads=2, window=4))
    image = torch.rand(1, 3, 32, 32)
    changed = image.clone()
    changed[..., 0, 0] += 1

    difference = (network(image) - network(changed)).abs().amax((0, 1))

    assert difference[:12, :12].max() > 0
    assert difference[20:].max() == 0 and difference[:, 20:].max() == 0


def test_a_batch_is_restored_as_its_images_one_by_one(small_network):
    images = torch.rand(3, 3, 16, 24)

    together = small_network(images)

    torch.testing.assert_close(together, torch.cat([small_network(i[None]) for i in images]), atol=1e-5, rtol=1e-4)
