import numpy as np
import pytest

from flexir_model.score import luma, omega, roberts


def test_luma_clamps_before_it_weighs():
    region = np.array([[[2.0, 0.5, -1.0]]])

    assert luma(region)[0, 0] == pytest.approx(0.299 + 0.587 * 0.5)


def test_roberts_crosses_diagonal_neighbours():
    gray = np.array([[0.0, 0.3], [0.0, 0.4]])

    assert roberts(gray)[0, 0] == pytest.approx(np.hypot(0.4, 0.3))


def test_a_flat_region_scores_nothing():
    assert omega(np.full((32, 32, 3), 0.5)) == 0.0


def test_a_sharper_edge_scores_higher():
    edge = np.zeros((64, 64, 1))
    edge[:, 32:] = 1.0
    soft = np.broadcast_to(np.clip((np.arange(64) - 28) / 8, 0, 1)[None, :, None], (64, 64, 1))

    assert omega(edge) > omega(soft) > 0


def test_an_edge_in_the_cropped_border_counts_only_in_the_mean():
    region = np.zeros((64, 64, 1))
    region[:, 63] = 1.0

    assert omega(region) == 0.0
