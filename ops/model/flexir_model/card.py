"""A bundle's model card: what its manifest says, its configuration's limits, and the tables that the engine measured."""

import json
from pathlib import Path

from flexir_model.config import ModelConfig

TASKS = {
    "denoise": "removes additive white Gaussian noise in colour, standard deviation {range} of 255",
    "jpeg": "removes JPEG artefacts, gray and colour, of files with an IJG quality of {range}",
    "super-resolution": "enlarges photographs {scale} times per axis",
}


def card(config: ModelConfig, manifest: dict, results: list[dict]) -> str:
    """results: reports of `flexir evaluate --json`, each with the command that made it (`command`, `date`, `hardware`)."""
    return "\n".join([
        f"# {manifest['name']} {manifest['version']}", "",
        f"A FlexIR model that {task(manifest)}.", "",
        *shape(manifest), "",
        "## Quality by pointer", "",
        *calibration(manifest["calibration"]), "",
        *(line for report in results for line in measured(report)),
        "## Training", "",
        *training(manifest["provenance"]), "",
        "## Known limits", "",
        *(f"- {limit}" for limit in config.limits), "",
    ])


def task(manifest: dict) -> str:
    kind = manifest["task"]
    low, high = next(((kind[f"{name}Min"], kind[f"{name}Max"]) for name in ("sigma", "quality") if f"{name}Min" in kind), (0, 0))
    return TASKS[kind["kind"]].format(range=f"{low:g}" if low == high else f"{low:g} to {high:g}", scale=manifest["scale"])


def shape(manifest: dict) -> list[str]:
    params = sum(part["params"] for part in [manifest["stem"], *manifest["stages"], *manifest["branches"]])
    return [
        f"{params:,} parameters; {manifest['n']} stages of {', '.join(map(str, manifest['depths']))} layers, {manifest['embedding']} channels, "
        f"{manifest['heads']} heads, windows of {manifest['window']}x{manifest['window']} tokens of "
        f"{manifest['unshuffle']}x{manifest['unshuffle']} pixels.",
        f"Exit points {manifest['exitPoints']}; regions of {manifest['region']['size']} pixels with a halo of {manifest['region']['halo']}; "
        f"score base {manifest['scoreBase']}.",
    ]


def calibration(measured_: dict) -> list[str]:
    """The manifest's own table, in PyTorch, on images that were neither trained nor tested on."""
    count = len(measured_["psnr"])
    rows = [[r["condition"], r["inputPsnr"], *r["psnr"]] for r in measured_["conditions"]]
    return [f"Calibration: PSNR in dB on {measured_['images']} images {measured_['images_source']}, whole images in PyTorch.", "",
            *markdown(["condition", "input", *(f"P={j}" for j in range(1, count + 1))], rows)]


def measured(report: dict) -> list[str]:
    """One table of the engine; without times where other work ran beside it (`timed`)."""
    names = [("condition", "condition"), ("pointer", "depth"), ("psnr", "PSNR"), ("ssim", "SSIM"), ("psnrb", "PSNR-B"), ("gmacs", "GMACs")]
    if report.get("timed", True):
        names.append(("seconds", "s/image"))
    present = [(key, title) for key, title in names if any(row.get(key) is not None for row in report["rows"])]
    rows = [[depth(row) if key == "pointer" else row.get(key) for key, _ in present] for row in report["rows"]]
    return [f"{report['set']}, {report['date']}, {report['hardware']}: `{report['command']}`", "",
            *markdown([title for _, title in present], rows), ""]


def depth(row: dict) -> str:
    if row.get("threshold") is not None:
        return f"h={row['threshold']:.2f}"
    return "input" if row.get("pointer") is None else f"P={row['pointer']}"


def training(provenance: dict) -> list[str]:
    return [f"{provenance['trainedMinutes']:g} minutes on {provenance['hardware'] or 'unnamed hardware'}, by the paper's method "
            f"({provenance['paper']}), from {provenance['startedFrom']}.", "",
            "Data:", "", *(f"- {source}" for source in provenance["data"]), "",
            "Licences, as their sources state them:", "", *(f"- {licence}" for licence in provenance["licences"])]


def markdown(titles: list[str], rows: list[list]) -> list[str]:
    return [_line(titles), _line(["---"] * len(titles)), *(_line([_cell(value) for value in row]) for row in rows)]


def _cell(value) -> str:
    if isinstance(value, float):
        return f"{value:.4f}" if abs(value) < 1 else f"{value:.2f}"
    return "" if value is None else str(value)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def read_reports(folder: Path, bundle: str) -> list[dict]:
    return [json.loads(path.read_text()) for path in sorted(folder.glob(f"{bundle}.*.json"))]
