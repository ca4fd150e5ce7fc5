"""The rows of a batch that is being decoded: what they have read, and the scores of each row's next token.

V adapters tell each of N answers together; row v * N + n is answer n as adapter v reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from oraclecoder.model.batches import Group, pad_left, pad_right
from oraclecoder.model.prefix_cache import PrefixReader, Wanted, joined, spoken
from oraclecoder.model.prefix_routes import head_at


@dataclass(frozen=True)
class Asked(Group):
    """A group and the adapters that answer it together, as many in every group of a batch; None is the active one."""

    adapters: tuple[str | None, ...] = (None,)


class CachedRows:
    """Rows whose past is a key-value cache: prefixes are read once, and each step reads one token per row."""

    def __init__(self, reader: PrefixReader, batch: Sequence[Asked], num_samples: int) -> None:
        self.model: Any = reader.model
        self.num_voices = len(batch[0].adapters)
        voices = range(self.num_voices)
        asked = [(voice * len(batch) + number, group.adapters[voice], member.question)
                 for voice in voices for number, group in enumerate(batch) for member in group.members]  # fmt: skip
        index, adapters, questions = zip(*asked, strict=True)
        self.adapters: list[str | None] = list(adapters)
        ids, real = (t.to(self.model.device) for t in pad_left(questions, reader.pad_id))
        start = torch.tensor([len(batch[number % len(batch)].prefix) for number in index], device=ids.device)
        self.cache: Any = None
        self.mask, self.logits = real, torch.empty(0)
        if int(start.max()):
            states = reader.read([Wanted(group.adapters[voice], group.prefix) for voice in voices for group in batch])
            self.cache, mask = joined(states, torch.tensor(index, device=ids.device), self.model.config)
            self.mask = torch.cat([mask, real], dim=1)
        self.position = start + real.sum(1)
        self._feed(ids, start[:, None] + (real.cumsum(1) - 1).clamp(min=0))
        if num_samples > 1:
            self._select(torch.arange(len(index)).repeat_interleave(num_samples))

    def keep(self, answers: Tensor) -> None:
        """Only these of the N answers go on."""
        if len(answers) < len(self.adapters) // self.num_voices:
            blocks = torch.arange(len(self.adapters)).unflatten(0, (self.num_voices, -1))
            self._select(blocks[:, answers].flatten())

    def step(self, token: Tensor) -> None:
        """Read one more token [N] of each answer."""
        ids = token.to(self.mask.device).repeat(self.num_voices)[:, None]
        self.mask = torch.cat([self.mask, torch.ones_like(ids)], dim=1)
        self._feed(ids, self.position[:, None])
        self.position = self.position + 1

    def _select(self, rows: Tensor) -> None:
        there = rows.to(self.mask.device)
        self.mask, self.position, self.logits = self.mask[there], self.position[there], self.logits[there]
        self.adapters = [self.adapters[row] for row in rows.tolist()]
        self.cache.batch_select_indices(there)

    def _feed(self, ids: Tensor, positions: Tensor) -> None:
        """Read ids [rows, tokens] on top of the cache; `logits` [rows, vocabulary] are those after the last one."""
        last = torch.zeros_like(ids, dtype=torch.bool)
        last[:, -1] = True
        with head_at(self.model, last):
            output = self.model(
                input_ids=ids,
                attention_mask=self.mask,
                position_ids=positions,
                past_key_values=self.cache,
                use_cache=True,
                **spoken(self.adapters),
            )
        self.logits, self.cache = output.logits, output.past_key_values


class PlainRows:
    """Rows that are read anew for each token, for models whose past cannot be kept."""

    def __init__(self, reader: PrefixReader, batch: Sequence[Asked], num_samples: int) -> None:
        self.model: Any = reader.model
        self.pad_id = reader.pad_id
        self.num_voices = len(batch[0].adapters)
        asked = [(group.adapters[voice], [*group.prefix, *member.question])
                 for voice in range(self.num_voices) for group in batch for member in group.members
                 for _ in range(num_samples)]  # fmt: skip
        self.adapters = [adapter for adapter, _ in asked]
        self.texts = [text for _, text in asked]
        self._read()

    def keep(self, answers: Tensor) -> None:
        """Only these of the N answers go on."""
        blocks = torch.arange(len(self.texts)).unflatten(0, (self.num_voices, -1))
        rows = blocks[:, answers].flatten().tolist()
        self.texts, self.adapters = [self.texts[row] for row in rows], [self.adapters[row] for row in rows]

    def step(self, token: Tensor) -> None:
        """Read one more token [N] of each answer."""
        for text, one in zip(self.texts, token.repeat(self.num_voices).tolist(), strict=True):
            text.append(one)
        self._read()

    def _read(self) -> None:
        ids, mask = (t.to(self.model.device) for t in pad_right(self.texts, self.pad_id))
        last = torch.arange(ids.shape[1], device=ids.device) == mask.sum(1, keepdim=True) - 1
        with head_at(self.model, last):
            output = self.model(input_ids=ids, attention_mask=mask, use_cache=False, **spoken(self.adapters))
        self.logits = output.logits
