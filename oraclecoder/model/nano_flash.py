"""Attention over lessons on a GPU by the flash attention for rows of any length: nothing is padded or read twice."""

from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any

import torch
from torch import Tensor

from oraclecoder.model.nano_lessons import Batch

_FLASH: Any = torch.ops.aten._flash_attention_forward
_FLASH_BACK: Any = torch.ops.aten._flash_attention_backward


@dataclass(frozen=True)
class Spans:
    """Where sequences that follow each other begin and end, [sequences + 1], and how long the longest is."""

    ends: Tensor
    longest: int


@dataclass(frozen=True)
class Plan:
    """What attends to what in a batch of N tokens.

    Each of the `own` spans (schemas and drills) sees itself; the `drills` (places [M]) of each lesson, one of `asking`
    spans, see the tokens of its schema (places [N - M]), one of `seen` spans.
    """

    own: Spans
    drills: Tensor
    asking: Spans
    schemas: Tensor
    seen: Spans


def plan_of(batch: Batch) -> Plan:
    """The plan of a batch, on its device."""
    device = batch.ids.device
    own = chain.from_iterable((n, *lengths) for n, lengths in zip(batch.num_schema, batch.lengths, strict=True))
    asking = [size - n for size, n in zip(batch.sizes, batch.num_schema, strict=True)]
    of_schema = torch.repeat_interleave(
        torch.tensor([True, False] * len(asking)),
        torch.tensor([*chain.from_iterable(zip(batch.num_schema, asking, strict=True))]),
    )
    return Plan(
        own=_spans(list(own), device),
        drills=(~of_schema).nonzero()[:, 0].to(device),
        asking=_spans(asking, device),
        schemas=of_schema.nonzero()[:, 0].to(device),
        seen=_spans(list(batch.num_schema), device),
    )


def _spans(lengths: list[int], device: torch.device) -> Spans:
    ends = torch.tensor(list(accumulate(lengths, initial=0)), dtype=torch.int32)
    return Spans(ends.to(device), max(lengths))


class FlashOverLessons(torch.autograd.Function):
    """From queries, keys and values [N, 3, heads, size] in half precision to what each token reads [N, heads, size].

    A drill's own tokens and its schema are read apart; by their log-sum-exp the two are one softmax, and so they are
    going back (as in `shared_attention`).
    """

    @staticmethod
    def forward(context: Any, qkv: Tensor, plan: Plan) -> Tensor:  # noqa: D102
        q, k, v = qkv.unbind(1)
        read, log_sum = _forward(q, k, v, plan.own, plan.own, causal=True)
        past, past_sum = _forward(q[plan.drills], k[plan.schemas], v[plan.schemas], plan.asking, plan.seen)
        own_sum = log_sum[:, plan.drills]
        joint_sum = torch.logaddexp(own_sum, past_sum)
        share = (own_sum - joint_sum).exp().t()[..., None].to(read.dtype)
        read[plan.drills] = torch.lerp(past, read[plan.drills], share)
        log_sum[:, plan.drills] = joint_sum
        context.save_for_backward(qkv, read, log_sum)
        context.plan = plan
        return read

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor, None]:  # noqa: D102
        (qkv, read, log_sum), plan = context.saved_tensors, context.plan
        q, k, v = qkv.unbind(1)
        gradient, drills, schemas = gradient.contiguous(), plan.drills, plan.schemas
        found = torch.stack(_backward(gradient, q, k, v, read, log_sum, plan.own, plan.own, causal=True), dim=1)
        asked, *told = _backward(
            gradient[drills], q[drills], k[schemas], v[schemas], read[drills], log_sum[:, drills],
            plan.asking, plan.seen,
        )  # fmt: skip
        found[drills, 0] += asked
        found[schemas, 1:] += torch.stack(told, dim=1)
        return found, None


def _forward(q: Tensor, k: Tensor, v: Tensor, asking: Spans, seen: Spans, *, causal: bool = False) -> Any:
    read, log_sum, *_ = _FLASH(
        q, k, v, asking.ends, seen.ends, asking.longest, seen.longest, 0.0, causal, False, scale=q.shape[-1] ** -0.5
    )
    return read, log_sum


def _backward(
    gradient: Tensor, q: Tensor, k: Tensor, v: Tensor, read: Tensor, log_sum: Tensor, asking: Spans, seen: Spans,
    *, causal: bool = False,
) -> Any:  # fmt: skip
    no_dropout = torch.zeros(2, dtype=torch.uint64, device=q.device), torch.empty(0, device=q.device)
    return _FLASH_BACK(
        gradient, q, k, v, read, log_sum.contiguous(), asking.ends, seen.ends, asking.longest, seen.longest, 0.0,
        causal, *no_dropout, scale=q.shape[-1] ** -0.5,
    )  # fmt: skip
