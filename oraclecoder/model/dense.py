"""Answering with plain matrices: on a CPU, unpacking 4-bit weights and adding adapters costs more than the products."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import torch
from peft.tuners.lora import LoraLayer
from torch import Tensor, nn

from oraclecoder.model.base import dense_weight

Voice = str | None
MAX_BYTES = 2**30
"""What these matrices may take in all; larger bases stay packed."""


@contextmanager
def dense_weights(model: nn.Module, voices: Sequence[Voice] = (None,)) -> Iterator[None]:
    """Linear layers compute with W + B·A as one matrix for each voice (None: what is active), for a while.

    Scores differ by rounding, and have no gradients. Layers stay as they are on a GPU, where all matrices would take
    more than `MAX_BYTES`, and where an adapter is no sum of B·A (DoRA, biases) or the base rounds what it reads (int8).
    """
    layers = _layers(model, voices)
    sizes = (_linear(layer).in_features * _linear(layer).out_features for layer in layers)
    size = len(voices) * sum(sizes) * torch.finfo(_dtype(model)).bits // 8
    if _device(model) != "cpu" or size > MAX_BYTES:
        yield
        return
    before = [layer.__dict__.get("forward") for layer in layers]
    try:
        with torch.no_grad():
            for layer in layers:
                layer.forward = _product({voice: _matrix(layer, voice) for voice in voices}, _linear(layer).bias)
        yield
    finally:
        for layer, own in zip(layers, before, strict=True):
            layer.__dict__.pop("forward", None)
            if own is not None:
                layer.forward = own


def _layers(model: nn.Module, voices: Sequence[Voice]) -> list[Any]:
    """Linear layers with adapters, and 4-bit ones without."""
    adapted = [module for module in model.modules() if isinstance(module, LoraLayer)]
    inside = {id(part) for layer in adapted for part in layer.modules()}
    alone = [module for module in model.modules() if type(module).__name__ == "Linear4bit" and id(module) not in inside]
    return [*alone, *(layer for layer in adapted if all(_is_plain(layer, voice) for voice in voices))]


def _is_plain(layer: Any, voice: Voice) -> bool:
    linear = _linear(layer)
    kind = isinstance(linear, nn.Linear) and type(linear).__name__ != "Linear8bitLt"
    names = _names(layer, voice)
    return kind and not layer.merged and not any(name in layer.lora_variant or layer.lora_bias[name] for name in names)


def _linear(layer: Any) -> Any:
    return layer.get_base_layer() if isinstance(layer, LoraLayer) else layer


def _names(layer: Any, voice: Voice) -> list[str]:
    """The adapters of a layer that speak."""
    if not isinstance(layer, LoraLayer) or (voice is None and layer.disable_adapters):
        return []
    return [name for name in (layer.active_adapters if voice is None else [voice]) if name in layer.lora_A]


def _matrix(layer: Any, voice: Voice) -> Tensor:
    """W + B·A [out, in] in the precision of the base."""
    weight = dense_weight(_linear(layer))
    total = weight.float()
    for name in _names(layer, voice):
        total = total + layer.get_delta_weight(name).float()
    return total.to(weight.dtype)


def _product(matrices: dict[Voice, Tensor], bias: Tensor | None) -> Callable[..., Tensor]:
    """A layer's forward pass; each row by its voice, where rows are told apart."""

    first = next(iter(matrices.values()))

    def forward(x: Tensor, *_: Any, adapter_names: Sequence[str] | None = None, **__: Any) -> Tensor:
        if adapter_names is None:
            return nn.functional.linear(x, first, bias)
        runs = [(matrices[name], len(list(rows))) for name, rows in groupby(adapter_names)]
        parts = x.split([number for _, number in runs])
        return torch.cat([nn.functional.linear(part, own, bias) for part, (own, _) in zip(parts, runs, strict=True)])

    return forward


def _device(model: nn.Module) -> str:
    return next(model.parameters()).device.type


def _dtype(model: nn.Module) -> torch.dtype:
    found: torch.dtype = model.get_input_embeddings().weight.dtype  # type: ignore[operator]
    return found
