"""What a training shows while it runs: a line in the log and in `curves.csv` now and then, PSNR by pointer in `psnr.csv`."""

import csv
import logging
from pathlib import Path

log = logging.getLogger(__name__)

CURVES, PSNR = "curves.csv", "psnr.csv"


class Curve:
    """One CSV file that a resumed training goes on with: rows of steps it has not reached are dropped when it starts."""

    def __init__(self, path: Path, columns: list[str], first_step: int):
        self.path, self.columns = path, columns
        kept = [row for row in read_curve(path) if int(row["step"]) <= first_step] if path.exists() and first_step else []
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(kept)

    def add(self, row: dict) -> None:
        with self.path.open("a", newline="") as file:
            csv.DictWriter(file, self.columns).writerow(row)


def read_curve(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


class Progress:
    """Smooths the losses of every pointer and writes them down. folder: where the CSV files go (None: the log alone)."""

    def __init__(self, n: int, folder: Path | None, first_step: int = 0):
        self.pointers = [f"p{j}" for j in range(1, n + 1)]
        start = ["step", "seconds", "megapixels"]
        self.losses = Curve(folder / CURVES, [*start, "phase", "rate", *self.pointers], first_step) if folder else None
        self.quality = Curve(folder / PSNR, [*start, *self.pointers], first_step) if folder else None

    def losses_at(self, moment: dict, phase: int, rate: float, smoothed: dict[int, float]) -> None:
        values = {f"p{j}": f"{v:.5f}" for j, v in sorted(smoothed.items())}
        log.info("%s phase=%d rate=%.2e %s", _words(moment), phase, rate, _words(values))
        if self.losses:
            self.losses.add({**moment, "phase": phase, "rate": f"{rate:.3e}", **values})

    def quality_at(self, moment: dict, psnr: list[float]) -> None:
        values = {name: f"{v:.3f}" for name, v in zip(self.pointers, psnr, strict=True)}
        log.info("%s psnr %s", _words(moment), _words(values))
        if self.quality:
            self.quality.add({**moment, **values})


def _words(values: dict) -> str:
    return " ".join(f"{name}={value}" for name, value in values.items())
