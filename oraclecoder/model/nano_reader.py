"""A Llama model computed on lessons: a schema is read once for all its drills, and no padding passes a linear layer."""

from collections.abc import Callable, Sequence
from itertools import accumulate

import torch
from torch import Tensor, nn
from transformers import LlamaForCausalLM
from transformers.models.llama.modeling_llama import LlamaDecoderLayer, LlamaRMSNorm

from oraclecoder.model.nano_flash import FlashOverLessons, plan_of
from oraclecoder.model.nano_lessons import IGNORED, Batch
from oraclecoder.model.shared_attention import attend_jointly

Attend = Callable[[Tensor], Tensor]
"""From queries, keys and values [N, 3, heads, size] to what each token reads [N, heads * size]."""
TOGETHER = 4
"""Drills in one call of attention on a CPU: few, so that little of them is padding."""
ALIGNED = 16
"""Padded lengths are multiples of this, as the kernels of a GPU want them."""


class LessonReader:
    """Computes a Llama model on lessons; the same numbers as its own forward, in a fraction of the time.

    `attention` is `ragged`, `padded` or, on a GPU in half precision, `flashed`; None takes one that always serves where
    the model is.
    """

    def __init__(self, model: LlamaForCausalLM, attention: Callable[[Batch], Attend] | None = None) -> None:
        self.model = model
        self.attention = attention or (padded if model.device.type == "cuda" else ragged)
        config, inverse = model.config, model.model.rotary_emb.inv_freq.float()
        self.heads, self.size = config.num_attention_heads, model.model.layers[0].self_attn.head_dim
        angles = torch.arange(config.max_position_embeddings, device=inverse.device)[:, None] * inverse[None]
        self.cosine, self.sine = angles.cos(), angles.sin()

    def logits(self, batch: Batch) -> Tensor:
        """Scores of the next token at every labelled place, [number of labels, vocabulary]."""
        body = self.model.model
        x = nn.functional.embedding(batch.ids, body.embed_tokens.weight)
        turn = self.cosine[batch.positions][:, None, None], self.sine[batch.positions][:, None, None]
        attend = self.attention(batch)
        for layer in body.layers:
            x = self._layer(layer, x, turn, attend)
        wanted = _norm(x[batch.labels != IGNORED], body.norm)
        return nn.functional.linear(wanted, body.embed_tokens.weight)

    def _layer(self, layer: LlamaDecoderLayer, x: Tensor, turn: tuple[Tensor, Tensor], attend: Attend) -> Tensor:
        """One layer, with the matrices that read the same input joined: fewer and larger products."""
        attention, mlp = layer.self_attn, layer.mlp
        h = _norm(x, layer.input_layernorm)
        joined = torch.cat([attention.q_proj.weight, attention.k_proj.weight, attention.v_proj.weight])
        qk, v = nn.functional.linear(h, joined).view(-1, 3, self.heads, self.size).split([2, 1], dim=1)
        x = x + attention.o_proj(attend(torch.cat([_rotate(qk, turn).to(v.dtype), v], dim=1)))
        h = _norm(x, layer.post_attention_layernorm)
        gate, up = nn.functional.linear(h, torch.cat([mlp.gate_proj.weight, mlp.up_proj.weight])).chunk(2, dim=-1)
        return x + mlp.down_proj(nn.functional.silu(gate) * up)


def _norm(x: Tensor, norm: LlamaRMSNorm) -> Tensor:
    return nn.functional.rms_norm(x, (x.shape[-1],), norm.weight, norm.variance_epsilon)


def _rotate(x: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
    (first, second), (cosine, sine) = x.chunk(2, dim=-1), turn
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], dim=-1)


def ragged(batch: Batch) -> Attend:
    """Attention lesson by lesson, drills of like length together, as a CPU does it best."""
    plans = [_plan(lengths) for lengths in batch.lengths]

    def attend(qkv: Tensor) -> Tensor:
        parts = zip(qkv.split(batch.sizes), batch.num_schema, plans, strict=True)
        return torch.cat([_attend_lesson(part, num_schema, *plan) for part, num_schema, plan in parts])

    return attend


def _plan(lengths: Sequence[int]) -> tuple[list[Tensor], Tensor]:
    """Grids of drills of like length, and where each of the drills' tokens lies in the flattened grids.

    A grid [B, L] says for each place of each drill which of the drills' tokens it is (the last one where padded).
    """
    starts, order = list(accumulate(lengths, initial=0)), sorted(range(len(lengths)), key=lengths.__getitem__)
    grids, places, before = [], torch.empty(starts[-1], dtype=torch.long), 0
    for first in range(0, len(order), TOGETHER):
        drills = order[first : first + TOGETHER]
        longest = lengths[drills[-1]]
        for row, drill in enumerate(drills):
            places[starts[drill] : starts[drill + 1]] = torch.arange(lengths[drill]) + before + row * longest
        before += len(drills) * longest
        grid = torch.tensor([starts[drill] for drill in drills])[:, None] + torch.arange(longest)
        grids.append(grid.clamp(max=starts[-1] - 1))
    return grids, places


def _attend_lesson(qkv: Tensor, num_schema: int, grids: Sequence[Tensor], places: Tensor) -> Tensor:
    """The schema attends to itself; each drill to the schema and to itself; [N, heads * size]."""
    schema, drills = qkv.split([num_schema, len(qkv) - num_schema])
    q, k, v = schema.permute(1, 2, 0, 3).contiguous()[:, None]
    read = nn.functional.scaled_dot_product_attention(q, k, v, is_causal=True)[0].transpose(0, 1)
    found = []
    for grid in grids:
        own = drills.index_select(0, grid.flatten()).unflatten(0, grid.shape).permute(2, 0, 3, 1, 4).contiguous()
        own_q, own_k, own_v = own
        answers = attend_jointly(own_q, own_k, own_v, None, q.shape[-1] ** -0.5, [len(grid)], k, v)
        found.append(answers.transpose(1, 2).flatten(0, 1))
    return torch.cat([read, torch.cat(found).index_select(0, places)]).flatten(1)


def flashed(batch: Batch) -> Attend:
    """Attention over all lessons in two calls without padding, as a GPU does it best, in half precision."""
    plan = plan_of(batch)

    def attend(qkv: Tensor) -> Tensor:
        read: Tensor = FlashOverLessons.apply(qkv, plan)
        return read.flatten(1)

    return attend


def padded(batch: Batch) -> Attend:
    """Attention over all lessons in one call, padded to the longest."""
    device = batch.ids.device
    longest = -(-max(batch.sizes) // ALIGNED) * ALIGNED
    real = torch.arange(longest, device=device)[None] < torch.tensor(batch.sizes, device=device)[:, None]
    places = real.view(-1).nonzero()[:, 0]
    parts = torch.full((real.numel(),), -1, device=device).index_copy_(0, places, batch.parts).view_as(real)
    seen = (parts[:, None, :] == 0) | (parts[:, None, :] == parts[:, :, None])
    mask = seen.tril()[:, None]

    def attend(qkv: Tensor) -> Tensor:
        grid = qkv.new_zeros(real.numel(), *qkv.shape[1:]).index_copy(0, places, qkv)
        q, k, v = grid.view(*real.shape, *qkv.shape[1:]).permute(2, 0, 3, 1, 4)
        read = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return read.transpose(1, 2).flatten(0, 1).index_select(0, places).flatten(1)

    return attend
