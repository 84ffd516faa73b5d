"""`python -m flexir_model <command>`: train, plot, export, quantise, calibrate, evaluate, golden, regraph, card, bench."""

import argparse
import logging
from pathlib import Path

import torch

from flexir_model import commands
from flexir_model.data import CALIBRATION_IMAGES


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    if options.device == "cpu":
        torch.set_num_threads(options.threads)
    return options.run(options) or 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="flexir_model", description=__doc__)
    commands_ = parser.add_subparsers(required=True, metavar="command")
    _train(commands_)
    _plot(commands_)
    _export(commands_)
    _quantise(commands_)
    _calibrate(commands_)
    _evaluate(commands_)
    _golden(commands_)
    _regraph(commands_)
    _card(commands_)
    _bench(commands_)
    return parser


def _command(commands_, name: str, run, description: str) -> argparse.ArgumentParser:
    parser = commands_.add_parser(name, help=description, description=description)
    parser.set_defaults(run=run)
    parser.add_argument("--device", default="cpu", help="cpu or cuda (default: cpu)")
    parser.add_argument("--threads", type=int, default=2, help="CPU threads (default: 2)")
    return parser


def _train(commands_) -> None:
    p = _command(commands_, "train", commands.train, "Train a model by a time budget; stops and resumes at any step.")
    p.add_argument("--config", type=Path, required=True, help="the model's YAML file")
    p.add_argument("--data", type=Path, required=True, help="folder of training images; some are held out for calibration")
    p.add_argument("--out", type=Path, required=True, help="folder for checkpoint.pt")
    p.add_argument("--minutes", type=float, required=True, help="training time that the whole schedule spans, over all resumptions")
    p.add_argument("--resume", action="store_true", help="go on from OUT/checkpoint.pt if it is there")
    p.add_argument("--init", type=Path, help="initial weights: a bundle's folder, or a SwinIR checkpoint (.pth)")
    p.add_argument("--checkpoint-seconds", type=float, default=120, help="time between checkpoints (default: 120)")
    p.add_argument("--quality-seconds", type=float, default=300, help="time between measurements of PSNR by pointer (default: 300)")
    p.add_argument("--loaders", type=int, default=0, help="processes that prepare batches; a GPU wants several (default: 0, in line)")
    p.add_argument("--compile", action="store_true", help="compile the Swin layers, in a shape that matrix units like: for a GPU")
    p.add_argument("--cpu-time", action="store_true", help="count the minutes in CPU time of this process: on a machine that others use too")


def _plot(commands_) -> None:
    p = _command(commands_, "plot", commands.plot, "Draw the curves of a training: losses and PSNR by pointer.")
    p.add_argument("--run", dest="run_folder", type=Path, required=True, help="the training's folder (its --out)")
    p.add_argument("--png", type=Path, help="file to write (default: curves.png in that folder)")


def _export(commands_) -> None:
    p = _command(commands_, "export", commands.export, "Write a checkpoint's averaged weights as a bundle.")
    p.add_argument("--config", type=Path, required=True, help="the model's YAML file")
    source = p.add_mutually_exclusive_group(required=True)
    source.add_argument("--checkpoint", type=Path, help="checkpoint.pt of a training")
    source.add_argument("--untrained", action="store_true", help="random weights, not calibrated: a bundle to measure speed with")
    p.add_argument("--bundle", type=Path, required=True, help="folder of the bundle to write")
    p.add_argument("--data", type=Path, help="the training folder: its held-out images calibrate the bundle (needed with --checkpoint)")
    _calibration_images(p)
    p.add_argument("--hardware", default="", help="what trained it, for the provenance")
    p.add_argument("--started-from", default="random weights", help="the weights it started from, for the provenance (default: random weights)")


def _quantise(commands_) -> None:
    p = _command(commands_, "quantise", commands.quantise, "Write a bundle in 8 bits (QDQ) made of a trained one, and measure what that costs at each pointer.")
    p.add_argument("--bundle", type=Path, required=True, help="the trained bundle")
    p.add_argument("--into", type=Path, required=True, help="folder of the bundle to write; its name is the trained one's with -int8")
    p.add_argument("--data", type=Path, required=True, help="the training folder: its held-out images give ranges and are measured")
    _calibration_images(p)


def _calibrate(commands_) -> None:
    p = _command(commands_, "calibrate", commands.calibrate, "Measure a bundle anew: score base, PSNR per pointer, halo table.")
    p.add_argument("--bundle", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True, help="the training folder: its held-out images are used")
    _calibration_images(p)
    p.add_argument("--halos", action="store_true", help="also print how far tiled output is from whole-image output, by halo")


def _calibration_images(p: argparse.ArgumentParser) -> None:
    p.add_argument("--calibration-images", type=int, default=CALIBRATION_IMAGES, metavar="N",
                   help=f"calibrate on N of the {CALIBRATION_IMAGES} held-out images: the paper's size takes a minute each on a CPU (default: all)")


def _evaluate(commands_) -> None:
    p = _command(commands_, "evaluate", commands.evaluate, "PSNR per pointer of a bundle (or checkpoint) on folders of clean images.")
    p.add_argument("--bundle", type=Path, help="folder of a bundle: its weights are read back and run in PyTorch")
    p.add_argument("--checkpoint", type=Path, help="checkpoint.pt, with --config, in place of a bundle")
    p.add_argument("--config", type=Path)
    p.add_argument("--images", type=Path, nargs="+", required=True, help="folders of clean images")


def _golden(commands_) -> None:
    p = _command(commands_, "golden", commands.golden, "Rewrite golden.json of a bundle from its weights.")
    p.add_argument("--bundle", type=Path, required=True)


def _regraph(commands_) -> None:
    p = _command(commands_, "regraph", commands.regraph, "Write a bundle's graphs anew, from its own weights, when graphs have become faster.")
    p.add_argument("--bundle", type=Path, required=True)


def _card(commands_) -> None:
    p = _command(commands_, "card", commands.card, "Write the model card (README.md) of a bundle.")
    p.add_argument("--config", type=Path, required=True, help="the model's YAML file: the card lists its limits")
    p.add_argument("--bundle", type=Path, required=True)
    p.add_argument("--results", type=Path, help="folder of reports of `flexir evaluate`, named BUNDLE.SET.json")


def _bench(commands_) -> None:
    _command(commands_, "bench", commands.bench, "Time the networks of bundles as asked on standard input, for `flexir bench engine`.")
