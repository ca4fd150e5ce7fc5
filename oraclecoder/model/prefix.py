"""The prefix engine: a schema that many questions share is read once, in training and in scoring.

Three routes compute the same loss. `prefix` runs the shared prefix into a key-value cache that gradients flow
through, and the branches as one batch on top of it. `packed` lays a prefix and its branches into one row under a
4-D mask; it needs no cache and so works under gradient checkpointing. `padded` repeats the prefix for every branch,
as every other framework does. (Shared prefixes in preference tuning: arXiv 2410.20305; in GRPO: 2506.05433.)
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from transformers import DynamicCache

from oraclecoder.config import Route
from oraclecoder.model.batches import IGNORED

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Batch:
    """G prefixes that end together, N branches that start together; shapes as `batches.collate` says."""

    prefix_ids: Tensor
    prefix_mask: Tensor
    group_index: Tensor
    branch_ids: Tensor
    branch_mask: Tensor
    shift_labels: Tensor

    @property
    def lengths(self) -> Tensor:
        """Real tokens of prefix plus branch, [N]."""
        return self.prefix_mask.sum(1)[self.group_index] + self.branch_mask.sum(1)

    @property
    def branch_positions(self) -> Tensor:
        """Positions of branch tokens, restarting where the prefix ends, [N, L]."""
        start = self.prefix_mask.sum(1)[self.group_index]
        return start[:, None] + torch.arange(self.branch_ids.shape[1], device=start.device)

    @property
    def prefix_positions(self) -> Tensor:
        """Positions of prefix tokens, [G, P]; padding stands at position 0."""
        return (self.prefix_mask.cumsum(1) - 1).clamp(min=0)


class PrefixModel(nn.Module):
    """A causal language model that is trained and scored on groups that share a prefix.

    `forward` returns {"loss": ...}, the cross-entropy of the answers divided by `num_items_in_batch` (by default the
    answer tokens of this batch), so that Trainer can wrap, accumulate and distribute it like any other model.
    """

    accepts_loss_kwargs = True  # tells Trainer to hand in num_items_in_batch

    def __init__(
        self,
        model: nn.Module,
        *,
        route: Route = Route.auto,
        gradient_checkpointing: bool = False,
        neftune_alpha: float | None = None,
    ) -> None:
        super().__init__()
        self.model: Any = model
        self.config = model.config
        self.neftune_alpha = neftune_alpha
        self.route = choose_route(model, route, gradient_checkpointing=gradient_checkpointing)

    def forward(
        self,
        prefix_ids: Tensor,
        prefix_mask: Tensor,
        group_index: Tensor,
        branch_ids: Tensor,
        branch_mask: Tensor,
        shift_labels: Tensor,
        labels: Tensor | None = None,
        num_items_in_batch: Tensor | int | None = None,
    ) -> dict[str, Tensor]:
        """The loss of a batch made by `batches.collate` (`labels` is not read)."""
        batch = Batch(prefix_ids, prefix_mask, group_index, branch_ids, branch_mask, shift_labels)
        losses = nn.functional.cross_entropy(self.logits(batch), shift_labels[shift_labels != IGNORED], reduction="sum")
        count = (shift_labels != IGNORED).sum() if num_items_in_batch is None else num_items_in_batch
        return {"loss": losses / count}

    def logits(self, batch: Batch) -> Tensor:
        """Scores of the next token at every labelled position, [number of labels, vocabulary], in fp32."""
        return ROUTES[self.route](self, batch).float()

    @torch.no_grad()
    def score(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Per example the summed negative log-likelihood of its answer in nats, and its number of tokens; both [N]."""
        parts = Batch(**{name: value for name, value in batch.items() if name != "labels"})
        labelled = parts.shift_labels != IGNORED
        losses = nn.functional.cross_entropy(self.logits(parts), parts.shift_labels[labelled], reduction="none")
        table = torch.zeros(labelled.shape, dtype=losses.dtype, device=losses.device)
        table[labelled] = losses
        return table.sum(1), labelled.sum(1)

    @contextmanager
    def head_at(self, wanted: Tensor) -> Iterator[None]:
        """Apply the output head only where `wanted` [rows, positions] holds: it costs more than a layer."""
        hook = self.model.get_output_embeddings().register_forward_pre_hook(lambda _, args: (args[0][wanted],))
        try:
            yield
        finally:
            hook.remove()

    @contextmanager
    def noise(self, lengths: Tensor) -> Iterator[None]:
        """NEFTune (arXiv 2310.05914): uniform noise on embeddings, scaled by the full length of each row."""
        if self.neftune_alpha is None or not self.training:
            yield
            return
        alpha = self.neftune_alpha

        def add(_: nn.Module, __: tuple, embedded: Tensor) -> Tensor:
            size = alpha / (lengths.to(embedded.dtype) * embedded.shape[-1]).sqrt()
            return embedded + torch.empty_like(embedded).uniform_(-1, 1) * size[:, None, None]

        hook = self.model.get_input_embeddings().register_forward_hook(add)
        try:
            yield
        finally:
            hook.remove()


def read_prefix(engine: PrefixModel, batch: Batch) -> DynamicCache:
    """Keys and values of the prefixes, [G, ...] per layer."""
    nothing = torch.zeros_like(batch.prefix_mask, dtype=torch.bool)
    mean_length = batch.lengths.float().mean().expand(len(batch.prefix_ids))
    with engine.head_at(nothing), engine.noise(mean_length):
        output = engine.model(
            input_ids=batch.prefix_ids,
            attention_mask=None if bool(batch.prefix_mask.all()) else batch.prefix_mask,
            position_ids=batch.prefix_positions,
            use_cache=True,
        )
    return output.past_key_values


def prefix_logits(engine: PrefixModel, batch: Batch) -> Tensor:
    """Prefixes once into a cache, then all branches as one batch."""
    cache = read_prefix(engine, batch)
    if len(batch.prefix_ids) == 1:
        cache.batch_repeat_interleave(len(batch.group_index))  # cheaper backwards than an index
    else:
        cache.batch_select_indices(batch.group_index)
    mask = torch.cat([batch.prefix_mask[batch.group_index], batch.branch_mask], dim=1)
    with engine.head_at(batch.shift_labels != IGNORED), engine.noise(batch.lengths):
        return engine.model(
            input_ids=batch.branch_ids,
            attention_mask=mask,
            position_ids=batch.branch_positions,
            past_key_values=cache,
            use_cache=True,
        ).logits


def padded_logits(engine: PrefixModel, batch: Batch) -> Tensor:
    """The prefix repeated before every branch."""
    rows = batch.group_index
    wanted = nn.functional.pad(batch.shift_labels != IGNORED, (batch.prefix_ids.shape[1], 0))
    with engine.head_at(wanted), engine.noise(batch.lengths):
        return engine.model(
            input_ids=torch.cat([batch.prefix_ids[rows], batch.branch_ids], dim=1),
            attention_mask=torch.cat([batch.prefix_mask[rows], batch.branch_mask], dim=1),
            position_ids=torch.cat([batch.prefix_positions[rows], batch.branch_positions], dim=1),
            use_cache=False,
        ).logits


def packed_logits(engine: PrefixModel, batch: Batch) -> Tensor:
    """Each group as one row; the mask lets a branch see its prefix and itself only."""
    rows = [_pack(batch, number) for number in range(len(batch.prefix_ids))]
    longest = max(len(row.ids) for row in rows)
    ids, positions = (torch.stack([_fill(getattr(row, n), longest, 0) for row in rows]) for n in ("ids", "positions"))
    segments = torch.stack([_fill(row.segments, longest, PADDING) for row in rows])
    wanted = torch.stack([_fill(row.labels, longest, IGNORED) for row in rows]) != IGNORED
    with engine.head_at(wanted), engine.noise(batch.lengths.float().mean().expand(len(rows))):
        return engine.model(
            input_ids=ids,
            attention_mask=_branch_mask(segments, engine.model.dtype),
            position_ids=positions,
            use_cache=False,
        ).logits


PREFIX, PADDING = -1, -2


@dataclass(frozen=True)
class _Row:
    ids: Tensor
    positions: Tensor
    segments: Tensor
    labels: Tensor


def _pack(batch: Batch, number: int) -> _Row:
    """Prefix and branches of one group, one after the other, without padding; segment = branch, or PREFIX."""
    own = batch.group_index == number
    real, first = batch.branch_mask[own].bool(), batch.prefix_mask[number].bool()
    branch = torch.arange(int(own.sum()), device=real.device)[:, None].expand_as(real)
    return _Row(
        torch.cat([batch.prefix_ids[number][first], batch.branch_ids[own][real]]),
        torch.cat([batch.prefix_positions[number][first], batch.branch_positions[own][real]]),
        torch.cat([torch.full((int(first.sum()),), PREFIX, device=real.device), branch[real]]),
        torch.cat([torch.full((int(first.sum()),), IGNORED, device=real.device), batch.shift_labels[own][real]]),
    )


def _fill(row: Tensor, length: int, value: int) -> Tensor:
    return nn.functional.pad(row, (0, length - len(row)), value=value)


def _branch_mask(segments: Tensor, dtype: torch.dtype) -> Tensor:
    """Additive mask [G, 1, T, T]: causal, own branch or prefix; padding sees itself so that no row is empty."""
    query, key = segments[:, :, None], segments[:, None, :]
    causal = torch.ones(segments.shape[1], segments.shape[1], dtype=torch.bool, device=segments.device).tril()
    allowed = causal & ((key == PREFIX) | (key == query))
    return torch.zeros(allowed.shape, dtype=dtype, device=segments.device).masked_fill(
        ~allowed, torch.finfo(dtype).min
    )[:, None]


ROUTES: dict[Route, Callable[[PrefixModel, Batch], Tensor]] = {
    Route.prefix: prefix_logits,
    Route.packed: packed_logits,
    Route.padded: padded_logits,
}


def choose_route(model: Any, route: Route, *, gradient_checkpointing: bool = False) -> Route:
    """The route that was asked for, or for `auto` the fastest one that is exact on this model."""
    if route is not Route.auto:
        return route
    if gradient_checkpointing:
        chosen = Route.packed
    elif _cache_is_exact(model):
        chosen = Route.prefix
    else:
        logger.warning(
            "%s does not continue from a shared key-value cache; every prefix is repeated (route padded), at its cost",
            type(model).__name__,
        )
        chosen = Route.padded
    logger.info("training.route=auto chose %s", chosen.value)
    return chosen


@torch.no_grad()
def _cache_is_exact(model: Any) -> bool:
    """Whether two short branches score the same with and without a shared cache."""
    device, training = model.device, model.training
    ids = torch.arange(8, device=device) % model.get_input_embeddings().weight.shape[0]
    ones = torch.ones(2, 3, dtype=torch.long, device=device)
    batch = Batch(ids[None, :5], ones[:1, :1].expand(1, 5), ones[:, 0] * 0, ids[5:8].expand(2, 3), ones, ones)
    engine = PrefixModel(model, route=Route.prefix)
    model.eval()
    try:
        expected, found = padded_logits(engine, batch), prefix_logits(engine, batch)
        return bool((expected - found).abs().max() <= 0.05 * expected.abs().max())
    except (TypeError, ValueError, AttributeError, RuntimeError, IndexError):
        return False
    finally:
        model.train(training)
