"""Training by a time budget: full depth first, then progressive self-distillation. Stops and resumes at any step."""

import copy
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from flexir_model.config import ModelConfig, Phase
from flexir_model.data import PatchSampler, degrade
from flexir_model.losses import ChannelScore
from flexir_model.network import FlexIR
from flexir_model.objectives import SplitBatch, Terms, distil_terms, teacher_terms
from flexir_model.optimizers import MUON_RATE, make_optimizers
from flexir_model.schedule import learning_rate, phase_at, pointer

log = logging.getLogger(__name__)

HEAD_EVERY = 4  # teacher phase: every so many steps one earlier branch learns to read the features as they are


@dataclass(frozen=True)
class Budget:
    """minutes: what the whole schedule spans.  checkpoint_seconds: between two checkpoints."""

    minutes: float
    checkpoint_seconds: float = 120


class Trainer:
    def __init__(self, config: ModelConfig, sampler: PatchSampler, budget: Budget, device: str = "cpu",
                 threads: int = 1, clock: Callable[[], float] = time.monotonic):
        self.config, self.sampler, self.budget, self.device, self.clock = config, sampler, budget, device, clock
        torch.manual_seed(config.training.seed)
        self.network = FlexIR(config.network).to(device)
        self.scores = torch.nn.ModuleList(ChannelScore(config.network.embedding) for _ in range(config.network.n)).to(device)
        self.ema = copy.deepcopy(self.network).requires_grad_(False)
        self.teacher: FlexIR | None = None
        self.rng = np.random.default_rng(config.training.seed)
        self.noise = torch.Generator().manual_seed(config.training.seed)
        self.step, self.phase_step, self.phase, self.seconds, self.pixels = 0, 0, 0, 0.0, 0
        self.optimizers = make_optimizers(config.training.optimizer, [self.network, self.scores])
        self.split = SplitBatch([*self.network.parameters(), *self.scores.parameters()], threads)
        self.smoothed: dict[int, float] = {}
        self.stopping = False

    def initialise(self, weights: dict[str, torch.Tensor]) -> None:
        """Starts from given weights (a bundle's, or SwinIR's) in network and EMA."""
        self.network.load_state_dict(weights)
        self.ema.load_state_dict(weights)

    def run(self, checkpoint: Path | None = None, max_steps: int | None = None) -> None:
        """Trains until the budget is spent; writes a checkpoint every so often and at the end."""
        saved_at, last = self.clock(), self.clock()
        while not self.stopping and self.seconds < self.budget.minutes * 60 and (max_steps is None or self.step < max_steps):
            self.train_step()
            now = self.clock()
            self.seconds, last = self.seconds + now - last, now
            if checkpoint and now - saved_at > self.budget.checkpoint_seconds:
                self.save(checkpoint)
                saved_at = now
        if checkpoint:
            self.save(checkpoint)

    def stop(self) -> None:
        """Ends `run` after the step it is at, with a checkpoint."""
        self.stopping = True

    def train_step(self) -> float:
        index, progress = phase_at(self.config.training.phases, self.seconds / (self.budget.minutes * 60))
        if index != self.phase:
            self._enter(index)
        phase = self.config.training.phases[index]
        self._set_rate(learning_rate(phase, progress))
        clean = self.sampler.sample(phase.batch, phase.patch, self.rng).to(self.device)
        noisy = degrade(clean, self.config.task, self.noise)
        terms = self.split.backward(self._objective(phase, progress), noisy, clean)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.config.training.clip)
        for optimizer in self.optimizers:
            optimizer.step()
        self.step, self.phase_step, self.pixels = self.step + 1, self.phase_step + 1, self.pixels + clean[:, 0].numel()
        self._average()
        self._log(index, progress, terms)
        return terms.loss.item()

    def _objective(self, phase: Phase, progress: float) -> Callable[[torch.Tensor, torch.Tensor], Terms]:
        n, settings = self.config.network.n, self.config.training
        if phase.kind == "teacher":
            head = int(self.rng.integers(n - 1)) if n > 1 and self.step % HEAD_EVERY == 0 else None
            return lambda noisy, clean: teacher_terms(self.network, noisy, clean, head)
        open_to = pointer(phase, progress, n)
        teacher = (self.teacher or self.ema) if settings.alpha > 0 and self.step % settings.feature_every == 0 else None
        return lambda noisy, clean: distil_terms(self.network, self.scores, teacher, noisy, clean, open_to, settings.alpha)

    def _enter(self, index: int) -> None:
        """A phase starts from the averaged weights, with fresh optimizers; what was trained so far becomes the teacher."""
        self.network.load_state_dict(self.ema.state_dict())
        self.teacher = copy.deepcopy(self.ema)
        self.optimizers = make_optimizers(self.config.training.optimizer, [self.network, self.scores])
        self.phase, self.phase_step = index, 0
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

    def _log(self, phase: int, progress: float, terms: Terms) -> None:
        for j, value in terms.pixel.items():
            self.smoothed[j] = 0.98 * self.smoothed.get(j, value) + 0.02 * value
        if self.step % 100 == 0:
            losses = " ".join(f"p{j}={v:.5f}" for j, v in sorted(self.smoothed.items()))
            log.info("step=%d phase=%d progress=%.3f seconds=%.0f megapixels=%.1f lr=%.2e %s", self.step, phase, progress,
                     self.seconds, self.pixels / 1e6, self.optimizers[-1].param_groups[0]["lr"], losses)

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
            "pixels": self.pixels, "minutes": self.budget.minutes, "smoothed": self.smoothed,
            "rng": self.rng.bit_generator.state, "noise": self.noise.get_state(), "torch": torch.get_rng_state(),
        }

    def resume(self, path: Path) -> None:
        state = torch.load(path, weights_only=False)
        self.network.load_state_dict(state["network"])
        self.ema.load_state_dict(state["ema"])
        self.scores.load_state_dict(state["scores"])
        if state["teacher"]:
            self.teacher = copy.deepcopy(self.ema)
            self.teacher.load_state_dict(state["teacher"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        for name in ("step", "phase", "phase_step", "seconds", "pixels", "smoothed"):
            setattr(self, name, state[name])
        self.rng.bit_generator.state = state["rng"]
        self.noise.set_state(state["noise"].cpu())
        torch.set_rng_state(state["torch"].cpu())
