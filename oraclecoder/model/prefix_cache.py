"""Keys and values of prefixes that were read, kept for the next questions over the same schema."""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from oraclecoder.model.adapter import fingerprint_weights
from oraclecoder.model.batches import alike, pad_left
from oraclecoder.model.prefix_routes import head_at
from oraclecoder.model.shared_attention import States
from oraclecoder.model.tokens import Ids

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """A prefix as one adapter reads it; None is whatever adapter is active, or none."""

    adapter: str | None
    prefix: Ids


class PrefixCache:
    """The prefixes that were used last, up to `max_bytes`.

    A prefix is found by its tokens and by the content of base and adapter in memory, not by the adapter's name: one
    that was trained on or overwritten is never served stale.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes, self.num_bytes, self.hits, self.misses = max_bytes, 0, 0, 0
        self._kept: OrderedDict[tuple[str, Ids], States] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: tuple[str, Ids]) -> States | None:
        """What is kept of a prefix; it counts as used."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found

    def put(self, key: tuple[str, Ids], states: States) -> None:
        """Keep a prefix and drop the longest unused ones to make room; what is larger than all room is not kept."""
        size = _size(states)
        if size > self.max_bytes:
            logger.info(
                "a prefix takes %d MiB and answer.prefix_cache_bytes keeps %d; a larger limit saves reading it again",
                size >> 20, self.max_bytes >> 20,
            )  # fmt: skip
        if size > self.max_bytes or key in self._kept:
            return
        self._kept[key] = tuple((keys.clone(), values.clone()) for keys, values in states)
        self.num_bytes += size
        while self.num_bytes > self.max_bytes:
            self.num_bytes -= _size(self._kept.popitem(last=False)[1])


def _size(states: States) -> int:
    return sum(part.numel() * part.element_size() for layer in states for part in layer)


class PrefixReader:
    """Reads prefixes with a model in evaluation, or finds them in the cache."""

    def __init__(self, model: nn.Module, cache: PrefixCache | None, *, pad_id: int) -> None:
        self.model: Any = model
        self.cache, self.pad_id = cache, pad_id
        self._contents: dict[str | None, str] = {}

    def read(self, wanted: Sequence[Wanted]) -> list[States]:
        """The states of each prefix; those that are not kept are read, each once."""
        found: dict[Wanted, States] = {}
        for one in dict.fromkeys(wanted):
            states = None if self.cache is None else self.cache.get(self._key(one))
            if states is not None:
                found[one] = states
        missing = [one for one in dict.fromkeys(wanted) if one not in found]
        if missing:
            found |= zip(missing, self._compute(missing), strict=True)
        if self.cache is not None:
            for one in missing:
                self.cache.put(self._key(one), found[one])
        return [found[one] for one in wanted]

    def _key(self, one: Wanted) -> tuple[str, Ids]:
        if one.adapter not in self._contents:
            self._contents[one.adapter] = fingerprint_weights(self.model, one.adapter)
        return self._contents[one.adapter], one.prefix

    def _compute(self, wanted: list[Wanted]) -> list[States]:
        found: dict[int, States] = {}
        for numbers in alike([len(one.prefix) for one in wanted], self.model.device):
            found |= zip(numbers, self._in_one_pass([wanted[number] for number in numbers]), strict=True)
        return [found[number] for number in range(len(wanted))]

    def _in_one_pass(self, wanted: list[Wanted]) -> list[States]:
        ids, mask = (t.to(self.model.device) for t in pad_left([one.prefix for one in wanted], self.pad_id))
        last = torch.zeros_like(mask, dtype=torch.bool)
        last[:, -1] = True
        with head_at(self.model, last):
            cache = self.model(
                input_ids=ids,
                attention_mask=None if bool(mask.all()) else mask,
                position_ids=(mask.cumsum(1) - 1).clamp(min=0),
                use_cache=True,
                **spoken([one.adapter for one in wanted]),
            ).past_key_values
        return [
            tuple((layer.keys[row, :, -length:], layer.values[row, :, -length:]) for layer in cache.layers)
            for row, length in enumerate(mask.sum(1).tolist())
        ]


def spoken(adapters: Sequence[str | None]) -> dict[str, list[str]]:
    """What a model is told of the adapter that reads each row: nothing where it is the active one."""
    names = [name for name in adapters if name is not None]
    return {"adapter_names": names} if names else {}
