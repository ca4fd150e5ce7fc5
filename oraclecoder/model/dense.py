"""Plain matrices on a CPU, where unpacking 4-bit weights and adding adapters cost much beside the products."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import torch
from torch import Tensor, nn

from oraclecoder.model.adapter import deltas, lora_layers
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
    embedding = next(model.parameters())  # which is in the precision that the base computes in
    if embedding.device.type != "cpu":
        yield
        return
    layers = _layers(model)
    size = len(voices) * sum(_linear(layer).in_features * _linear(layer).out_features for layer in layers)
    products = {}
    if size * embedding.itemsize <= MAX_BYTES:
        products = {layer: product for layer in layers if (product := _product_of(layer, voices)) is not None}
    with _computing(products):
        yield


@contextmanager
def unpacked_base(model: nn.Module) -> Iterator[None]:
    """4-bit layers compute with weights that are unpacked once, in place of once on the way there and once back.

    For training in fp32 on a CPU, where that takes up to a fifth of the time (experiments/speed). Layers stay as they
    are on a GPU, in another precision, and where all matrices would take more than `MAX_BYTES`.
    """
    embedding = next(model.parameters())
    adapted = set(lora_layers(model))  # whose own kind is called Linear4bit, too
    packed: list[Any] = [one for one in model.modules() if type(one).__name__ == "Linear4bit" and one not in adapted]
    size = sum(layer.in_features * layer.out_features for layer in packed) * embedding.itemsize
    if embedding.device.type == "cpu" and embedding.dtype is torch.float32 and size <= MAX_BYTES:
        ours = [layer for layer in packed if getattr(layer, "compute_dtype", None) in (None, torch.float32)]
        products = {layer: _product({None: _turned(dense_weight(layer))}, layer.bias) for layer in ours}
    else:
        products = {}
    with _computing(products):
        yield


@contextmanager
def _computing(products: Mapping[Any, Callable[..., Tensor]]) -> Iterator[None]:
    """These layers compute so for a while."""
    before = {layer: layer.__dict__.get("forward") for layer in products}
    try:
        for layer, product in products.items():
            layer.forward = product
        yield
    finally:
        for layer, own in before.items():
            layer.__dict__.pop("forward", None)
            if own is not None:
                layer.forward = own


def _layers(model: nn.Module) -> list[Any]:
    """Linear layers with adapters, and 4-bit ones without."""
    adapted = lora_layers(model)
    inside = {id(part) for layer in adapted for part in layer.modules()}
    alone = [module for module in model.modules() if type(module).__name__ == "Linear4bit" and id(module) not in inside]
    plain = [layer for layer in adapted if isinstance(_linear(layer), nn.Linear)]
    return [*alone, *(layer for layer in plain if type(_linear(layer)).__name__ != "Linear8bitLt")]


def _linear(layer: Any) -> Any:
    return layer.get_base_layer() if hasattr(layer, "get_base_layer") else layer


@torch.no_grad()
def _product_of(layer: Any, voices: Sequence[Voice]) -> Callable[..., Tensor] | None:
    """The forward pass of a layer with W + B·A of each voice, in the precision of the base, if it is that."""
    weight, matrices = dense_weight(_linear(layer)), {}
    for voice in voices:
        added = deltas(layer, voice)
        if added is None:
            return None
        matrices[voice] = _turned(sum(map(Tensor.float, added), weight.float()).to(weight.dtype))
    return _product(matrices, _linear(layer).bias)


def _turned(weight: Tensor) -> Tensor:
    """[in, out] of [out, in], by which few rows are multiplied a fifth to a third faster."""
    return weight.t().contiguous()


def _product(matrices: dict[Voice, Tensor], bias: Tensor | None) -> Callable[..., Tensor]:
    """A layer's forward pass by [in, out]; each row by its voice, where rows are told apart."""
    first = next(iter(matrices.values()))

    def multiplied(x: Tensor, matrix: Tensor) -> Tensor:
        return x @ matrix if bias is None else x @ matrix + bias

    def forward(x: Tensor, *_: Any, adapter_names: Sequence[str] | None = None, **__: Any) -> Tensor:
        if adapter_names is None:
            return multiplied(x, first)
        runs = [(matrices[name], len(list(rows))) for name, rows in groupby(adapter_names)]
        parts = x.split([number for _, number in runs])
        return torch.cat([multiplied(part, own) for part, (own, _) in zip(parts, runs, strict=True)])

    return forward
