"""What one step of each phase minimises, and its gradients over a batch that is split between threads."""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import torch
from torch import nn

from flexir_model.losses import channel_attention_loss, charbonnier, progressive_loss
from flexir_model.network import FlexIR


@dataclass(frozen=True)
class Terms:
    """A loss, and the pixel loss of each pointer that took part (from 1), for the log: not read before it is logged, or a GPU would wait each step."""

    loss: torch.Tensor
    pixel: dict[int, torch.Tensor]


def teacher_terms(network: FlexIR, noisy: torch.Tensor, clean: torch.Tensor, head: int | None = None) -> Terms:
    """The loss of the last branch. head: a branch, from 0, that learns beside it to read the features as they are."""
    embedding, maps = network.features(noisy, network.config.n)
    loss = charbonnier(network.branches[-1](maps[-1], embedding, noisy), clean)
    pixel = {len(maps): loss.detach()}
    if head is not None:
        read = charbonnier(network.branches[head](maps[head].detach(), embedding.detach(), noisy), clean)
        pixel[head + 1] = read.detach()
        loss = loss + read
    return Terms(loss, pixel)


def distil_terms(network: FlexIR, scores: Sequence[Callable], teacher: FlexIR | None, noisy: torch.Tensor, clean: torch.Tensor,
                 pointer: int, alpha: float) -> Terms:
    """The progressive loss of branches 1..pointer. Without a teacher this step has no feature losses."""
    embedding, maps = network.features(noisy, pointer)
    pixel = [charbonnier(branch(f, embedding, noisy), clean) for branch, f in zip(network.branches, maps)]
    feature = []
    if teacher is not None:
        with torch.no_grad():
            target = teacher.features(noisy, teacher.config.n)[1][-1]
        feature = [channel_attention_loss(score, f, target) for score, f in zip(scores, maps)]
    return Terms(progressive_loss(pixel, feature, alpha), {j: term.detach() for j, term in enumerate(pixel, 1)})


class SplitBatch:
    """Computes gradients in `threads` threads that take small parts of a batch as they become free.

    One core that others use then slows its own part only, where threads inside each operation would all wait for it.
    With one thread (and on an accelerator) the batch stays whole, unless `part` bounds the images that are in memory at once.
    """

    def __init__(self, parameters: list[nn.Parameter], threads: int, part: int = 0):
        self.parameters, self.threads, self.part = parameters, threads, part
        self.pool = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,)) if threads > 1 else None

    def backward(self, terms: Callable[[torch.Tensor, torch.Tensor], Terms], noisy: torch.Tensor, clean: torch.Tensor) -> Terms:
        """Leaves the mean gradient in each parameter's `grad` (None where no part of the batch reached it)."""
        shared = min(2 * self.threads, len(noisy)) if self.pool else 1
        count = max(shared, math.ceil(len(noisy) / self.part)) if self.part else shared
        parts = list(zip(noisy.chunk(count), clean.chunk(count)))
        run = self.pool.map if self.pool else map
        results = list(run(lambda part: self._part(terms, *part, weight=len(part[0]) / len(noisy)), parts))
        for index, parameter in enumerate(self.parameters):
            reached = [gradients[index] for _, gradients in results if gradients[index] is not None]
            parameter.grad = sum(reached[1:], reached[0]) if reached else None
        return _mean([part for part, _ in results])

    def _part(self, terms, noisy: torch.Tensor, clean: torch.Tensor, weight: float):
        result = terms(noisy, clean)
        gradients = torch.autograd.grad(result.loss * weight, self.parameters, allow_unused=True)
        return Terms(result.loss.detach() * weight, {j: v * weight for j, v in result.pixel.items()}), gradients


def _mean(parts: list[Terms]) -> Terms:
    """The parts carry their weights already, so their sum is the mean."""
    return Terms(sum(p.loss for p in parts), {j: sum(p.pixel[j] for p in parts) for j in parts[0].pixel})
