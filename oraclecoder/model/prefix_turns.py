"""The loss of many branches of a prefix, some at a time: a group's activations never lie in memory all at once.

The prefix is read once. Each turn of branches is computed and differentiated before the next one is, down to the keys
and values of the prefix; what all turns ask of these goes back through the prefix at the end.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from oraclecoder.model.batches import IGNORED, least_tokens
from oraclecoder.model.prefix_routes import Batch, branch_logits, read_prefixes
from oraclecoder.model.shared_attention import Block

SHARE = 0.5
"""Tokens of one turn of branches, as a share of the prefixes' tokens: fewer would be slower, more take more memory."""


def summed_loss(logits: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy summed over the labels, in nats: of the answers or, where there are soft labels, of these."""
    scores = logits if logits.dtype is torch.float64 else logits.float()
    if batch.soft_tokens is not None and batch.soft_log_probs is not None:
        return soft_cross_entropy(scores, batch.soft_tokens, batch.soft_log_probs)
    return nn.functional.cross_entropy(scores, batch.shift_labels[batch.shift_labels != IGNORED], reduction="sum")


def soft_cross_entropy(logits: Tensor, tokens: Tensor, log_probs: Tensor) -> Tensor:
    """Summed cross-entropy against a teacher's k likeliest `tokens` [labels, k], made a distribution again."""
    return -(log_probs.softmax(-1) * logits.log_softmax(-1).gather(-1, tokens)).sum()


def loss_in_turns(model: Any, batch: Batch, alpha: float | None = None) -> Tensor:
    """`summed_loss` of a batch by the prefix route, with its gradients, in the memory of one turn."""
    blocks = read_prefixes(model, batch, alpha)
    states = [tensor for block in blocks for layer in block.states for tensor in layer]
    turns = split(batch)

    def loss_of(turn: Batch, states: Sequence[Tensor]) -> Tensor:
        return summed_loss(branch_logits(model, turn, _blocks(turn, states, len(blocks)), alpha), turn)

    if len(turns) == 1:
        return loss_of(batch, states)
    learnt = [parameter for parameter in model.parameters() if parameter.requires_grad]
    loss: Tensor = _InTurns.apply(loss_of, turns, len(states), *states, *learnt)
    return loss


def split(batch: Batch) -> list[Batch]:
    """The branches in as few turns as are allowed without changing their order, each cut to its longest branch."""
    most = max(least_tokens(batch.branch_ids.device), SHARE * batch.prefix_ids.numel())
    turns: list[list[int]] = []
    longest = 0
    for row, length in enumerate(batch.branch_mask.sum(1).tolist()):
        longest = max(longest, length)
        if turns and (len(turns[-1]) + 1) * longest <= most:
            turns[-1].append(row)
        else:
            turns.append([row])
            longest = length
    return [batch.rows(torch.tensor(turn)) for turn in turns]


def _blocks(turn: Batch, states: Sequence[Tensor], num_groups: int) -> list[Block]:
    """The prefixes that branches of this turn go on from."""
    members = turn.group_index.bincount(minlength=num_groups).tolist()
    own = len(states) // num_groups
    pairs = [list(zip(part[::2], part[1::2], strict=True)) for part in _cut(states, own)]
    return [Block(pair, count) for pair, count in zip(pairs, members, strict=True) if count]


def _cut(states: Sequence[Tensor], size: int) -> list[Sequence[Tensor]]:
    return [states[start : start + size] for start in range(0, len(states), size)]


class _InTurns(torch.autograd.Function):
    """The sum of the turns' losses; gradients are taken on the way there, and handed on when asked for."""

    @staticmethod
    def forward(
        context: Any,
        loss_of: Callable[[Batch, Sequence[Tensor]], Tensor],
        turns: Sequence[Batch],
        num_states: int,
        *inputs: Tensor,
    ) -> Tensor:
        states = [state.detach().requires_grad_() for state in inputs[:num_states]]
        wanted = [*states, *inputs[num_states:]]
        total = inputs[0].new_zeros((), dtype=torch.promote_types(inputs[0].dtype, torch.float32))
        sums = [torch.zeros_like(tensor) for tensor in wanted]
        for turn in turns:
            with torch.enable_grad():
                loss = loss_of(turn, states)
            with torch.autocast(loss.device.type, enabled=False):
                found = torch.autograd.grad(loss, wanted, allow_unused=True)
            total += loss.detach()
            for own, one in zip(sums, found, strict=True):
                if one is not None:
                    own += one
        context.save_for_backward(*sums)
        return total

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        return None, None, None, *((gradient * own).to(own.dtype) for own in context.saved_tensors)
