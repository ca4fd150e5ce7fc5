"""Lessons as tokens: a schema and its drills one after another, and several lessons in one row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from oraclecoder.dataset.invented_corpus import Lesson
from oraclecoder.model.nano_tokenizer import WINDOW

IGNORED = -100


@dataclass(frozen=True)
class Encoded:
    """One lesson as N tokens in a row, the P of the schema first, then B drills one after another.

    `ids`, `positions` and `labels` [N] (the next token where an answer is learnt, else IGNORED); `lengths` of the
    drills [B], which sum to N - P.
    """

    num_schema: int
    ids: Tensor
    positions: Tensor
    labels: Tensor
    lengths: Tensor

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def num_free(self) -> int:
        """The positions of the window behind the last one that is taken; negative where it does not fit."""
        return WINDOW - 1 - int(self.positions.max())


def encode_lesson(item: Lesson, tokenizer: PreTrainedTokenizerFast) -> Encoded:
    """Answers end in the end token and are all that is learnt."""
    schema = tokenizer(item.schema_text, add_special_tokens=False).input_ids
    prompts = tokenizer([drill.prompt for drill in item.drills], add_special_tokens=False).input_ids
    answers = tokenizer([drill.answer for drill in item.drills], add_special_tokens=False).input_ids
    start = len(schema)
    ids, labels, positions, lengths = list(schema), [IGNORED] * start, list(range(start)), []
    for prompt, answer in zip(prompts, answers, strict=True):
        lengths.append(len(prompt) + len(answer))
        ids += prompt + answer
        labels += [IGNORED] * (len(prompt) - 1) + answer + [tokenizer.eos_token_id]
        positions += range(start, start + lengths[-1])
    return Encoded(start, *(torch.tensor(values) for values in (ids, positions, labels, lengths)))


def with_gap(item: Encoded, gap: int) -> Encoded:
    """The lesson with `gap` positions left free between schema and drills: short lessons train long distances too."""
    return replace(item, positions=item.positions + gap * (torch.arange(len(item)) >= item.num_schema))


@dataclass(frozen=True)
class Batch:
    """Several lessons in one row of N tokens, so that no padding passes a linear layer.

    `ids`, `positions`, `labels` [N]; `parts` [N] numbers the drill of each token within its lesson, 0 for the schema;
    `sizes` and `num_schema` hold the tokens of each lesson and of its schema, `lengths` those of its drills.
    """

    ids: Tensor
    positions: Tensor
    labels: Tensor
    parts: Tensor
    sizes: tuple[int, ...]
    num_schema: tuple[int, ...]
    lengths: tuple[tuple[int, ...], ...]

    def to(self, device: torch.device) -> "Batch":
        """The same batch on this device."""
        names = ("ids", "positions", "labels", "parts")
        return replace(self, **{name: getattr(self, name).to(device, non_blocking=True) for name in names})


def join_lessons(items: Sequence[Encoded]) -> Batch:
    """The lessons one after another."""
    parts = [
        torch.repeat_interleave(torch.arange(len(i.lengths) + 1), torch.cat([torch.tensor([i.num_schema]), i.lengths]))
        for i in items
    ]
    return Batch(
        ids=torch.cat([item.ids for item in items]),
        positions=torch.cat([item.positions for item in items]),
        labels=torch.cat([item.labels for item in items]),
        parts=torch.cat(parts),
        sizes=tuple(len(item) for item in items),
        num_schema=tuple(item.num_schema for item in items),
        lengths=tuple(tuple(item.lengths.tolist()) for item in items),
    )


def split_lessons(items: Sequence[Encoded], *, max_padded_tokens: int) -> list[Batch]:
    """Batches of lessons of like length, each at most so many tokens when padded to its longest (or one lesson)."""
    groups: list[list[Encoded]] = []
    for item in sorted(items, key=len, reverse=True):
        if groups and (len(groups[-1]) + 1) * len(groups[-1][0]) <= max_padded_tokens:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [join_lessons(group) for group in groups]
