"""A Llama model computed on lessons: a schema is read once for all its drills, and no padding passes a linear layer."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from transformers import LlamaForCausalLM
from transformers.models.llama.modeling_llama import LlamaDecoderLayer, LlamaRMSNorm

from oraclecoder.model.nano_lessons import IGNORED, Batch

Attend = Callable[[Tensor], Tensor]
"""From queries, keys and values [N, 3, heads, size] to what each token reads [N, heads * size]."""
MASKED = -1e4
ALIGNED = 16
"""Padded lengths are multiples of this, as the kernels of a GPU want them."""


class LessonReader:
    """Computes a Llama model on lessons; the same numbers as its own forward, in a fraction of the time.

    `attention` is `ragged` or `padded`; None takes the one that is faster where the model is.
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
    """Attention lesson by lesson over real tokens only, as a CPU does it best."""
    plans = [_plan(p, lengths) for p, lengths in zip(batch.num_schema, batch.lengths, strict=True)]

    def attend(qkv: Tensor) -> Tensor:
        parts = qkv.split(batch.sizes)
        return torch.cat([_attend_lesson(part, *plan) for part, plan in zip(parts, plans, strict=True)])

    return attend


def _plan(num_schema: int, lengths: Sequence[int]) -> tuple[int, Tensor, Tensor]:
    """Tokens of the schema; for each place of each drill [B, L] its token among the drills' (0 where padded), and back.

    The first is padded at the end, the second [N - P] points into the flattened first.
    """
    longest, sizes = max(lengths), torch.tensor(lengths)
    real = torch.arange(longest)[None] < sizes[:, None]
    grid = torch.zeros(real.shape, dtype=torch.long)
    grid[real] = torch.arange(int(sizes.sum()))
    return num_schema, grid, real.view(-1).nonzero()[:, 0]


def _attend_lesson(qkv: Tensor, p: int, grid: Tensor, flat: Tensor) -> Tensor:
    """The schema attends to itself; each drill to the schema and to itself; [N, heads * size].

    Scores over the schema are computed for real tokens only; only the drills' own small blocks are padded.
    """
    (rows, longest), (heads, size) = grid.shape, qkv.shape[2:]
    schema, drills = qkv.split([p, len(qkv) - p])
    q, k, v = schema.permute(1, 2, 0, 3)
    causal = torch.full((p, p), MASKED, dtype=q.dtype).triu(1)
    schema = torch.baddbmm(causal, q, k.transpose(1, 2), alpha=size**-0.5).softmax(-1) @ v
    blocks = drills.index_select(0, grid.view(-1)).view(rows, longest, 3, heads, size)
    own_q, own_k, own_v = blocks.permute(2, 0, 3, 1, 4)
    own = (own_q @ own_k.transpose(2, 3)).transpose(1, 2).reshape(rows * longest, heads, longest).index_select(0, flat)
    own = own * size**-0.5 + torch.full((longest, longest), MASKED, dtype=q.dtype).triu(1)[flat % longest][:, None]
    over_schema = (drills[:, 0] * size**-0.5).transpose(0, 1) @ k.transpose(1, 2)
    weights = torch.cat([over_schema, own.transpose(0, 1)], dim=-1).softmax(-1)
    outer, inner = weights.split([p, longest], dim=-1)
    inner = inner.transpose(0, 1).index_select(0, grid.view(-1)).view(rows, longest, heads, longest)
    inner = (inner.transpose(1, 2) @ own_v).transpose(1, 2).reshape(-1, heads, size).index_select(0, flat)
    read = (outer @ v).transpose(0, 1) + inner
    return torch.cat([schema.transpose(0, 1), read]).reshape(-1, heads * size)


def padded(batch: Batch) -> Attend:
    """Attention over all lessons in one call, padded to the longest, as a GPU does it best."""
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
