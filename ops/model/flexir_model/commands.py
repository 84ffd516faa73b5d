"""What each command of the command line does."""

import json
import logging
import signal
import sys
import time
from argparse import Namespace

import torch

from flexir_model import bundle as bundles
from flexir_model import card as cards
from flexir_model.aligned import narrow
from flexir_model.bench import serve
from flexir_model.calibration import calibration_images, halo_table, measure
from flexir_model.card import read_reports
from flexir_model.config import ModelConfig, load_config
from flexir_model.curves import plot_curves
from flexir_model.data import PatchSampler, image_files
from flexir_model.evaluation import monitor, psnr_per_pointer, read_clean
from flexir_model.golden import golden_document
from flexir_model.initial import initial_weights
from flexir_model.network import FlexIR
from flexir_model.protocols import conditions
from flexir_model.provenance import provenance, untrained
from flexir_model.quantisation import losses, quantise_bundle
from flexir_model.throughput import peak_macs
from flexir_model.training import Budget, Machine, Trainer

HALO_IMAGES = 4
HALO_REGIONS = 3  # along each side

log = logging.getLogger(__name__)


def train(options: Namespace) -> None:
    config = load_config(options.config)
    options.out.mkdir(parents=True, exist_ok=True)
    machine = Machine(options.device, options.threads if options.device == "cpu" else 1, options.loaders, options.compile)
    if options.device != "cpu":
        torch.set_float32_matmul_precision("high")
    torch.set_num_threads(1 if machine.threads > 1 else torch.get_num_threads())
    budget = Budget(options.minutes, options.checkpoint_seconds, options.quality_seconds)
    clock = time.process_time if options.cpu_time else time.monotonic
    sampler = PatchSampler.from_folder(options.data, config.training.shrunk_share, config.training.permuted_share)
    trainer = Trainer(config, sampler, budget, machine, clock, monitor(config, options.data))
    checkpoint = options.out / "checkpoint.pt"
    if options.resume and checkpoint.exists():
        trainer.resume(checkpoint)
    elif options.init:
        trainer.initialise(initial_weights(options.init, FlexIR(config.network)))
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: trainer.stop())
    trainer.run(checkpoint)
    _report(trainer, config)


def _report(trainer: Trainer, config: ModelConfig) -> None:
    """Patches a second, and the share of the device's peak that the products of a step reach."""
    peak = peak_macs(trainer.machine.device, config.training.precision, trainer.clock) * trainer.machine.threads
    speed = trainer.macs / max(trainer.seconds, 1e-9)
    patches = trainer.step * config.training.phases[trainer.phase].batch / max(trainer.seconds, 1e-9)
    log.info("trained steps=%d seconds=%.0f megapixels=%.1f patches_per_second=%.1f gmacs_per_second=%.1f share_of_peak=%.2f",
             trainer.step, trainer.seconds, trainer.pixels / 1e6, patches, speed / 1e9, speed / peak)


def plot(options: Namespace) -> None:
    plot_curves(options.run_folder, options.png)


def _not_calibrated(stages: int) -> dict:
    """No quality at any pointer, as schedulers and workers read it: one value a stage, of no images."""
    return {"calibration": {"images": 0, "inputPsnr": 0.0, "psnr": [0.0] * stages}}


def export(options: Namespace) -> None:
    config = load_config(options.config)
    if options.untrained:
        torch.manual_seed(config.training.seed)
        bundles.export_bundle(config, FlexIR(config.network), options.bundle, untrained(), _not_calibrated(config.network.n))
        return
    if not options.data:
        raise SystemExit("flexir_model export: --data is needed: the held-out images of the training folder calibrate the bundle")
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=False)
    network = _from_checkpoint(config, state).to(options.device)
    measured = measure(network, config.task, config.region_size, calibration_images(options.data, config.network.scale, options.calibration_images))
    origin = provenance(options.data, state["seconds"], options.hardware, options.started_from)
    bundles.export_bundle(config, network, options.bundle, origin, measured)
    print(json.dumps(measured, indent=2))


def quantise(options: Namespace) -> None:
    scale = bundles.read_manifest(options.bundle)["scale"]
    images = calibration_images(options.data, scale, options.calibration_images)
    for row in losses(*quantise_bundle(options.bundle, options.into, images, options.threads)):
        print(json.dumps(row))


def calibrate(options: Namespace) -> None:
    manifest = bundles.read_manifest(options.bundle)
    network = bundles.load_network(options.bundle).to(options.device)
    images = calibration_images(options.data, network.config.scale, options.calibration_images)
    measured = measure(network, manifest["task"], manifest["region"]["size"], images)
    bundles.write_json(options.bundle / bundles.MANIFEST, manifest | measured)
    print(json.dumps(measured, indent=2))
    if options.halos:
        size = manifest["region"]["size"]
        cut = [image[: HALO_REGIONS * size, : HALO_REGIONS * size] for image in images[:HALO_IMAGES]]
        for row in halo_table(network, manifest["task"], size, cut):
            print(json.dumps(row))


def evaluate(options: Namespace) -> None:
    if options.bundle:
        manifest = bundles.read_manifest(options.bundle)
        network, task = bundles.load_network(options.bundle), manifest["task"]
    else:
        config = load_config(options.config)
        state = torch.load(options.checkpoint, map_location="cpu", weights_only=False)
        network, task = _from_checkpoint(config, state), config.task
    for folder in options.images:
        images = [read_clean(path) for path in image_files(folder)]
        for condition in conditions(task, network.config.scale):
            values = psnr_per_pointer(network.to(options.device), images, condition)
            print(f"{folder.name} {condition.label} " + " ".join(f"P{j}={v:.3f}" for j, v in enumerate(values, 1)), flush=True)


def golden(options: Namespace) -> None:
    bundles.write_json(options.bundle / "golden.json", golden_document(bundles.load_network(options.bundle)))


def regraph(options: Namespace) -> None:
    bundles.rewrite_graphs(options.bundle)


def card(options: Namespace) -> None:
    config, manifest = load_config(options.config), bundles.read_manifest(options.bundle)
    reports = read_reports(options.results, manifest["name"]) if options.results else []
    (options.bundle / "README.md").write_text(cards.card(config, manifest, reports))


def bench(options: Namespace) -> None:
    serve(sys.stdin, sys.stdout, options.threads, options.device)


def _from_checkpoint(config, state: dict) -> FlexIR:
    network = FlexIR(config.network)
    network.load_state_dict(narrow(state["ema"], config.network))
    return network.eval()
