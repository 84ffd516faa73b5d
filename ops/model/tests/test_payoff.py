import numpy as np
import pytest

from flexir_model.payoff import Cells, cell_size, cells_of, log_energy, rising, squared_error, table
from flexir_model.protocols import denoising, super_resolution


def test_a_cell_lies_on_the_grid():
    assert [cell_size(grid) for grid in (8, 14, 16)] == [32, 42, 32]


def test_energy_is_of_differences_within_the_cell_alone():
    image = np.zeros((8, 16, 3))
    image[:, 8:] = 1  # an edge between two cells
    image[1, 9] = 0.5

    energy = log_energy(image, 8)

    assert energy.shape == (1, 2) and energy[0, 0] == 0
    assert energy[0, 1] == pytest.approx(np.log1p(4 * 127.5**2 / 64))


def test_energy_is_that_of_the_clamped_image():
    image = np.random.default_rng(1).normal(0.5, 1, size=(32, 32, 3))

    assert log_energy(image, 32) == pytest.approx(log_energy(np.clip(image, 0, 1), 32))


def test_gains_are_what_each_step_takes_off_the_squared_error_of_a_cell():
    clean = np.full((40, 64, 3), 0.5)
    outputs = [clean + 4 / 255, clean + 2 / 255, clean + 2 / 255]
    outputs[2][:, 32:] = 0.5

    cells = cells_of(denoising(25), clean, outputs, clean, 32)

    assert cells.energies.tolist() == [0, 0] and cells.errors == pytest.approx(np.array([16, 16]))
    assert cells.gains == pytest.approx(np.array([[12, 12], [0, 4]]))


def test_an_enlarged_image_has_its_input_s_cells():
    condition, clean = super_resolution(2), np.random.default_rng(2).random((128, 64, 3))
    degraded = condition.degrade(clean)

    cells = cells_of(condition, degraded, [clean * 0.5, clean], clean, 32)

    assert degraded.shape == (64, 32, 3) and cells.gains.shape == (1, 2)
    assert squared_error(condition, clean * 0.5, clean).shape == (128, 64)
    assert (cells.gains > 0).all()


def test_the_table_finds_a_gain_that_grows_with_energy_again():
    random = np.random.default_rng(3)
    energies = random.uniform(2, 8, 4000)
    gains = np.stack([3 * energies + random.normal(0, 5, 4000), np.full(4000, 0.25)])

    found = table([Cells(energies[:1000], gains[0, :1000], gains[:, :1000]), Cells(energies[1000:], gains[0, 1000:], gains[:, 1000:])], 32)

    assert found["cell"] == 32 and len(found["energies"]) == 16 and found["energies"] == sorted(found["energies"])
    assert np.interp(5, found["energies"], found["gains"][0]) == pytest.approx(15, abs=0.7)
    assert found["errors"] == found["gains"][0]
    assert found["gains"][1] == [0.25] * 16


def test_cells_of_one_energy_make_one_knot():
    found = table([Cells(np.zeros(40), np.full(40, 9.0), np.arange(40.0)[None])], 32)

    assert found == {"cell": 32, "energies": [0.0], "errors": [9.0], "gains": [[19.5]]}


def test_rising_pools_what_falls():
    assert rising([1, 3, 2, 5, 4.5, 4], [1, 1, 1, 1, 1, 2]) == [1, 2.5, 2.5, 4.375, 4.375, 4.375]
