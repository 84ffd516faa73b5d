"""The picture of a training: losses and PSNR by pointer, over time."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

from flexir_model.progress import CURVES, PSNR, read_curve  # noqa: E402


def plot_curves(run: Path, png: Path | None = None) -> Path:
    """Draws `curves.csv` and `psnr.csv` of a run; returns the file it wrote."""
    figure, (losses, quality) = pyplot.subplots(1, 2, figsize=(12, 4.5), layout="constrained")
    _lines(losses, read_curve(run / CURVES))
    losses.set(title="Training loss by pointer", ylabel="Charbonnier, smoothed", yscale="log")
    _lines(quality, read_curve(run / PSNR))
    quality.set(title="Held-out images, averaged weights", ylabel="PSNR, dB")
    target = png or run / "curves.png"
    figure.savefig(target, dpi=110)
    pyplot.close(figure)
    return target


def _lines(axes, rows: list[dict[str, str]]) -> None:
    pointers = [name for name in (rows[0] if rows else {}) if name[0] == "p" and name[1:].isdigit()]
    for name in pointers:
        points = [(float(row["seconds"]) / 60, float(row[name])) for row in rows if row[name]]
        axes.plot(*zip(*points), label=f"P = {name[1:]}") if points else None
    axes.set_xlabel("minutes of training")
    axes.grid(alpha=0.3)
    if pointers:
        axes.legend(fontsize="small")
