"""Reference outputs of the PyTorch network on one small picture, for any engine that runs the bundle to compare with."""

import base64

import numpy as np
import torch

from flexir_model.network import FlexIR

# No multiples of any grid: the caller's padding and cropping are tested too. Smaller where outputs are enlarged.
SIZES = {1: (61, 75), 2: (31, 37), 4: (19, 27)}


def golden_input(channels: int, height: int, width: int) -> np.ndarray:
    """[H, W, C] uint16: smooth colours, edges and texture, with noise of sigma 25/255 clipped to the range."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    planes = []
    for c in range(channels):
        smooth = 0.5 + 0.25 * np.sin(x / 11 + c) * np.cos(y / 7 - c)
        edges = 0.2 * ((x + (2 - c) * y) // 17 % 2)
        texture = 0.08 * np.sin(x * 1.9 + y * 0.7) * (x > width / 2)
        planes.append(smooth + edges + texture)
    noise = np.random.default_rng(0).normal(size=(height, width, channels)) * 25 / 255
    return quantise(np.clip(np.stack(planes, -1) + noise, 0, 1))


def quantise(values: np.ndarray) -> np.ndarray:
    return np.round(np.clip(values, 0, 1) * 65535).astype("<u2")


@torch.no_grad()
def golden_document(network: FlexIR) -> dict:
    height, width = SIZES[network.config.scale]
    pixels = golden_input(network.config.channels, height, width)
    image = torch.from_numpy(pixels.astype(np.float32) / 65535).permute(2, 0, 1)[None]
    outputs = network.every_pointer(image)
    return {
        "input": {"width": width, "height": height, "channels": network.config.channels,
                  "encoding": "uint16 little-endian base64, HWC, value/65535", "data": _encode(pixels)},
        "outputs": [{"pointer": j, "encoding": "uint16 little-endian base64, HWC, value = round(clamp(x,0,1)*65535)",
                     "data": _encode(quantise(output[0].permute(1, 2, 0).double().numpy()))}
                    for j, output in enumerate(outputs, 1)],
    }


def _encode(pixels: np.ndarray) -> str:
    return base64.b64encode(pixels.tobytes()).decode()
