"""What going one stage deeper is expected to take off the squared error of a part of an image, told from its input alone.

A cell is a square of the input. Its energy is that of its luma's gradients: where an image is busy, depth pays. The table
gives the mean error of held-out cells of about that energy at pointer 1, and what each step from one pointer to the next
took off it. Errors are in squared gray levels (0 to 255).
"""

from dataclasses import dataclass

import numpy as np

from flexir_model.protocols import Condition
from flexir_model.score import luma

CELL = 32  # input pixels, rounded up to the bundle's grid
KNOTS = 16
LEVELS = 255


@dataclass(frozen=True)
class Cells:
    """energies: [cells].  errors: [cells], squared, at pointer 1.  gains: [steps, cells], what each step takes off it."""

    energies: np.ndarray
    errors: np.ndarray
    gains: np.ndarray


def cell_size(grid: int) -> int:
    return -(-CELL // grid) * grid


def cells_of(condition: Condition, degraded: np.ndarray, outputs: list[np.ndarray], clean: np.ndarray, cell: int) -> Cells:
    """The whole cells of one image and what each step gained in them. outputs: by pointer."""
    energies = log_energy(degraded, cell)
    errors = np.stack([_means(squared_error(condition, output, clean), cell * condition.scale).ravel() for output in outputs])
    return Cells(energies.ravel(), errors[0], errors[:-1] - errors[1:])


def log_energy(image: np.ndarray, cell: int) -> np.ndarray:
    """log(1 + E) by cell, E the mean of the squared forward differences within the cell, across and down, in gray levels."""
    height, width = (side // cell for side in image.shape[:2])
    gray = luma(image)[: height * cell, : width * cell] * LEVELS
    cells = gray.reshape(height, cell, width, cell).transpose(0, 2, 1, 3)
    across = (np.diff(cells, axis=3) ** 2).sum((2, 3))
    down = (np.diff(cells, axis=2) ** 2).sum((2, 3))
    return np.log1p((across + down) / cell**2)


def squared_error(condition: Condition, output: np.ndarray, clean: np.ndarray) -> np.ndarray:
    """[H, W] of an output, of the values that the condition compares; what it leaves out at the rim repeats its neighbours."""
    difference = condition.view(np.clip(output, 0, 1)) - condition.view(condition.whole(clean))
    error = (difference * LEVELS) ** 2
    flat = error.mean(-1) if error.ndim == 3 else error
    rim = (output.shape[0] - flat.shape[0]) // 2
    return np.pad(flat, rim, mode="edge")


def _means(values: np.ndarray, cell: int) -> np.ndarray:
    height, width = (side // cell for side in values.shape)
    return values[: height * cell, : width * cell].reshape(height, cell, width, cell).mean((1, 3))


def table(images: list[Cells], cell: int) -> dict:
    """The manifest's `payoffTable`: knots of equally many cells each, errors and gains that never fall with energy; linear between knots."""
    energies = np.concatenate([cells.energies for cells in images])
    knots = _knots(energies)
    sizes = [group.size for group in knots.values()]

    def rise(values: np.ndarray) -> list[float]:
        return [round(value, 5) for value in rising([values[group].mean() for group in knots.values()], sizes)]

    return {
        "cell": cell, "energies": list(knots),
        "errors": rise(np.concatenate([cells.errors for cells in images])),
        "gains": [rise(gain) for gain in np.concatenate([cells.gains for cells in images], axis=1)],
    }


def _knots(energies: np.ndarray) -> dict[float, np.ndarray]:
    """Cells by the mean energy of their group, ascending; groups of the same energy are one."""
    groups: dict[float, np.ndarray] = {}
    for group in np.array_split(np.argsort(energies, kind="stable"), KNOTS):
        if group.size:
            knot = round(float(energies[group].mean()), 4)
            groups[knot] = np.concatenate([groups.get(knot, group[:0]), group])
    return groups


def rising(values: list[float], weights) -> list[float]:
    """The nearest sequence that never falls (least squares): neighbours in the wrong order are pooled."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values, weights):
        pools.append((float(value), float(weight), 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (low, a, m), (high, b, n) = pools.pop(-2), pools.pop()
            pools.append(((low * a + high * b) / (a + b), a + b, m + n))
    return [value for value, _, count in pools for _ in range(count)]
