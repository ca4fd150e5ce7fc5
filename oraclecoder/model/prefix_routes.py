"""Three ways to the same scores of a batch: with a shared prefix once, packed into one row, or repeated and padded.

`prefix` reads the shared prefix into keys and values that gradients flow through, and the branches as one batch that
sees them (shared_attention.py). `packed` lays a prefix and its branches into one row under a 4-D mask; it needs no
cache and so works under gradient checkpointing. `padded` repeats the prefix before every branch, as every other
framework does. (Shared prefixes in preference tuning: arXiv 2410.20305; in GRPO: 2506.05433.)
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from oraclecoder.config import Route
from oraclecoder.model.batches import IGNORED
from oraclecoder.model.shared_attention import Block, prefixed


@dataclass(frozen=True)
class Batch:
    """G prefixes that end together, N branches that start together; shapes as `batches.collate` says.

    `soft_tokens` and `soft_log_probs` [number of labels, k] are a teacher's, where there is one.
    """

    prefix_ids: Tensor
    prefix_mask: Tensor
    group_index: Tensor
    branch_ids: Tensor
    branch_mask: Tensor
    shift_labels: Tensor
    soft_tokens: Tensor | None = None
    soft_log_probs: Tensor | None = None

    def rows(self, members: Tensor) -> "Batch":
        """Only these branches, in a row, as wide as the longest of them; prefixes stay as they are."""
        labels = (self.shift_labels != IGNORED).sum(1)
        start, end = int(labels[: members[0]].sum()), int(labels[: members[-1] + 1].sum())
        longest = int(self.branch_mask[members].sum(1).max())
        soft = (None if part is None else part[start:end] for part in (self.soft_tokens, self.soft_log_probs))
        own = (part[members, :longest] for part in (self.branch_ids, self.branch_mask, self.shift_labels))
        return Batch(self.prefix_ids, self.prefix_mask, self.group_index[members], *own, *soft)

    @property
    def lengths(self) -> Tensor:
        """Real tokens of prefix plus branch, [N]."""
        return self.prefix_mask.sum(1)[self.group_index] + self.branch_mask.sum(1)

    @property
    def mean_lengths(self) -> Tensor:
        """Mean of `lengths` over the branches of each prefix, [G]."""
        count = self.group_index.bincount(minlength=len(self.prefix_ids)).clamp(min=1)
        return self.lengths.new_zeros(len(count)).index_add(0, self.group_index, self.lengths) / count

    @property
    def branch_positions(self) -> Tensor:
        """Positions of branch tokens, restarting where the prefix ends, [N, L]."""
        start = self.prefix_mask.sum(1)[self.group_index]
        return start[:, None] + torch.arange(self.branch_ids.shape[1], device=start.device)

    @property
    def prefix_positions(self) -> Tensor:
        """Positions of prefix tokens, [G, P]; padding stands at position 0."""
        return (self.prefix_mask.cumsum(1) - 1).clamp(min=0)


@contextmanager
def head_at(model: Any, wanted: Tensor) -> Iterator[None]:
    """Apply the output head only where `wanted` [rows, positions] holds: it costs more than a layer."""
    hook = model.get_output_embeddings().register_forward_pre_hook(lambda _, args: (args[0][wanted],))
    try:
        yield
    finally:
        hook.remove()


@contextmanager
def noise(model: Any, alpha: float | None, lengths: Tensor) -> Iterator[None]:
    """NEFTune (arXiv 2310.05914): uniform noise on embeddings, scaled by the length of each row; or none.

    What several examples share is as long as they are on average.
    """
    if alpha is None:
        yield
        return

    def add(_: nn.Module, __: tuple, embedded: Tensor) -> Tensor:
        size = alpha / (lengths.float() * embedded.shape[-1]).sqrt()  # in fp16 the product is beyond all numbers
        return embedded + torch.empty_like(embedded).uniform_(-1, 1) * size.to(embedded.dtype)[:, None, None]

    hook = model.get_input_embeddings().register_forward_hook(add)
    try:
        yield
    finally:
        hook.remove()


def prefix_logits(model: Any, batch: Batch, alpha: float | None = None) -> Tensor:
    """Prefixes once, then all branches as one batch that sees them; branches of a group stand together."""
    return branch_logits(model, batch, read_prefixes(model, batch, alpha), alpha)


def branch_logits(model: Any, batch: Batch, blocks: list[Block], alpha: float | None = None) -> Tensor:
    """Scores at the labelled places of branches that see the prefixes of their blocks."""
    with (
        head_at(model, batch.shift_labels != IGNORED),
        noise(model, alpha, batch.lengths),
        prefixed(model, blocks) as seen,
    ):
        scores: Tensor = model(
            input_ids=batch.branch_ids, position_ids=batch.branch_positions, use_cache=False, **seen
        ).logits
        return scores


def read_prefixes(model: Any, batch: Batch, alpha: float | None) -> list[Block]:
    """Keys and values of each prefix, with the number of branches that go on from it."""
    nothing = torch.zeros_like(batch.prefix_mask, dtype=torch.bool)
    with head_at(model, nothing), noise(model, alpha, batch.mean_lengths):
        layers = model(
            input_ids=batch.prefix_ids,
            attention_mask=None if bool(batch.prefix_mask.all()) else batch.prefix_mask,
            position_ids=batch.prefix_positions,
            use_cache=True,
        ).past_key_values.layers
    size = batch.prefix_mask.shape[1]
    lengths, members = batch.prefix_mask.sum(1).tolist(), batch.group_index.bincount(minlength=len(batch.prefix_ids))
    return [
        Block(
            [(layer.keys[group, :, size - length :], layer.values[group, :, size - length :]) for layer in layers],
            num_rows,
        )
        for group, (length, num_rows) in enumerate(zip(lengths, members.tolist(), strict=True))
    ]


def padded_logits(model: Any, batch: Batch, alpha: float | None = None) -> Tensor:
    """The prefix repeated before every branch; padding stands at the end, so that any causal model can read it."""
    rows = [
        _Row.of(batch, batch.group_index[number], torch.tensor([number])) for number in range(len(batch.branch_ids))
    ]
    ids, mask, wanted = _fill(rows)
    with head_at(model, wanted), noise(model, alpha, batch.lengths):
        return model(input_ids=ids, attention_mask=mask, use_cache=False).logits


def packed_logits(model: Any, batch: Batch, alpha: float | None = None) -> Tensor:
    """Each group as one row; the mask lets a branch see its prefix and itself only."""
    members = [(batch.group_index == number).nonzero()[:, 0] for number in range(len(batch.prefix_ids))]
    rows = [_Row.of(batch, torch.tensor(number), own) for number, own in enumerate(members)]
    ids, _, wanted = _fill(rows)
    segments = _stack([row.segments for row in rows], PADDING)
    with head_at(model, wanted), noise(model, alpha, batch.mean_lengths):
        return model(
            input_ids=ids,
            attention_mask=_branch_mask(model, segments),
            position_ids=_stack([row.positions for row in rows], 0),
            use_cache=False,
        ).logits


PREFIX, PADDING = -1, -2


@dataclass(frozen=True)
class _Row:
    """A prefix and some of its branches, one after the other, without padding; segment = branch, or PREFIX."""

    ids: Tensor
    positions: Tensor
    segments: Tensor
    labels: Tensor

    @staticmethod
    def of(batch: Batch, group: Tensor, members: Tensor) -> "_Row":
        real, first = batch.branch_mask[members].bool(), batch.prefix_mask[group].bool()
        branch = torch.arange(len(members), device=real.device)[:, None].expand_as(real)
        prefix = batch.prefix_ids[group][first]
        return _Row(
            torch.cat([prefix, batch.branch_ids[members][real]]),
            torch.cat([batch.prefix_positions[group][first], batch.branch_positions[members][real]]),
            torch.cat([torch.full_like(prefix, PREFIX), branch[real]]),
            torch.cat([torch.full_like(prefix, IGNORED), batch.shift_labels[members][real]]),
        )


def _fill(rows: list[_Row]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask of real tokens and mask of labelled ones, each [rows, longest]."""
    mask = _stack([torch.ones_like(row.ids) for row in rows], 0)
    return _stack([row.ids for row in rows], 0), mask, _stack([row.labels for row in rows], IGNORED) != IGNORED


def _stack(rows: list[Tensor], value: int) -> Tensor:
    return nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=value)


def _branch_mask(model: Any, segments: Tensor) -> Tensor:
    """Mask [G, 1, T, T]: causal, own branch or prefix; padding sees itself so that no row is empty.

    True where there is attention; eager attention adds its mask, and so gets numbers.
    """
    query, key = segments[:, :, None], segments[:, None, :]
    causal = torch.ones(segments.shape[1], segments.shape[1], dtype=torch.bool, device=segments.device).tril()
    allowed = (causal & ((key == PREFIX) | (key == query)))[:, None]
    if model.config._attn_implementation != "eager":
        return allowed
    return torch.zeros(allowed.shape, dtype=model.dtype, device=segments.device).masked_fill(
        ~allowed, torch.finfo(model.dtype).min
    )


ROUTES: dict[Route, Callable[[Any, Batch, float | None], Tensor]] = {
    Route.prefix: prefix_logits,
    Route.packed: packed_logits,
    Route.padded: padded_logits,
}
