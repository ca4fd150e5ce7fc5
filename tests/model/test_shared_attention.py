"""Rows that share a prefix attend to it as rows that repeat it."""

import pytest
import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from oraclecoder.model.shared_attention import _Flash, attend_again, attend_plainly

SCALE = 0.3


def _states(*shape: int) -> Tensor:
    return torch.randn(*shape, 16, dtype=torch.float64, requires_grad=True)


def _repeated(
    query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, past_key: Tensor, past_value: Tensor
) -> Tensor:
    rows, heads, length, _ = query.shape
    both = [
        torch.cat([past.repeat_interleave(heads // past.shape[1], 1).expand(rows, -1, -1, -1), own], dim=2)
        for past, own in ((past_key, key), (past_value, value))
    ]
    if mask is None:
        mask = torch.full((length, length), -torch.inf, dtype=torch.float64).triu(1).expand(rows, 1, -1, -1)
    seen = torch.zeros(*mask.shape[:3], past_key.shape[2], dtype=torch.float64)
    return scaled_dot_product_attention(query, *both, attn_mask=torch.cat([seen, mask], dim=-1), scale=SCALE)


@pytest.mark.parametrize("attention", [_Flash.apply, attend_plainly, attend_again], ids=["flash", "plain", "again"])
@pytest.mark.parametrize("key_heads", [4, 2])
@pytest.mark.parametrize("masked", [False, True])
def test_values_and_gradients_are_those_of_repeated_prefixes(attention, key_heads, masked):
    torch.manual_seed(0)
    query, key, value = (_states(5, 4, 6) for _ in range(3))
    pasts = [_states(1, key_heads, length) for length in (11, 11, 8, 8)]
    mask = None
    if masked:
        mask = torch.zeros(5, 1, 6, 6, dtype=torch.float64).masked_fill(torch.rand(5, 1, 6, 6) < 0.4, -1e300)
    found = attention(query, key, value, mask, SCALE, [2, 3], *pasts)
    expected = torch.cat([
        _repeated(query[rows], key[rows], value[rows], None if mask is None else mask[rows], *past)
        for rows, past in ((slice(0, 2), pasts[:2]), (slice(2, 5), pasts[2:]))
    ])  # fmt: skip
    assert torch.allclose(found, expected, rtol=0, atol=1e-12)
    weights = torch.randn(5, 4, 6, 16, dtype=torch.float64)
    inputs = [query, key, value, *pasts]
    for own, other in zip(
        *(torch.autograd.grad((output * weights).sum(), inputs) for output in (found, expected)), strict=True
    ):
        assert torch.allclose(own, other, rtol=0, atol=1e-12)
        assert own.abs().max() > 0.1


@pytest.mark.parametrize("attention", [_Flash.apply, attend_plainly, attend_again], ids=["flash", "plain", "again"])
def test_a_row_that_sees_none_of_its_own_tokens_sees_its_prefix(attention):
    torch.manual_seed(0)
    query, key = _states(1, 2, 1), _states(1, 2, 1)
    past_key, past_value = _states(1, 2, 7), _states(1, 2, 7)
    nothing = torch.full((1, 1, 1, 1), torch.finfo(torch.float64).min, dtype=torch.float64)
    found = attention(query, key, key, nothing, SCALE, [1], past_key, past_value)
    expected = scaled_dot_product_attention(query, past_key, past_value, scale=SCALE)
    assert torch.allclose(found, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("offset", [0.0, 30.0])
def test_half_precision_keeps_its_own_however_large_the_scores_are(offset):
    """As keys with a bias have it (Qwen2): a large part of a score is common to all keys and decides nothing."""
    torch.manual_seed(0)
    query, key, value = (_states(2, 4, 3) for _ in range(3))
    pasts = [_states(1, 4, 50) for _ in range(2)]
    exact = [query, key + offset, value, pasts[0] + offset, pasts[1]]
    exact = [part.detach().bfloat16().double() for part in exact]
    expected = attend_plainly(*exact[:3], None, SCALE, [2], *exact[3:])
    found = attend_plainly(
        *(part.bfloat16() for part in exact[:3]), None, SCALE, [2], *(p.bfloat16() for p in exact[3:])
    )
    assert found.dtype is torch.bfloat16
    assert (found.double() - expected).norm() / expected.norm() < 0.01


def test_nothing_of_the_size_rows_times_prefix_is_kept_for_the_way_back():
    own, past = [_states(16, 4, 10) for _ in range(3)], [_states(1, 4, 300) for _ in range(2)]
    shares = 8 * 16 * 4 * 10 * 300

    def kept(attention) -> int:
        sizes: list[int] = []
        with torch.autograd.graph.saved_tensors_hooks(lambda t: sizes.append(t.nbytes) or t, lambda t: t):
            attention(*own, None, SCALE, [16], *past)
        return sum(sizes)

    assert kept(attend_plainly) > shares
    assert kept(attend_again) < 0.5 * shares
    assert kept(_Flash.apply) < 0.5 * shares
