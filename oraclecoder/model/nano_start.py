"""The shape of oraclecoder-nano and weights to start from that can already copy.

Small models take very long to find out how to copy from the context (induction heads; Olsson et al. 2022): with
ordinary random weights nothing is copied after a million tokens. So the circuit is laid in the weights at the start,
in the spirit of mimetic initialisation (arXiv 2305.09828), and training bends it from there. Two heads of layer 0
write half of the last and of the last but one token beside each token. Heads of layers 1 and 2 look for places whose
last two tokens are the present one and the one before it, and write the token that stands there. Everything else
starts at random, with output projections at zero.
"""

import torch
from torch import Tensor, nn
from transformers import LlamaConfig, LlamaForCausalLM

from oraclecoder.model.nano_tokenizer import WINDOW

NUM_HEADS = 4
SCALE = 0.1
"""Size of embedding entries."""
CONSTANT = 4.0
"""Entry 0 of every embedding, in units of SCALE: what the position-only heads of layer 0 read."""
FINAL_NORM = 0.7
"""Makes a copied token score about as high as the logarithm of the vocabulary, as embeddings are output weights too."""
NEARNESS, MATCH, CONTEXT, GAIN = 7.0, 12.0, 7.0, 10.0
"""Attention scores of the wanted place over its neighbours, of a matching token and of a matching token before it over
chance; weight of the copied token."""
COPYING_LAYERS = (1, 2)
ROPE_BASE = 1e6
"""So large that the slower half of a head's pairs hardly turns within the window: content is matched with those."""


def nano_config(
    vocabulary_size: int, *, width: int, num_layers: int, inner: int, eos: int, bos: int, pad: int
) -> LlamaConfig:
    """Four heads, tied embeddings."""
    return LlamaConfig(
        vocab_size=vocabulary_size,
        hidden_size=width,
        num_hidden_layers=num_layers,
        num_attention_heads=NUM_HEADS,
        num_key_value_heads=NUM_HEADS,
        intermediate_size=inner,
        max_position_embeddings=WINDOW,
        rope_parameters={"rope_type": "default", "rope_theta": ROPE_BASE},
        tie_word_embeddings=True,
        bos_token_id=bos,
        eos_token_id=eos,
        pad_token_id=pad,
    )


@torch.no_grad()
def start_weights(model: LlamaForCausalLM) -> None:
    """Fill the weights in place from torch's global random state."""
    width = model.config.hidden_size
    for layer in model.model.layers:
        for module in layer.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=module.in_features**-0.5)
        nn.init.zeros_(layer.self_attn.o_proj.weight)
        nn.init.zeros_(layer.mlp.down_proj.weight)
    table = model.model.embed_tokens.weight
    table.normal_(std=SCALE)
    table[:, width // 2 :] *= 0.05  # room for the tokens before
    table[:, 0] = CONSTANT * SCALE
    model.model.norm.weight.fill_(FINAL_NORM)
    _looking_back(model, head=0, distance=1)
    _looking_back(model, head=1, distance=2)
    for number in COPYING_LAYERS:
        for head in range(2):
            _copying(model, number, head=head)


def _selection(num_rows: int, width: int, first: int) -> Tensor:
    """A matrix whose row i picks entry first + i, except the constant entry 0."""
    matrix = torch.zeros(num_rows, width)
    matrix[torch.arange(num_rows), first + torch.arange(num_rows)] = 1
    matrix[:, 0] = 0
    return matrix


def _norm_after(num_zones: int, width: int) -> float:
    """Root mean square of the residual stream when so many quarters of it are filled."""
    return SCALE * float((num_zones * width / 4 + CONSTANT**2) / width) ** 0.5


def _looking_back(model: LlamaForCausalLM, *, head: int, distance: int) -> None:
    """A head that attends `distance` tokens back and writes the first quarter of that token into quarter 1 + distance.

    Its score is a sum of a^2 cos(speed * (actual distance - distance)), largest where both agree.
    """
    width, quarter = model.config.hidden_size, model.config.hidden_size // 4
    attention = model.model.layers[0].self_attn
    pairs = quarter // 2
    speeds = ROPE_BASE ** (-torch.arange(pairs) / pairs)
    fast = 3 * pairs // 8
    gap = (1 - torch.cos(speeds[:fast])).sum()
    strength = (NEARNESS * quarter**0.5 / gap) ** 0.5 * _norm_after(2, width) / (CONSTANT * SCALE)
    query, key = torch.zeros(quarter, width), torch.zeros(quarter, width)
    query[:fast, 0] = strength * torch.cos(distance * speeds[:fast])
    query[pairs : pairs + fast, 0] = -strength * torch.sin(distance * speeds[:fast])
    key[:fast, 0] = strength
    rows = slice(head * quarter, (head + 1) * quarter)
    attention.q_proj.weight[rows] = query
    attention.k_proj.weight[rows] = key
    attention.v_proj.weight[rows] = _selection(quarter, width, 0)
    attention.o_proj.weight[:, rows] = _selection(quarter, width, (1 + distance) * quarter).T * _norm_after(2, width)


def _copying(model: LlamaForCausalLM, number: int, *, head: int) -> None:
    """A head that finds places after the same two tokens and writes half of the token there, enlarged."""
    width, quarter = model.config.hidden_size, model.config.hidden_size // 4
    attention = model.model.layers[number].self_attn
    pairs = quarter // 2
    slow = torch.stack([torch.arange(pairs // 2, pairs), pairs + torch.arange(pairs // 2, pairs)], dim=1).flatten()
    split = 5 * len(slow) // 8
    query, key = torch.zeros(quarter, width), torch.zeros(quarter, width)
    view = torch.linalg.qr(torch.randn(quarter, quarter)).Q[: len(slow)]
    view[:, 0] = 0
    scale = torch.full((len(slow), 1), (CONTEXT * quarter**0.5 / (len(slow) - split)) ** 0.5)
    scale[:split] = (MATCH * quarter**0.5 / split) ** 0.5
    view *= scale
    query[slow[:split], :quarter] = view[:split]
    key[slow[:split], 2 * quarter : 3 * quarter] = view[:split]
    query[slow[split:], 2 * quarter : 3 * quarter] = view[split:]
    key[slow[split:], 3 * quarter :] = view[split:]
    rows = slice(head * quarter, (head + 1) * quarter)
    attention.q_proj.weight[rows] = query
    attention.k_proj.weight[rows] = key
    found = _selection(quarter, width, head * quarter)
    attention.v_proj.weight[rows] = found
    attention.o_proj.weight[:, rows] = found.T * (GAIN * _norm_after(4, width) / len(COPYING_LAYERS))
