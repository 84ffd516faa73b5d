"""How much of a device a training uses: multiply-adds a second of its steps over those of a large matrix product."""

from collections.abc import Callable

import torch

from flexir_model.config import NetworkConfig
from flexir_model.cost import branch_cost, regular_cost, stage_cost, stem_cost
from flexir_model.device import finished

BACKWARD = 2  # a gradient costs two products where the value costs one
SIDE = {"cpu": 1024, "cuda": 8192}
SECONDS = 0.3


def step_macs(config: NetworkConfig, kind: str, pointer: int, guided: bool) -> float:
    """Multiply-adds a pixel of one training step, gradients included. guided: the teacher's features are computed too."""
    if kind == "teacher":
        return (1 + BACKWARD) * regular_cost(config, config.n).macs_per_pixel
    stages = sum(stage_cost(config, index).macs_per_pixel for index in range(pointer))
    trained = stem_cost(config).macs_per_pixel + stages + pointer * branch_cost(config).macs_per_pixel
    whole = regular_cost(config, config.n).macs_per_pixel - branch_cost(config).macs_per_pixel
    return (1 + BACKWARD) * trained + (whole if guided else 0)


def peak_macs(device: str, precision: str, clock: Callable[[], float]) -> float:
    """Multiply-adds a second of a square matrix product, by the clock that the training is timed by."""
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    side = SIDE[torch.device(device).type]
    a, b = (torch.randn(side, side, device=device, dtype=dtype) for _ in range(2))
    finished(a @ b)
    count, began = 0, clock()
    while clock() - began < SECONDS:
        finished(a @ b)
        count += 1
    return count * side**3 / (clock() - began)
