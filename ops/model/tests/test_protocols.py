import numpy as np
import pytest

from flexir_model.protocols import conditions, noisy_image, psnr, super_resolution, typical
from test_degradation import photo


def test_a_noisy_image_has_the_psnr_of_its_noise_and_is_the_same_every_time():
    clean = np.full((128, 128, 3), 0.5)

    noisy = noisy_image(clean, 25)

    assert psnr(noisy, clean) == pytest.approx(20.17, abs=0.05)
    assert np.array_equal(noisy, noisy_image(clean, 25))


@pytest.mark.parametrize(("task", "labels", "middle"), [
    ({"kind": "denoise", "sigmaMin": 25, "sigmaMax": 25}, ["sigma 25"], "sigma 25"),
    ({"kind": "denoise", "sigmaMin": 0, "sigmaMax": 55}, ["sigma 15", "sigma 25", "sigma 50"], "sigma 25"),
    ({"kind": "jpeg", "qualityMin": 10, "qualityMax": 40}, ["quality 10", "quality 20", "quality 30", "quality 40"], "quality 20"),
    ({"kind": "super-resolution"}, ["x4"], "x4"),
])
def test_a_model_is_measured_at_the_levels_it_covers(task, labels, middle):
    assert [c.label for c in conditions(task, 4)] == labels
    assert typical(task, 4).label == middle


def test_jpeg_is_measured_on_gray_values():
    condition = typical({"kind": "jpeg", "qualityMin": 10, "qualityMax": 40}, 1)
    clean = photo(40, 48)

    degraded = condition.degrade(clean)

    assert np.array_equal(degraded[..., 0], degraded[..., 2])
    recoloured = clean + np.array([0.587, -0.299, 0]) * 0.1
    assert condition.psnr(degraded, clean) == pytest.approx(condition.psnr(degraded, recoloured), abs=1e-6)


def test_super_resolution_is_measured_inside_a_border_of_its_scale():
    condition = super_resolution(4)
    clean = photo(42, 50)
    output = condition.whole(clean).copy()
    output[:4] = 0

    assert condition.degrade(clean).shape == (10, 12, 3)
    assert output.shape == (40, 48, 3)
    with np.errstate(divide="ignore"):
        assert condition.psnr(output, clean) == np.inf
