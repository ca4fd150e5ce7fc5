"""The prefix engine: a schema that many questions share is read once, in training and in scoring."""

from typing import Any

import torch
from torch import Tensor, nn

from oraclecoder.config import Route
from oraclecoder.model.batches import IGNORED
from oraclecoder.model.prefix_choice import choose_route, kind_of, say_once, sliding_window
from oraclecoder.model.prefix_routes import ROUTES, Batch
from oraclecoder.model.prefix_turns import loss_in_turns, summed_loss


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
        self.window = None if self.route is Route.padded else sliding_window(model)

    def forward(
        self,
        prefix_ids: Tensor,
        prefix_mask: Tensor,
        group_index: Tensor,
        branch_ids: Tensor,
        branch_mask: Tensor,
        shift_labels: Tensor,
        labels: Tensor | None = None,
        soft_tokens: Tensor | None = None,
        soft_log_probs: Tensor | None = None,
        num_items_in_batch: Tensor | int | None = None,
    ) -> dict[str, Tensor]:
        """The loss of a batch made by `batches.collate` or `prefix_scores.collate_taught` (`labels` is not read)."""
        batch = Batch(
            prefix_ids, prefix_mask, group_index, branch_ids, branch_mask, shift_labels, soft_tokens, soft_log_probs
        )
        if torch.is_grad_enabled() and self._route_of(batch) is Route.prefix:
            loss = loss_in_turns(self.model, batch, self.neftune_alpha if self.training else None)
        else:
            loss = summed_loss(self.logits(batch), batch)
        count = (shift_labels != IGNORED).sum() if num_items_in_batch is None else num_items_in_batch
        return {"loss": loss / count}

    def _route_of(self, batch: Batch) -> Route:
        """The padded one where a row is longer than a layer looks back, as the others see the whole context."""
        if self.window is None or int(batch.lengths.max()) <= self.window:
            return self.route
        say_once(f"rows beyond the {self.window} tokens that {kind_of(self.model)} looks back repeat their prefix")
        return Route.padded

    def logits(self, batch: Batch) -> Tensor:
        """Scores of the next token at every labelled position, [number of labels, vocabulary], in fp32 or wider."""
        alpha = self.neftune_alpha if self.training else None
        found = ROUTES[self._route_of(batch)](self.model, batch, alpha)
        return found if found.dtype is torch.float64 else found.float()

    @torch.no_grad()
    def score(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Per example the summed negative log-likelihood of its answer in nats, and its number of tokens; both [N]."""
        parts = Batch(**{name: value for name, value in batch.items() if name != "labels"})
        labelled = parts.shift_labels != IGNORED
        losses = nn.functional.cross_entropy(self.logits(parts), parts.shift_labels[labelled], reduction="none")
        return sum_by_row(losses, labelled), labelled.sum(1)


def sum_by_row(values: Tensor, labelled: Tensor) -> Tensor:
    """Sums [N] of the values [number of labels] that stand where `labelled` [N, L] holds, row by row."""
    table = torch.zeros(labelled.shape, dtype=values.dtype, device=values.device)
    table[labelled] = values
    return table.sum(1)
