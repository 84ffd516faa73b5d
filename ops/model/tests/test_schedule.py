import pytest

from flexir_model.config import Phase
from flexir_model.schedule import learning_rate, phase_at, pointer

TEACHER = Phase("teacher", 0.4, 1e-3, warmup=0.1, lr_end=0.01)
DISTIL = Phase("distil", 0.6, 5e-4, opening=0.3)


def test_phases_follow_one_another_by_their_share_of_the_time():
    assert phase_at((TEACHER, DISTIL), 0.0) == (0, 0.0)
    assert phase_at((TEACHER, DISTIL), 0.2) == (0, pytest.approx(0.5))
    assert phase_at((TEACHER, DISTIL), 0.7) == (1, pytest.approx(0.5))
    assert phase_at((TEACHER, DISTIL), 1.3) == (1, 1.0)


def test_the_rate_warms_up_and_ends_low():
    assert learning_rate(TEACHER, 0.05) == pytest.approx(5e-4)
    assert learning_rate(TEACHER, 0.1) == pytest.approx(1e-3)
    assert learning_rate(TEACHER, 0.55) == pytest.approx(1e-3 * (1 + 0.01) / 2)
    assert learning_rate(TEACHER, 1.0) == pytest.approx(1e-5)


def test_the_pointer_opens_from_one_to_n_and_stays():
    opened = [pointer(DISTIL, p / 100, 6) for p in range(101)]

    assert opened[0] == 1 and opened[29] == 6 and set(opened[30:]) == {6}
    assert opened == sorted(opened) and set(opened) == set(range(1, 7))


def test_an_unknown_phase_is_refused():
    with pytest.raises(ValueError, match="unknown phase"):
        Phase("guess", 1.0, 1e-3)
