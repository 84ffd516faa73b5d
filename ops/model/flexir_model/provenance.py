"""Where a bundle comes from: data and licences, as the training folder's MANIFEST.csv states them."""

import csv
from collections import Counter
from pathlib import Path

PAPER = "FlexIR: branch residual Swin transformer blocks, progressive self-distillation"


def provenance(data: Path, trained_seconds: float, hardware: str, started_from: str) -> dict:
    """The manifest's provenance. started_from: the weights a training began with, if not at random. Sources are counted by repository, licences are listed as stated."""
    sources, licences = Counter(), set()
    manifest = Path(data) / "MANIFEST.csv"
    if manifest.exists():
        with manifest.open(newline="") as lines:
            for row in csv.DictReader(lines):
                sources[row["source"].split()[0].split("@")[0]] += 1
                licences.add(row["licence_stated"].strip())
    return {
        "data": [f"{source} ({count} images)" for source, count in sorted(sources.items())],
        "licences": sorted(licences),
        "trainedMinutes": round(trained_seconds / 60, 1),
        "hardware": hardware,
        "startedFrom": started_from,
        "paper": PAPER,
    }


def untrained() -> dict:
    """Of random weights."""
    return {"data": [], "licences": [], "trainedMinutes": 0.0, "hardware": "", "startedFrom": "random weights", "paper": PAPER}
