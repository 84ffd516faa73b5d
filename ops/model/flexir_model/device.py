"""What a device needs that a processor does not."""

import torch


def finished(result: torch.Tensor) -> torch.Tensor:
    """The same, computed: a GPU works on while Python goes on."""
    if result.is_cuda:
        torch.cuda.synchronize()
    return result
