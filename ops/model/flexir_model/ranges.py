"""What values go into the products of a network, over calibration images: what 8 bits have to cover."""

from collections import defaultdict
from collections.abc import Callable

import torch

from flexir_model.network import FlexIR

COVERED = 0.99999  # of the values; what is outside is clipped
KEPT = 1 << 20  # values of an image


class Ranges:
    """name -> (least, greatest). Names: `<layer>.norm1`, `.proj`, `.norm2`, `.fc2`: what its product takes; `<conv>` and `<conv>.out`: of a convolution."""

    def __init__(self):
        self._seen: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def see(self, name: str, values: torch.Tensor) -> None:
        flat = values.detach().flatten().float()
        flat = flat[:: max(1, flat.numel() // KEPT)].sort().values
        cut = round((1 - COVERED) * flat.numel())
        self._seen[name].append((float(flat[cut]), float(flat[-1 - cut])))

    def of(self, name: str) -> tuple[float, float]:
        least, greatest = zip(*self._seen[name])
        return min(least), max(greatest)


@torch.no_grad()
def measure_ranges(network: FlexIR, images: list[torch.Tensor]) -> Ranges:
    """images: degraded, [1, C, H, W]."""
    ranges, hooks = Ranges(), []

    def before(module, name: str, change: Callable = lambda x: x) -> None:
        hooks.append(module.register_forward_pre_hook(lambda _, inputs: ranges.see(name, change(inputs[0]))))

    def convolution(module, name: str) -> None:
        before(module, name)
        hooks.append(module.register_forward_hook(lambda _, inputs, output: ranges.see(f"{name}.out", output)))

    for i, stage in enumerate(network.layers):
        for j, layer in enumerate(stage.residual_group.blocks):
            name = f"layers.{i}.residual_group.blocks.{j}"
            before(layer.norm1, f"{name}.norm1", standardised)
            before(layer.attn.proj, f"{name}.proj")
            before(layer.norm2, f"{name}.norm2", standardised)
            before(layer.mlp.fc2, f"{name}.fc2")
        convolution(stage.conv, f"layers.{i}.conv")
    for i, branch in enumerate(network.branches):
        convolution(branch.conv, f"branches.{i}.conv")
    for image in images:
        network.every_pointer(image)
    for hook in hooks:
        hook.remove()
    return ranges


def standardised(x: torch.Tensor) -> torch.Tensor:
    """As the graphs do: divided by the deviation, not centred."""
    variance = (x.square().mean(-1, keepdim=True) - x.mean(-1, keepdim=True).square()).relu()
    return x / (variance + 1e-5).sqrt()
