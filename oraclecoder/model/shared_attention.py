"""Attention of many rows to one prefix: its keys and values are read once for all of them and never repeated.

A row attends to its prefix and to its own tokens apart; by their log-sum-exp the two are one softmax (Hydragen,
arXiv 2402.05099). Going back, each part needs only the output and the log-sum-exp of the whole (FlashAttention-2,
arXiv 2307.08691), so that nothing of the size rows times prefix is kept.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint
from transformers import AttentionInterface
from transformers.masking_utils import ALL_MASK_ATTENTION_FUNCTIONS, sdpa_mask

States = Sequence[tuple[Tensor, Tensor]]
"""Keys and values [key heads, tokens, width] of one prefix, per layer."""
NAME = "shared_prefix"
_FLASH: Any = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu
_FLASH_BACK: Any = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu_backward


@dataclass(frozen=True)
class Block:
    """A prefix and how many rows of the batch go on from it; blocks follow each other as the rows do."""

    states: States
    num_rows: int


@contextmanager
def prefixed(model: Any, blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    """Arguments of a forward pass whose rows see the prefixes of their blocks before their own tokens.

    Mask and cache of that pass are those of the rows' own tokens; positions are the caller's to give.
    """
    usual = model.config._attn_implementation
    model.config._attn_implementation = NAME
    try:
        yield {"prefixes": blocks}
    finally:
        model.config._attn_implementation = usual


def attend(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    *,
    scaling: float,
    prefixes: Sequence[Block],
    dropout: float = 0.0,
    softcap: float | None = None,
    s_aux: Tensor | None = None,
    **_: Any,
) -> tuple[Tensor, None]:
    """The attention function that `prefixed` switches on: query [rows, heads, new tokens, width], result transposed.

    Raises:
        ValueError: for a form of attention that it does not know; the model then takes another route.
    """
    if softcap is not None or s_aux is not None or dropout:
        raise ValueError("attention with a soft cap, sinks or dropout cannot share a prefix")
    query, key, value = _as_autocast(query, key, value)
    repeats = query.shape[1] // key.shape[1]
    key, value = (part.repeat_interleave(repeats, dim=1) if repeats > 1 else part for part in (key, value))
    layer: Any = module.layer_idx
    pasts = [part[None] for block in prefixes for part in _as_autocast(*block.states[layer])]
    members = [block.num_rows for block in prefixes]
    output = attend_jointly(query, key, value, _as_numbers(attention_mask, query.dtype), scaling, members, *pasts)
    return output.transpose(1, 2).contiguous(), None


AttentionInterface.register(NAME, attend)
ALL_MASK_ATTENTION_FUNCTIONS.register(NAME, sdpa_mask)


def _as_autocast(*parts: Tensor) -> tuple[Tensor, ...]:
    """What autocast would make of attention's inputs, if it is on."""
    device = parts[0].device.type
    dtype = torch.get_autocast_dtype(device) if torch.is_autocast_enabled(device) else parts[0].dtype
    return tuple(part.to(dtype) for part in parts)


def _as_numbers(allowed: Tensor | None, dtype: torch.dtype) -> Tensor | None:
    """A mask to be added; finite, as a padded token that sees none of its own must not become NaN."""
    if allowed is None:
        return None
    return torch.zeros(allowed.shape, dtype=dtype, device=allowed.device).masked_fill(~allowed, torch.finfo(dtype).min)


def attend_jointly(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scale: float, members: list[int], *pasts: Tensor
) -> Tensor:
    """What rows [rows, heads, tokens, width] read from their prefixes and from their own tokens under one softmax.

    The first `members[0]` rows go on from keys `pasts[0]` and values `pasts[1]`, both [1, key heads, tokens, width],
    the next `members[1]` from the next two, and so on. Without a mask a row sees its own tokens up to each.
    """
    if query.device.type == "cpu":
        output: Tensor = _Flash.apply(query, key, value, mask, scale, members, *pasts)
        return output
    return attend_again(query, key, value, mask, scale, members, *pasts)


def attend_again(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scale: float, members: list[int], *pasts: Tensor
) -> Tensor:
    """`attend_plainly`, computed again on the way back, so that no shares of the size rows times prefix are kept."""
    output: Tensor = checkpoint(
        attend_plainly, query, key, value, mask, scale, members, *pasts, use_reentrant=False, preserve_rng_state=False
    )
    return output


def attend_plainly(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scale: float, members: list[int], *pasts: Tensor
) -> Tensor:
    """`attend_jointly` by matrix products, on any device."""
    own = _scores(query, key) * scale
    if mask is not None:
        own = own + mask
    elif query.shape[2] > 1:
        ahead = torch.ones(own.shape[2:], dtype=torch.bool, device=own.device).triu(1)
        own = own.masked_fill(ahead, torch.finfo(own.dtype).min)
    found = []
    for rows, past_key, past_value, own_scores, own_value in zip(
        query.split(members), pasts[::2], pasts[1::2], own.split(members), value.split(members), strict=True
    ):
        past_scores = _part(_scores(_join(rows, past_key), past_key), rows) * scale
        shares = torch.cat([past_scores, own_scores], dim=-1).softmax(-1).to(query.dtype)
        of_past, of_own = shares.split([past_scores.shape[-1], own_scores.shape[-1]], dim=-1)
        found.append(_part(_join(of_past, past_key) @ past_value, rows) + of_own @ own_value)
    return torch.cat(found)


def _scores(query: Tensor, key: Tensor) -> Tensor:
    """The products in fp32 at least: in bf16 a score of 67, as keys with a bias give, would be off by a quarter."""
    exact = torch.promote_types(query.dtype, torch.float32)
    with torch.autocast(query.device.type, enabled=False):
        return query.to(exact) @ key.to(exact).transpose(2, 3)


class _Flash(torch.autograd.Function):
    """`attend_plainly` by torch's flash attention for CPUs."""

    @staticmethod
    def forward(
        context: Any, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scale: float,
        members: list[int], *pasts: Tensor,
    ) -> Tensor:  # fmt: skip
        causal = mask is None and query.shape[2] > 1
        own, own_sum = _FLASH(query, key, value, is_causal=causal, attn_mask=mask, scale=scale)
        joint = _joined(query, members, pasts[0])
        found = [_FLASH(*part, scale=scale) for part in zip(joint, pasts[::2], pasts[1::2], strict=True)]
        outputs, sums = zip(*found, strict=True)
        past = _part(torch.cat(outputs, dim=2), query)
        past_sum = _part(torch.cat(sums, dim=2)[..., None], query)[..., 0]
        log_sum = torch.logaddexp(past_sum, own_sum)
        output = torch.lerp(past, own, (own_sum - log_sum).exp()[..., None].to(query.dtype))
        context.save_for_backward(query, key, value, mask, output, log_sum, *pasts)
        context.settings = causal, scale, members
        return output

    @staticmethod
    def backward(context: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        query, key, value, mask, output, log_sum, *pasts = context.saved_tensors
        causal, scale, members = context.settings
        gradient = gradient.contiguous()
        own, own_key, own_value = _FLASH_BACK(
            gradient, query, key, value, output, log_sum, 0.0, causal, attn_mask=mask, scale=scale
        )
        joint = (_joined(part, members, pasts[0]) for part in (gradient, query, output, log_sum[..., None]))
        for_query, for_pasts = [], []
        for given, asked, told, summed, past_key, past_value in zip(*joint, pasts[::2], pasts[1::2], strict=True):
            past, *for_past = _FLASH_BACK(
                given, asked, past_key, past_value, told, summed[..., 0], 0.0, False, scale=scale
            )
            for_query.append(past)
            for_pasts += for_past
        past = _part(torch.cat(for_query, dim=2), query)
        return own + past, own_key, own_value, None, None, None, *for_pasts


def _join(rows: Tensor, past: Tensor) -> Tensor:
    """Rows [N, heads, L, W] as one row [1, key heads, N * heads per key head * L, W]: all see the same past."""
    heads = rows.unflatten(1, (past.shape[1], -1)).transpose(0, 1)
    return heads.reshape(1, past.shape[1], -1, rows.shape[-1])


def _joined(rows: Tensor, members: Sequence[int], past: Tensor) -> tuple[Tensor, ...]:
    """The rows of each block as one row."""
    joint = _join(rows, past)
    of_row = joint.shape[2] // len(rows)
    return joint.split([number * of_row for number in members], dim=2)


def _part(joint: Tensor, like: Tensor) -> Tensor:
    """The inverse of `_join`, for rows in number and length as those of `like`."""
    num_rows, num_heads, length, _ = like.shape
    heads = joint[0].unflatten(1, (num_rows, num_heads // joint.shape[1], length))
    return heads.transpose(0, 1).flatten(1, 2).contiguous()
