"""What the training does when, as pure functions of progress in [0, 1]: progress is time spent over the time given."""

import math

from flexir_model.config import Phase


def phase_at(phases: tuple[Phase, ...], progress: float) -> tuple[int, float]:
    """The index of the phase that runs at this progress of the whole, and the progress inside it."""
    start = 0.0
    for index, phase in enumerate(phases):
        if progress < start + phase.share or index == len(phases) - 1:
            return index, min(1.0, max(0.0, (progress - start) / phase.share))
        start += phase.share
    raise ValueError("no phases")


def learning_rate(phase: Phase, progress: float) -> float:
    """Linear warm-up over `warmup`, then half a cosine down to `lr * lr_end`."""
    if progress < phase.warmup:
        return phase.lr * max(progress / phase.warmup, 1e-3)
    decay = (progress - phase.warmup) / (1 - phase.warmup)
    return phase.lr * (phase.lr_end + (1 - phase.lr_end) * (1 + math.cos(math.pi * min(1.0, decay))) / 2)


def pointer(phase: Phase, progress: float, n: int) -> int:
    """S: the pointer opens evenly from 1 to n over `opening`, and stays at n."""
    if progress >= phase.opening:
        return n
    return min(n, 1 + int(progress / phase.opening * n))
