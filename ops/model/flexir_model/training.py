"""Training by a time budget: full depth first, then progressive self-distillation. Stops and resumes at any step."""

import copy
import logging
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from flexir_model.aligned import widen
from flexir_model.config import ModelConfig, Phase
from flexir_model.data import Batches, PatchSampler
from flexir_model.degradation import training_degradation
from flexir_model.losses import ChannelScore, unscored
from flexir_model.network import FlexIR, SwinLayer
from flexir_model.objectives import SplitBatch, Terms, distil_terms, teacher_terms
from flexir_model.optimizers import MUON_RATE, make_optimizers
from flexir_model.progress import Progress
from flexir_model.schedule import learning_rate, phase_at, pointer
from flexir_model.throughput import step_macs

log = logging.getLogger(__name__)

HEAD_EVERY = 4  # teacher phase: every so many steps one earlier branch learns to read the features as they are


@dataclass(frozen=True)
class Budget:
    """minutes: what the whole schedule spans.  checkpoint_seconds, quality_seconds: between two checkpoints, two measurements."""

    minutes: float
    checkpoint_seconds: float = 120
    quality_seconds: float = 300


@dataclass(frozen=True)
class Machine:
    """threads: of the CPU, each of which takes part of a batch.  loaders: processes that prepare batches (0: none).

    compiled: Swin layers by `torch.compile`, in the shape that matrix units like (`aligned`): for a GPU.
    """

    device: str = "cpu"
    threads: int = 1
    loaders: int = 0
    compiled: bool = False


class Trainer:
    """quality: measures the averaged network, PSNR by pointer; its time is not the training's."""

    def __init__(self, config: ModelConfig, sampler: PatchSampler, budget: Budget, machine: Machine = Machine(),
                 clock: Callable[[], float] = time.monotonic, quality: Callable[[FlexIR], list[float]] | None = None):
        self.config, self.sampler, self.budget, self.machine, self.clock = config, sampler, budget, machine, clock
        self.quality = quality
        torch.manual_seed(config.training.seed)
        self.network = self._shaped(FlexIR(config.network))
        self.scores = torch.nn.ModuleList(ChannelScore(self.network.config.embedding) for _ in range(config.network.n)).to(machine.device)
        self.ema = copy.deepcopy(self.network).requires_grad_(False)
        if machine.compiled:
            compile_layers(self.network)
        self.teacher: FlexIR | None = None
        self.step, self.phase_step, self.phase, self.seconds, self.pixels, self.macs = 0, 0, 0, 0.0, 0, 0.0
        self.batches: Iterator | None = None
        self.optimizers = make_optimizers(config.training.optimizer, [self.network, self.scores], config.training.weight_decay)
        self.split = SplitBatch([*self.network.parameters(), *self.scores.parameters()], machine.threads, config.training.part)
        self.smoothed: dict[int, torch.Tensor] = {}
        self.progress = Progress(config.network.n, None)
        self.stopping = False

    def initialise(self, weights: dict[str, torch.Tensor]) -> None:
        """Starts from given weights (a bundle's, or SwinIR's) in network and EMA."""
        start = FlexIR(self.config.network)
        start.load_state_dict(weights)
        shaped = self._shaped(start).state_dict()
        self.network.load_state_dict(shaped)
        self.ema.load_state_dict(shaped)

    def _shaped(self, network: FlexIR) -> FlexIR:
        return (widen(network) if self.machine.compiled else network).to(self.machine.device)

    def run(self, checkpoint: Path | None = None, max_steps: int | None = None) -> None:
        """Trains until the budget is spent; writes a checkpoint every so often and at the end, and the curves beside it."""
        self.progress = Progress(self.config.network.n, checkpoint.parent if checkpoint else None, self.step)
        saved_at = measured_at = self.seconds
        while not self.stopping and self.seconds < self.budget.minutes * 60 and (max_steps is None or self.step < max_steps):
            began = self.clock()
            self.train_step()
            self.seconds += self.clock() - began
            if checkpoint and self.seconds - saved_at > self.budget.checkpoint_seconds:
                self.save(checkpoint)
                saved_at = self.seconds
            if self.seconds - measured_at > self.budget.quality_seconds:
                self._measure()
                measured_at = self.seconds
        self._measure()
        if checkpoint:
            self.save(checkpoint)

    def stop(self) -> None:
        """Ends `run` after the step it is at, with a checkpoint."""
        self.stopping = True

    def train_step(self) -> torch.Tensor:
        index, progress = phase_at(self.config.training.phases, self.seconds / (self.budget.minutes * 60))
        if index != self.phase:
            self._enter(index)
        phase = self.config.training.phases[index]
        self._set_rate(learning_rate(phase, progress))
        degraded, clean = self._batch(phase)
        terms = self.split.backward(self._objective(phase, progress), degraded, clean)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.config.training.clip)
        for optimizer in self.optimizers:
            optimizer.step()
        self._count(phase, progress, degraded)
        self._average()
        self._log(index, terms)
        return terms.loss

    def _batch(self, phase: Phase) -> tuple[torch.Tensor, torch.Tensor]:
        if self.batches is None:
            degradation = training_degradation(self.config.task, self.config.network.scale)
            batches = Batches(self.sampler, degradation, self.config.training.seed, phase.batch, phase.patch)
            self.batches = batches.from_step(self.step, self.machine.loaders, self.machine.device != "cpu")
        return tuple(part.to(self.machine.device, non_blocking=True) for part in next(self.batches))

    def _count(self, phase: Phase, progress: float, degraded: torch.Tensor) -> None:
        guided, pixels = self._guide() is not None, degraded[:, 0].numel()
        macs = step_macs(self.config.network, phase.kind, pointer(phase, progress, self.config.network.n), guided)
        self.step, self.phase_step = self.step + 1, self.phase_step + 1
        self.pixels, self.macs = self.pixels + pixels, self.macs + pixels * macs

    def _guide(self) -> FlexIR | None:
        """The teacher whose features this step compares with."""
        settings = self.config.training
        return (self.teacher or self.ema) if settings.alpha > 0 and self.step % settings.feature_every == 0 else None

    def _objective(self, phase: Phase, progress: float) -> Callable[[torch.Tensor, torch.Tensor], Terms]:
        n, settings = self.config.network.n, self.config.training
        if phase.kind == "teacher":
            head = self.step // HEAD_EVERY % (n - 1) if n > 1 and self.step % HEAD_EVERY == 0 else None
            return self._in_precision(lambda noisy, clean: teacher_terms(self.network, noisy, clean, head))
        open_to, teacher = pointer(phase, progress, n), self._guide()
        scores = self.scores if settings.channel_score else [unscored] * n
        return self._in_precision(lambda noisy, clean: distil_terms(self.network, scores, teacher, noisy, clean, open_to, settings.alpha))

    def _in_precision(self, terms: Callable) -> Callable:
        """Entered in the thread that computes: autocast belongs to a thread."""
        def compute(noisy: torch.Tensor, clean: torch.Tensor) -> Terms:
            kind, reduced = torch.device(self.machine.device).type, self.config.training.precision == "bf16"
            with torch.autocast(kind, torch.bfloat16, enabled=reduced):
                return terms(noisy, clean)
        return compute

    def _enter(self, index: int) -> None:
        """A phase starts from the averaged weights, with fresh optimizers; what was trained so far becomes the teacher."""
        self.network.load_state_dict(self.ema.state_dict())
        self.teacher = copy.deepcopy(self.ema)
        self.optimizers = make_optimizers(self.config.training.optimizer, [self.network, self.scores], self.config.training.weight_decay)
        self.phase, self.phase_step, self.batches = index, 0, None
        log.info("phase index=%d step=%d seconds=%.0f", index, self.step, self.seconds)

    def _set_rate(self, rate: float) -> None:
        for optimizer in self.optimizers:
            factor = MUON_RATE if type(optimizer).__name__ == "Muon" else 1.0
            for group in optimizer.param_groups:
                group["lr"] = rate * factor

    @torch.no_grad()
    def _average(self) -> None:
        decay = min(self.config.training.ema, (1 + self.phase_step) / (10 + self.phase_step))
        averaged, current = list(self.ema.parameters()), [p.detach() for p in self.network.parameters()]
        torch._foreach_lerp_(averaged, current, 1 - decay)

    def _log(self, phase: int, terms: Terms) -> None:
        for j, value in terms.pixel.items():
            self.smoothed[j] = 0.98 * self.smoothed.get(j, value) + 0.02 * value
        if self.step % 100 == 0:
            self.progress.losses_at(self._moment(), phase, self.optimizers[-1].param_groups[0]["lr"], _numbers(self.smoothed))

    def _measure(self) -> None:
        if self.quality:
            self.progress.quality_at(self._moment(), self.quality(self.ema))

    def _moment(self) -> dict:
        return {"step": self.step, "seconds": round(self.seconds, 1), "megapixels": round(self.pixels / 1e6, 2)}

    def save(self, path: Path) -> None:
        """Writes everything that the next step depends on; the old checkpoint stays whole until the new one is."""
        partial = path.with_suffix(".partial")
        torch.save(self.state(), partial)
        os.replace(partial, path)

    def state(self) -> dict:
        return {
            "network": self.network.state_dict(), "ema": self.ema.state_dict(), "scores": self.scores.state_dict(),
            "teacher": self.teacher.state_dict() if self.teacher else None,
            "optimizers": [o.state_dict() for o in self.optimizers],
            "step": self.step, "phase": self.phase, "phase_step": self.phase_step, "seconds": self.seconds,
            "pixels": self.pixels, "macs": self.macs, "minutes": self.budget.minutes, "smoothed": _numbers(self.smoothed),
        }

    def resume(self, path: Path) -> None:
        state = torch.load(path, map_location=self.machine.device, weights_only=False)
        self.network.load_state_dict(state["network"])
        self.ema.load_state_dict(state["ema"])
        self.scores.load_state_dict(state["scores"])
        if state["teacher"]:
            self.teacher = copy.deepcopy(self.ema)
            self.teacher.load_state_dict(state["teacher"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        for name in ("step", "phase", "phase_step", "seconds", "pixels", "macs", "smoothed"):
            setattr(self, name, state[name])


def compile_layers(network: FlexIR) -> None:
    """Layer by layer: all of them share the code of two, so that compiling takes seconds, not minutes."""
    for module in network.modules():
        if isinstance(module, SwinLayer):
            module.compile(dynamic=False)


def _numbers(losses: dict) -> dict[int, float]:
    return {j: float(value) for j, value in losses.items()}
