"""Rows that share a prefix attend to it as rows that repeat it."""

import pytest
import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from oraclecoder.model.shared_attention import _Flash, attend_plainly

SCALE = 0.3


def _states(*shape: int) -> Tensor:
    return torch.randn(*shape, 16, dtype=torch.float64, requires_grad=True)


def _repeated(
    query: Tensor, past_key: Tensor, past_value: Tensor, key: Tensor, value: Tensor, mask: Tensor | None
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


@pytest.mark.parametrize("attention", [_Flash.apply, attend_plainly], ids=["flash", "plain"])
@pytest.mark.parametrize("key_heads", [4, 2])
@pytest.mark.parametrize("masked", [False, True])
def test_values_and_gradients_are_those_of_the_repeated_prefix(attention, key_heads, masked):
    torch.manual_seed(0)
    inputs = [_states(3, 4, 5), *(_states(1, key_heads, 11) for _ in range(2)), *(_states(3, 4, 5) for _ in range(2))]
    mask = None
    if masked:
        mask = torch.zeros(3, 1, 5, 5, dtype=torch.float64).masked_fill(torch.rand(3, 1, 5, 5) < 0.4, -1e300)
    weights = torch.randn(3, 4, 5, 16, dtype=torch.float64)
    found, expected = attention(*inputs, mask, SCALE), _repeated(*inputs, mask)
    assert torch.allclose(found, expected, rtol=0, atol=1e-12)
    gradients = [torch.autograd.grad((output * weights).sum(), inputs) for output in (found, expected)]
    for own, other in zip(*gradients, strict=True):
        assert torch.allclose(own, other, rtol=0, atol=1e-12)
        assert own.abs().max() > 0.1


def test_a_row_that_sees_none_of_its_own_tokens_sees_its_prefix():
    torch.manual_seed(0)
    query, key = _states(1, 2, 1), _states(1, 2, 1)
    past_key, past_value = _states(1, 2, 7), _states(1, 2, 7)
    nothing = torch.full((1, 1, 1, 1), torch.finfo(torch.float64).min, dtype=torch.float64)
    expected = scaled_dot_product_attention(query, past_key, past_value, scale=SCALE)
    for attention in (_Flash.apply, attend_plainly):
        found = attention(query, past_key, past_value, key, key, nothing, SCALE)
        assert torch.allclose(found, expected, rtol=0, atol=1e-12)
