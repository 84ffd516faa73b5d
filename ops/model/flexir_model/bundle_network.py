"""A bundle's graphs under ONNX Runtime, measured as a network is: padding outside, one graph after another, cropping outside."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch

from flexir_model.bundle import network_config, read_manifest


class BundleNetwork:
    """Has of `FlexIR` what measurements ask for. threads: of each graph; small tensors want one, more only wait for each other."""

    device = torch.device("cpu")

    def __init__(self, folder: Path, threads: int = 1):
        self.manifest = read_manifest(folder)
        self.config, self.threads = network_config(self.manifest), threads
        self.stem = self._session(folder, self.manifest["stem"])
        self.stages = [self._session(folder, part) for part in self.manifest["stages"]]
        self.branches = [self._session(folder, part) for part in self.manifest["branches"]]

    def eval(self) -> "BundleNetwork":
        return self

    def every_pointer(self, image: torch.Tensor) -> list[torch.Tensor]:
        """[N, C, H, W] -> the outputs of all n pointers."""
        height, width = image.shape[-2:]
        grid, scale = self.config.grid, self.config.scale
        padded = np.pad(image.numpy(), ((0, 0), (0, 0), (0, -height % grid), (0, -width % grid)), mode="edge")
        embedding = self.stem.run(["embedding"], {"image": padded})[0]
        features, outputs = embedding, []
        for stage, branch in zip(self.stages, self.branches):
            features = stage.run(["features_out"], {"features": features})[0]
            restored = branch.run(["restored"], {"features": features, "embedding": embedding, "image": padded})[0]
            outputs.append(torch.from_numpy(restored[..., : height * scale, : width * scale]))
        return outputs

    def _session(self, folder: Path, part: dict) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.add_session_config_entry("session.x64quantprecision", "1")  # without VNNI, 16-bit sums of 8-bit products would overflow
        return onnxruntime.InferenceSession(folder / part["file"], options, providers=["CPUExecutionProvider"])
