"""The bundle as an engine runs it: padding outside, one ONNX graph after another, cropping outside."""

import json
from pathlib import Path

import numpy as np
import onnxruntime


class OrtBundle:
    def __init__(self, folder: Path):
        self.manifest = json.loads((folder / "manifest.json").read_text())
        self.stem = self._session(folder, self.manifest["stem"])
        self.stages = [self._session(folder, part) for part in self.manifest["stages"]]
        self.branches = [self._session(folder, part) for part in self.manifest["branches"]]

    def every_pointer(self, image: np.ndarray) -> list[np.ndarray]:
        height, width = image.shape[-2:]
        grid, scale = self.manifest["grid"], self.manifest["scale"]
        padded = np.pad(image, ((0, 0), (0, 0), (0, -height % grid), (0, -width % grid)), mode="edge")
        embedding = self.stem.run(["embedding"], {"image": padded})[0]
        features, outputs = embedding, []
        for stage, branch in zip(self.stages, self.branches):
            features = stage.run(["features_out"], {"features": features})[0]
            restored = branch.run(["restored"], {"features": features, "embedding": embedding, "image": padded})[0]
            outputs.append(restored[..., : height * scale, : width * scale])
        return outputs

    @staticmethod
    def _session(folder: Path, part: dict) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # small tensors: more threads only wait for each other
        return onnxruntime.InferenceSession(folder / part["file"], options, providers=["CPUExecutionProvider"])
