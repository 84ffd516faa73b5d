import numpy as np
import pytest

from conftest import randomised
from flexir_model.calibration import halo_table, measure, region_origins, tiled
from flexir_model.config import NetworkConfig
from flexir_model.evaluation import restore_every_pointer

TASK = {"kind": "denoise", "sigmaMin": 25, "sigmaMax": 25}
NETWORK = NetworkConfig(embedding=8, depths=(1, 1), heads=2, window=4, unshuffle=2)


def image(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(5).random((height, width, 3))


def test_a_measurement_has_a_score_base_and_the_psnr_of_every_pointer():
    measured = measure(randomised(NETWORK), TASK, 32, [image(70, 64), image(40, 40)])

    assert measured["scoreBase"] > 0
    assert measured["calibration"]["images"] == 2 and len(measured["calibration"]["psnr"]) == 2
    assert measured["payoffTable"]["cell"] == 32 and len(measured["payoffTable"]["gains"]) == 1


def test_only_whole_regions_are_scored():
    assert region_origins(image(70, 64), 32) == [(0, 0), (0, 32), (32, 0), (32, 32)]


def test_with_a_halo_beyond_the_networks_reach_tiles_are_the_whole_image():
    network, noisy = randomised(NETWORK), image(80, 96)

    whole = np.clip(restore_every_pointer(network, noisy)[-1], 0, 1)

    assert np.abs(tiled(network, noisy, 32, 48) - whole).max() < 1e-5
    assert np.abs(tiled(network, noisy, 32, 0) - whole).max() > 1e-3


def test_the_halo_table_falls_towards_zero():
    rows = halo_table(randomised(NETWORK), TASK, 32, [image(64, 64)], halos=(0, 8, 32))

    assert [r["halo"] for r in rows] == [0, 8, 32]
    assert rows[0]["mean"] > rows[1]["mean"] > rows[2]["mean"]
    assert rows[2]["mean"] == pytest.approx(0, abs=1e-3)
