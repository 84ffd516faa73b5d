import json

import numpy as np
import pytest
from PIL import Image

from flexir_model.cli import main

CONFIG = """
name: tiny
version: 1.0.0
size: xs
task: {kind: denoise, sigmaMin: 25, sigmaMax: 25}
exit_points: [1]
region_size: 32
region_halo: 16
network: {embedding: 8, depths: [1, 1], heads: 2, window: 4, unshuffle: 2}
training:
  phases:
    - {kind: teacher, share: 0.5, lr: 1.0e-3, patch: 16, batch: 2}
    - {kind: distil, share: 0.5, lr: 5.0e-4, patch: 16, batch: 2, opening: 0.3}
"""


@pytest.fixture
def images(tmp_path):
    folder = tmp_path / "images"
    folder.mkdir()
    rng = np.random.default_rng(0)
    for i in range(26):
        Image.fromarray(rng.integers(0, 256, (40, 48, 3), dtype=np.uint8)).save(folder / f"{i}.png")
    return folder


def test_train_resume_export_calibrate_evaluate_and_golden_work_from_the_command_line(images, tmp_path, capsys):
    config, out, bundle = tmp_path / "tiny.yaml", tmp_path / "run", tmp_path / "bundle"
    config.write_text(CONFIG)
    one = ["--threads", "1"]
    common = [*one, "--config", str(config), "--data", str(images)]

    assert main(["train", *common, "--out", str(out), "--minutes", "0.01"]) == 0
    assert main(["train", *common, "--out", str(out), "--minutes", "0.02", "--resume"]) == 0
    assert main(["export", *common, "--checkpoint", str(out / "checkpoint.pt"), "--bundle", str(bundle)]) == 0
    manifest = json.loads((bundle / "manifest.json").read_text())
    assert main(["plot", "--run", str(out)]) == 0
    assert Image.open(out / "curves.png").width > 1000
    golden = (bundle / "golden.json").read_bytes()
    assert main(["calibrate", *one, "--bundle", str(bundle), "--data", str(images), "--halos"]) == 0
    assert main(["golden", *one, "--bundle", str(bundle)]) == 0
    assert main(["train", *common, "--out", str(tmp_path / "second"), "--minutes", "0.001", "--init", str(bundle)]) == 0
    capsys.readouterr()
    assert main(["evaluate", *one, "--bundle", str(bundle), "--images", str(images)]) == 0

    assert capsys.readouterr().out.startswith("images sigma 25 P1=")
    assert manifest["calibration"]["images"] == 24 and len(manifest["calibration"]["psnr"]) == 2
    again = json.loads((bundle / "manifest.json").read_text())
    assert again["calibration"]["psnr"] == pytest.approx(manifest["calibration"]["psnr"], abs=1e-3)
    assert len(golden) == len((bundle / "golden.json").read_bytes())

JPEG = CONFIG.replace("kind: denoise, sigmaMin: 25, sigmaMax: 25", "kind: jpeg, qualityMin: 10, qualityMax: 40")
ENLARGING = CONFIG.replace("kind: denoise, sigmaMin: 25, sigmaMax: 25", "kind: super-resolution").replace("unshuffle: 2", "scale: 2") \
    .replace("region_size: 32", "region_size: 16")


@pytest.mark.parametrize(("text", "conditions"), [(JPEG, ["quality 10", "quality 20", "quality 30", "quality 40"]), (ENLARGING, ["x2"])])
def test_every_task_trains_and_is_measured_under_its_conditions(text, conditions, images, tmp_path, capsys):
    config, out, bundle = tmp_path / "tiny.yaml", tmp_path / "run", tmp_path / "bundle"
    config.write_text(text)
    common = ["--threads", "1", "--config", str(config), "--data", str(images)]

    assert main(["train", *common, "--out", str(out), "--minutes", "0.01"]) == 0
    assert main(["export", *common, "--checkpoint", str(out / "checkpoint.pt"), "--bundle", str(bundle)]) == 0
    capsys.readouterr()
    assert main(["evaluate", "--threads", "1", "--bundle", str(bundle), "--images", str(images)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" P1=")[0] for line in lines] == [f"images {condition}" for condition in conditions]
    calibration = json.loads((bundle / "manifest.json").read_text())["calibration"]
    assert [row["condition"] for row in calibration["conditions"]] == conditions
    assert calibration["condition"] in conditions


def test_an_unknown_key_in_a_configuration_is_refused(images, tmp_path):
    config = tmp_path / "bad.yaml"
    config.write_text(CONFIG + "colour: blue\n")

    with pytest.raises(ValueError, match="colour"):
        main(["train", "--threads", "1", "--config", str(config), "--data", str(images), "--out", str(tmp_path), "--minutes", "1"])
