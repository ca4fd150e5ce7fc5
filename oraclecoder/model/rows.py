"""The rows of a batch that is being decoded: what they have read, and the scores of each row's next token.

V adapters tell each of N answers together; row v * N + n is answer n as adapter v reads it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from transformers import DynamicCache

from oraclecoder.model.batches import Group, alike, pad_left, pad_right
from oraclecoder.model.prefix_cache import PrefixReader, Wanted, spoken
from oraclecoder.model.prefix_routes import head_at
from oraclecoder.model.row_cache import joined
from oraclecoder.model.shared_attention import Block, States, prefixed
from oraclecoder.model.tokens import Ids


@dataclass(frozen=True)
class Asked(Group):
    """A group and the adapters that answer it together, as many in every group of a batch; None is the active one."""

    adapters: tuple[str | None, ...] = (None,)


class CachedRows:
    """Rows whose past is kept: prefixes are read and held once, and each step reads one token per row."""

    def __init__(self, reader: PrefixReader, batch: Sequence[Asked], num_samples: int) -> None:
        self.model: Any = reader.model
        self.num_voices = len(batch[0].adapters)
        asked = [(group.adapters[voice], group) for voice in range(self.num_voices) for group in batch]
        questions = [member.question for _, group in asked for member in group.members]
        self.block = torch.tensor([number for number, (_, group) in enumerate(asked) for _ in group.members])
        self.adapters: list[str | None] = [asked[number][0] for number in self.block.tolist()]
        self.prefixes: list[States] | None = None
        if batch[0].prefix:
            self.prefixes = reader.read([Wanted(adapter, group.prefix) for adapter, group in asked])
        starts = torch.tensor([len(asked[number][1].prefix) for number in self.block.tolist()])
        self._read(questions, starts.to(self.model.device), reader.pad_id)
        if num_samples > 1:
            self._select(torch.arange(len(questions)).repeat_interleave(num_samples))

    def _read(self, questions: Sequence[Ids], starts: Tensor, pad_id: int) -> None:
        """Read questions that go on from these positions, those of like length in one pass."""
        passes = alike([len(question) for question in questions], self.model.device)
        caches, logits = [], []
        for numbers in passes:
            ids, mask = (t.to(self.model.device) for t in pad_left([questions[n] for n in numbers], pad_id))
            rows = torch.tensor(numbers)
            positions = starts[rows.to(ids.device), None] + (mask.cumsum(1) - 1).clamp(min=0)
            caches.append(DynamicCache(config=self.model.config))
            logits.append(self._feed(ids, mask, positions, caches[-1], rows))
        places = torch.tensor([number for numbers in passes for number in numbers]).argsort()
        self.cache: Any = joined(caches, places.to(self.model.device))
        self.logits = torch.cat(logits)[places.to(self.model.device)]
        self.mask = pad_left(questions, pad_id)[1].to(self.model.device)
        self.position = starts + self.mask.sum(1)

    def keep(self, answers: Tensor) -> None:
        """Only these of the N answers go on."""
        if len(answers) < len(self.adapters) // self.num_voices:
            blocks = torch.arange(len(self.adapters)).unflatten(0, (self.num_voices, -1))
            self._select(blocks[:, answers].flatten())

    def step(self, token: Tensor) -> None:
        """Read one more token [N] of each answer."""
        ids = token.to(self.mask.device).repeat(self.num_voices)[:, None]
        self.mask = torch.cat([self.mask, torch.ones_like(ids)], dim=1)
        rows = torch.arange(len(ids))
        self.logits = self._feed(ids, self.mask, self.position[:, None], self.cache, rows)
        self.position = self.position + 1

    def _select(self, rows: Tensor) -> None:
        there = rows.to(self.mask.device)
        self.mask, self.position, self.logits = self.mask[there], self.position[there], self.logits[there]
        self.adapters, self.block = [self.adapters[row] for row in rows.tolist()], self.block[rows]
        self.cache.batch_select_indices(there)

    @contextmanager
    def _seen(self, rows: Tensor) -> Iterator[dict[str, Any]]:
        """What the model is told of the prefixes that these rows go on from."""
        if self.prefixes is None:
            yield {}
            return
        members = self.block[rows].bincount(minlength=len(self.prefixes)).tolist()
        blocks = [Block(states, number) for states, number in zip(self.prefixes, members, strict=True) if number]
        with prefixed(self.model, blocks) as seen:
            yield seen

    def _feed(self, ids: Tensor, mask: Tensor, positions: Tensor, cache: Any, rows: Tensor) -> Tensor:
        """Read ids [rows, tokens] on top of what is in the cache; logits [rows, vocabulary] after the last of each."""
        last = torch.zeros_like(ids, dtype=torch.bool)
        last[:, -1] = True
        with head_at(self.model, last), self._seen(rows) as seen:
            logits: Tensor = self.model(
                input_ids=ids,
                attention_mask=mask,
                position_ids=positions,
                past_key_values=cache,
                use_cache=True,
                **seen,
                **spoken([self.adapters[row] for row in rows.tolist()]),
            ).logits
        return logits


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
