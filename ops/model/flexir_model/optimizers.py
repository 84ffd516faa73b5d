"""Adam, as the paper has it, and Muon for short budgets: see ops/decisions on the training of size s."""

import torch
from torch import nn

MUON_RATE = 20.0  # Muon's rate for a matrix, over Adam's for the rest


def make_optimizers(kind: str, modules: list[nn.Module], weight_decay: float = 0.0) -> list[torch.optim.Optimizer]:
    """weight_decay: of the matrices under Muon, each step by the rate times this."""
    named = [(name, p) for module in modules for name, p in module.named_parameters()]
    if kind == "adam":
        return [torch.optim.Adam([p for _, p in named], betas=(0.9, 0.999))]
    if kind != "muon":
        raise ValueError(f"unknown optimizer {kind!r}: adam or muon")
    matrices = [p for name, p in named if is_matrix(name, p)]
    rest = [p for name, p in named if not is_matrix(name, p)]
    return [Muon(matrices, weight_decay=weight_decay), torch.optim.Adam(rest, betas=(0.9, 0.999))]


def is_matrix(name: str, parameter: torch.Tensor) -> bool:
    """Weights inside the network; not its first and last convolutions, and not tables of positions."""
    return parameter.ndim >= 2 and not any(part in name for part in ("conv_first", ".last.", "bias_table", "position"))


class Muon(torch.optim.Optimizer):
    """Momentum, then the nearest orthogonal matrix of it (Newton-Schulz), per weight; convolutions flattened to [out, rest]."""

    def __init__(self, parameters, lr: float = 0.02, momentum: float = 0.95, weight_decay: float = 0.0):
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for shape in {p.shape for p in group["params"] if p.grad is not None}:
                self._step_like([p for p in group["params"] if p.grad is not None and p.shape == shape], group)

    def _step_like(self, parameters: list[torch.Tensor], group: dict) -> None:
        updates = []
        for p in parameters:
            state = self.state[p]
            buffer = state.setdefault("momentum", torch.zeros_like(p))
            buffer.lerp_(p.grad, 1 - group["momentum"])
            updates.append(p.grad.lerp(buffer, group["momentum"]).flatten(1))
        matrix = torch.stack(updates)
        scale = max(1.0, matrix.shape[1] / matrix.shape[2]) ** 0.5
        for p, update in zip(parameters, orthogonal(matrix)):
            p.mul_(1 - group["lr"] * group["weight_decay"]).sub_(update.reshape(p.shape), alpha=group["lr"] * scale)


def orthogonal(matrix: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """Five quintic Newton-Schulz steps over a stack of matrices [K, out, in]."""
    tall = matrix.shape[1] > matrix.shape[2]
    x = matrix.mT if tall else matrix
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        a = x @ x.mT
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
    return x.mT if tall else x
