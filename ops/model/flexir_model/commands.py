"""What each command of the command line does."""

import json
import logging
import signal
from argparse import Namespace

import torch

from flexir_model import bundle as bundles
from flexir_model.calibration import calibration_images, halo_table, measure
from flexir_model.config import load_config
from flexir_model.data import PatchSampler, image_files
from flexir_model.evaluation import psnr_per_pointer
from flexir_model.golden import golden_document
from flexir_model.initial import initial_weights
from flexir_model.network import FlexIR
from flexir_model.provenance import provenance
from flexir_model.training import Budget, Trainer

HALO_IMAGES = 4
HALO_REGIONS = 3  # along each side

log = logging.getLogger(__name__)


def train(options: Namespace) -> None:
    config = load_config(options.config)
    options.out.mkdir(parents=True, exist_ok=True)
    threads = options.threads if options.device == "cpu" else 1
    torch.set_num_threads(1 if threads > 1 else torch.get_num_threads())
    budget = Budget(options.minutes, options.checkpoint_seconds)
    trainer = Trainer(config, PatchSampler.from_folder(options.data), budget, options.device, threads)
    checkpoint = options.out / "checkpoint.pt"
    if options.resume and checkpoint.exists():
        trainer.resume(checkpoint)
    elif options.init:
        trainer.initialise(initial_weights(options.init, trainer.network))
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: trainer.stop())
    trainer.run(checkpoint)
    log.info("trained steps=%d seconds=%.0f megapixels=%.1f", trainer.step, trainer.seconds, trainer.pixels / 1e6)


def export(options: Namespace) -> None:
    config = load_config(options.config)
    state = torch.load(options.checkpoint, map_location="cpu", weights_only=False)
    network = _from_checkpoint(config, state)
    measured = measure(network, config.task, config.region_size, calibration_images(options.data))
    origin = provenance(options.data, state["seconds"], options.hardware)
    bundles.export_bundle(config, network, options.bundle, origin, measured)
    print(json.dumps(measured, indent=2))


def calibrate(options: Namespace) -> None:
    manifest = bundles.read_manifest(options.bundle)
    network, images = bundles.load_network(options.bundle), calibration_images(options.data)
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
    sigma = options.sigma or task["sigma"]
    for folder in options.images:
        values = psnr_per_pointer(network.to(options.device), image_files(folder), sigma)
        print(f"{folder.name} sigma={sigma:g} " + " ".join(f"P{j}={v:.3f}" for j, v in enumerate(values, 1)), flush=True)


def golden(options: Namespace) -> None:
    bundles.write_json(options.bundle / "golden.json", golden_document(bundles.load_network(options.bundle)))


def _from_checkpoint(config, state: dict) -> FlexIR:
    network = FlexIR(config.network)
    network.load_state_dict(state["ema"])
    return network.eval()
