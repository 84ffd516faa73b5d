from conftest import SMALL, randomised
from flexir_model.bundle import export_bundle
from flexir_model.calibration import measure
from flexir_model.card import card
from test_calibration import image

ORIGIN = {"data": ["photos (3 images)"], "licences": ["CC0-1.0"], "trainedMinutes": 12.5, "hardware": "one core", "paper": "FlexIR",
          "startedFrom": "random weights"}
REPORT = {"set": "kodak24", "date": "2026-11-23", "hardware": "2 cores", "command": "ops/flexir evaluate --bundle tiny", "rows": [
    {"condition": "sigma 25", "pointer": None, "threshold": None, "psnr": 20.17, "ssim": 0.4, "gmacs": 0.0, "seconds": None},
    {"condition": "sigma 25", "pointer": 3, "threshold": None, "psnr": 31.5, "ssim": 0.9, "gmacs": 12.0, "seconds": 0.25},
    {"condition": "sigma 25", "pointer": None, "threshold": 1.05, "psnr": 31.4, "ssim": 0.89, "gmacs": 11.0, "seconds": 0.2}]}


def test_a_card_names_task_shape_quality_training_data_and_limits(small_model, tmp_path):
    network = randomised(SMALL)
    measured = measure(network, small_model.task, 32, [image(64, 64)])
    manifest = export_bundle(small_model, network, tmp_path, ORIGIN, measured)

    text = card(small_model, manifest, [REPORT])

    assert "standard deviation 25 of 255" in text
    assert "3 stages of 1, 2, 3 layers" in text
    assert "| condition | input | P=1 | P=2 | P=3 |" in text
    assert "12.5 minutes on one core" in text and "from random weights" in text and "- CC0-1.0" in text and "- photos (3 images)" in text


def test_a_measured_table_has_a_row_for_the_input_each_pointer_and_each_threshold_and_no_empty_column(small_model, tmp_path):
    network = randomised(SMALL)
    manifest = export_bundle(small_model, network, tmp_path, ORIGIN, measure(network, small_model.task, 32, [image(64, 64)]))

    lines = card(small_model, manifest, [REPORT]).splitlines()

    table = lines[lines.index("| condition | depth | PSNR | SSIM | GMACs | s/image |"):][:5]
    assert [line.split(" | ")[1] for line in table] == ["depth", "---", "input", "P=3", "h=1.05"]
    assert "ops/flexir evaluate --bundle tiny" in "\n".join(lines) and "PSNR-B" not in "\n".join(lines)


def test_times_that_were_taken_beside_other_work_are_left_out(small_model, tmp_path):
    network = randomised(SMALL)
    manifest = export_bundle(small_model, network, tmp_path, ORIGIN, measure(network, small_model.task, 32, [image(64, 64)]))

    text = card(small_model, manifest, [REPORT | {"timed": False}])

    assert "| condition | depth | PSNR | SSIM | GMACs |" in text and "s/image" not in text
