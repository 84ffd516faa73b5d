"""The FlexIR network: a stem, n Branch Residual Swin Transformer Blocks (B-RSTB), and a branch after each.

Feature maps are [N, h, w, E] inside (tokens last), which makes windows cheap and is what a channels-last convolution
takes without a copy. Parameter names of stem, layers and attention are SwinIR's, so that its weights load unchanged.
"""

import torch
import torch.nn.functional as F
from torch import nn

from flexir_model.config import NetworkConfig


def conv_tokens(conv: nn.Conv2d, x: torch.Tensor) -> torch.Tensor:
    """A convolution over [N, h, w, E]; the permutes are views onto channels-last memory."""
    return conv(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)


def conv3x3(inputs: int, outputs: int) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, padding=1).to(memory_format=torch.channels_last)


def to_windows(x: torch.Tensor, window: int) -> torch.Tensor:
    """[N, h, w, E] -> [N * windows, window^2, E]"""
    n, h, w, e = x.shape
    x = x.view(n, h // window, window, w // window, window, e)
    return x.transpose(2, 3).reshape(-1, window * window, e)


def from_windows(x: torch.Tensor, window: int, shape: torch.Size) -> torch.Tensor:
    n, h, w, e = shape
    x = x.view(n, h // window, w // window, window, window, e)
    return x.transpose(2, 3).reshape(shape)


def relative_position_index(window: int) -> torch.Tensor:
    """[window^2 * window^2] rows of the bias table, for each pair of tokens of a window."""
    axis = torch.arange(window)
    y, x = torch.meshgrid(axis, axis, indexing="ij")
    y, x = y.flatten(), x.flatten()
    dy = y[:, None] - y[None, :] + window - 1
    dx = x[:, None] - x[None, :] + window - 1
    return (dy * (2 * window - 1) + dx).flatten()


def shift_mask(h: int, w: int, window: int, device=None) -> torch.Tensor:
    """[windows, window^2, window^2]: 0 between tokens that were neighbours before the cyclic shift, -100 between others."""
    wrapped_y = (torch.arange(h, device=device) >= h - window // 2).float()
    wrapped_x = (torch.arange(w, device=device) >= w - window // 2).float()
    area = (wrapped_y[:, None] * 2 + wrapped_x[None, :])[None, :, :, None]
    area = to_windows(area, window)[:, :, 0]
    return (area[:, :, None] != area[:, None, :]).float() * -100.0


class WindowAttention(nn.Module):
    def __init__(self, embedding: int, heads: int, window: int):
        super().__init__()
        self.heads, self.window = heads, window
        self.scale = (embedding // heads) ** -0.5
        self.qkv = nn.Linear(embedding, 3 * embedding)
        self.proj = nn.Linear(embedding, embedding)
        self.relative_position_bias_table = nn.Parameter(torch.zeros((2 * window - 1) ** 2, heads))
        self.register_buffer("relative_position_index", relative_position_index(window), persistent=False)
        nn.init.trunc_normal_(self.relative_position_bias_table, std=0.02)

    def bias(self) -> torch.Tensor:
        """[heads, window^2, window^2]"""
        tokens = self.window**2
        return self.relative_position_bias_table[self.relative_position_index].view(tokens, tokens, -1).permute(2, 0, 1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        b, t, e = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, e // self.heads).permute(2, 0, 3, 1, 4)
        attention = (q * self.scale) @ k.transpose(-2, -1) + self.bias()
        if mask is not None:
            windows = mask.shape[0]
            attention = attention.view(b // windows, windows, self.heads, t, t) + mask[:, None]
            attention = attention.view(b, self.heads, t, t)
        return self.proj((attention.softmax(-1) @ v).transpose(1, 2).reshape(b, t, e))


class Mlp(nn.Module):
    def __init__(self, embedding: int, hidden: int):
        super().__init__()
        self.fc1 = nn.Linear(embedding, hidden)
        self.fc2 = nn.Linear(hidden, embedding)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc2(F.gelu(self.fc1(x)))


class SwinLayer(nn.Module):
    """LayerNorm, window attention (shifted or not), residual, LayerNorm, MLP, residual."""

    def __init__(self, config: NetworkConfig, shift: int):
        super().__init__()
        e = config.embedding
        self.window, self.shift = config.window, shift
        self.norm1, self.norm2 = nn.LayerNorm(e), nn.LayerNorm(e)
        self.attn = WindowAttention(e, config.heads, config.window)
        self.mlp = Mlp(e, e * config.mlp_ratio)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self._attend(self.norm1(x))
        return x + self.mlp(self.norm2(x))

    def _attend(self, x: torch.Tensor) -> torch.Tensor:
        if not self.shift:
            return from_windows(self.attn(to_windows(x, self.window), None), self.window, x.shape)
        rolled = x.roll((-self.shift, -self.shift), (1, 2))
        mask = shift_mask(x.shape[1], x.shape[2], self.window, x.device)
        attended = from_windows(self.attn(to_windows(rolled, self.window), mask), self.window, x.shape)
        return attended.roll((self.shift, self.shift), (1, 2))


class ResidualGroup(nn.Module):
    """Exists for its name: SwinIR keeps the layers of a stage under `residual_group.blocks`."""

    def __init__(self, layers: list[SwinLayer]):
        super().__init__()
        self.blocks = nn.ModuleList(layers)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.blocks:
            x = layer(x)
        return x


class Stage(nn.Module):
    """One B-RSTB without its branch: F + conv3x3(layers(F))."""

    def __init__(self, config: NetworkConfig, index: int):
        super().__init__()
        self.norm = nn.LayerNorm(config.embedding) if index == 0 and config.embedding_norm else None
        self.residual_group = ResidualGroup([SwinLayer(config, config.shift(index, i)) for i in range(config.depths[index])])
        self.conv = conv3x3(config.embedding, config.embedding)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        if self.norm is not None:
            features = self.norm(features)
        return features + conv_tokens(self.conv, self.residual_group(features))


class Branch(nn.Module):
    """M = conv3x3(conv3x3(LayerNorm(F)) + e), shuffled to pixels; the output is M + image, enlarged bilinearly at scale > 1."""

    def __init__(self, config: NetworkConfig):
        super().__init__()
        self.factor, self.scale = config.unshuffle * config.scale, config.scale
        self.norm = nn.LayerNorm(config.embedding)
        self.conv = conv3x3(config.embedding, config.embedding)
        self.last = conv3x3(config.embedding, config.channels * self.factor**2)
        nn.init.zeros_(self.last.weight)  # an untrained network returns its input
        nn.init.zeros_(self.last.bias)

    def forward(self, features: torch.Tensor, embedding: torch.Tensor, image: torch.Tensor) -> torch.Tensor:
        merged = conv_tokens(self.conv, self.norm(features)) + embedding
        residual = F.pixel_shuffle(self.last(merged.permute(0, 3, 1, 2)), self.factor)
        return residual + enlarge(image, self.scale)


class FlexIR(nn.Module):
    def __init__(self, config: NetworkConfig):
        super().__init__()
        self.config = config
        self.conv_first = conv3x3(config.channels * config.unshuffle**2, config.embedding)
        self.position = nn.Parameter(torch.zeros(config.window, config.window, config.embedding)) if config.position else None
        self.layers = nn.ModuleList(Stage(config, i) for i in range(config.n))
        self.branches = nn.ModuleList(Branch(config) for _ in range(config.n))
        mean = torch.tensor(config.mean or (0.0,) * config.channels).view(1, -1, 1, 1)
        self.register_buffer("mean", mean, persistent=False)
        self.apply(_initialise)

    @property
    def device(self) -> torch.device:
        return self.conv_first.weight.device

    def stem(self, image: torch.Tensor) -> torch.Tensor:
        """[N, C, H, W] on the grid -> [N, h, w, E]"""
        centred = image - self.mean if self.config.mean else image
        embedding = self.conv_first(F.pixel_unshuffle(centred, self.config.unshuffle)).permute(0, 2, 3, 1)
        if self.position is not None:
            window = self.config.window
            embedding = embedding + self.position.repeat(embedding.shape[1] // window, embedding.shape[2] // window, 1)
        return embedding.contiguous()

    def features(self, image: torch.Tensor, pointer: int) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """The embedding, and the feature maps of stages 1..pointer; later stages do not run."""
        embedding = self.stem(image)
        maps, current = [], embedding
        for stage in self.layers[:pointer]:
            current = stage(current)
            maps.append(current)
        return embedding, maps

    def forward(self, image: torch.Tensor, pointer: int | None = None) -> torch.Tensor:
        """Restores an image of any size at one pointer: pads to the grid by replication, and crops. Not clamped."""
        h, w = image.shape[-2:]
        padded = pad_to_grid(image, self.config.grid)
        embedding, maps = self.features(padded, pointer or self.config.n)
        scale = self.config.scale
        return self.branches[len(maps) - 1](maps[-1], embedding, padded)[..., : h * scale, : w * scale]

    def every_pointer(self, image: torch.Tensor) -> list[torch.Tensor]:
        """The outputs of all n pointers, in one pass."""
        h, w = image.shape[-2:]
        padded = pad_to_grid(image, self.config.grid)
        embedding, maps = self.features(padded, self.config.n)
        scale = self.config.scale
        outputs = (branch(f, embedding, padded) for branch, f in zip(self.branches, maps))
        return [o[..., : h * scale, : w * scale] for o in outputs]


def enlarge(image: torch.Tensor, scale: int) -> torch.Tensor:
    """Bilinear, pixel centres at halves."""
    return F.interpolate(image, scale_factor=scale, mode="bilinear", align_corners=False) if scale > 1 else image


def pad_to_grid(image: torch.Tensor, grid: int) -> torch.Tensor:
    """Repeats the last row and column to the bottom and right until both sides are multiples of the grid."""
    h, w = image.shape[-2:]
    return F.pad(image, (0, -w % grid, 0, -h % grid), mode="replicate")


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.trunc_normal_(module.weight, std=0.02)
        nn.init.zeros_(module.bias)
