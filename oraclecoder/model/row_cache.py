"""Keys and values of rows that are being decoded: read in several passes, then grown in place by a token a step."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from transformers.cache_utils import DynamicLayer

ROOM = 64
"""Tokens by which a layer grows when it is full."""


class RoomyLayer(DynamicLayer):
    """A layer that writes new tokens into room that is there; `DynamicLayer` copies all it holds at each token."""

    keys: Tensor
    values: Tensor

    def __init__(self, keys: Tensor, values: Tensor) -> None:
        super().__init__()
        self.lazy_initialization(keys, values)
        self.keys, self.values = keys, values
        self._held: Sequence[Tensor] = (keys, values)

    def update(self, key_states: Tensor, value_states: Tensor, *_args: Any, **_kwargs: Any) -> tuple[Tensor, Tensor]:
        """Keys and values [rows, heads, tokens, width] with the new ones, views of what is held."""
        start, end = self.keys.shape[2], self.keys.shape[2] + key_states.shape[2]
        if end > self._held[0].shape[2]:
            room = end - start + ROOM
            self._held = [nn.functional.pad(own, (0, 0, 0, room)) for own in (self.keys, self.values)]
        for held, new in zip(self._held, (key_states, value_states), strict=True):
            held[:, :, start:end] = new
        self.keys, self.values = (held[:, :, :end] for held in self._held)
        return self.keys, self.values

    def batch_select_indices(self, indices: Tensor) -> None:
        """Only these rows go on, or go on several times."""
        length = self.keys.shape[2]
        self._held = [_rows_of(held, indices, length) for held in self._held]
        self.keys, self.values = (held[:, :, :length] for held in self._held)


def joined(caches: Sequence[Any], places: Tensor) -> Any:
    """Caches of several passes, the longest first, as one with room: its row n is row `places[n]` of all, padded left.

    Layers that look back over a window only are as they were, but for the rows.
    """
    for number, layers in enumerate(zip(*(cache.layers for cache in caches), strict=True)):
        keys, values = _padded([layer.keys for layer in layers]), _padded([layer.values for layer in layers])
        first, *others = layers
        for layer in others:
            layer.reset()
        keys, values = keys[places], values[places]
        if type(first) is DynamicLayer:
            caches[0].layers[number] = RoomyLayer(keys, values)
        else:
            first.keys, first.values = keys, values
    return caches[0]


def _rows_of(held: Tensor, indices: Tensor, length: int) -> Tensor:
    """These rows with as much room, of which only what is full is copied."""
    found = held.new_empty(len(indices), *held.shape[1:])
    torch.index_select(held[:, :, :length], 0, indices, out=found[:, :, :length])
    return found


def _padded(parts: Sequence[Tensor]) -> Tensor:
    """Rows [N, heads, tokens, width] that end together, as long as those of the first part."""
    return torch.cat([nn.functional.pad(part, (0, 0, parts[0].shape[2] - part.shape[2], 0)) for part in parts])
