"""Plain matrices in place of packed weights: scores and gradients are those of packed ones with adapters beside."""

import pytest
import torch

from oraclecoder.config import DType, LoraVariant, Quantization
from oraclecoder.model import dense
from oraclecoder.model.adapter import base_of
from oraclecoder.model.base import load_base
from oraclecoder.model.dense import dense_weights, unpacked_base
from oraclecoder.model.prefix_cache import spoken
from tests.model.numbers import NAMES
from tests.model.test_adapter import IDS, adapted, logits


def replaced(model) -> int:
    """How many layers compute in another way than their class does."""
    return sum("forward" in module.__dict__ for module in model.modules())


@pytest.mark.parametrize(
    ("quantization", "variant"),
    [
        (Quantization.none, LoraVariant.plain),
        (Quantization.none, LoraVariant.pissa),  # which rewrites the base
        (Quantization.nf4, LoraVariant.plain),
        (Quantization.nf4, LoraVariant.rslora),
    ],
)
def test_an_adapter_within_the_weights_scores_as_beside_them(tiny_model, model_config, quantization, variant):
    model = adapted(load_base(model_config(tiny_model, quantization=quantization)), variant=variant)
    expected = logits(model)
    with dense_weights(model):
        found = logits(model)
        assert replaced(model) == 14
    assert float((found - expected).norm() / expected.norm()) < 1e-5
    assert replaced(model) == 0
    assert torch.equal(logits(model), expected)


def test_packed_weights_without_an_adapter_are_unpacked_exactly(tiny_model, model_config):
    model = load_base(model_config(tiny_model, quantization=Quantization.nf4)).model
    expected = logits(model)
    with dense_weights(model):
        assert replaced(model) == 14
        assert torch.equal(logits(model), expected)
    with dense_weights(load_base(model_config(tiny_model)).model) as nothing:  # which has nothing to unpack
        assert nothing is None


def test_in_bf16_the_scores_differ_by_its_rounding(tiny_model, model_config):
    settings = model_config(tiny_model, quantization=Quantization.nf4, compute_dtype=DType.bfloat16)
    model = adapted(load_base(settings))
    expected = logits(model)
    with dense_weights(model):
        found = logits(model)
    assert found.dtype is torch.bfloat16
    assert 0 < float((found - expected).norm() / expected.norm()) < 0.02


@pytest.mark.parametrize("speakers", [NAMES, NAMES[1:2], [NAMES[2], NAMES[0], NAMES[2]]])
def test_each_row_is_read_by_its_own_adapter(committee, speakers):
    ids = torch.arange(1, 10).repeat(len(speakers), 1)
    with torch.no_grad():
        expected = committee(ids, **spoken(speakers)).logits
        with dense_weights(committee, list(dict.fromkeys(speakers))):
            found = committee(ids, **spoken(speakers)).logits
    assert float((found - expected).norm() / expected.norm()) < 1e-5
    first = [torch.allclose(row, found[0], rtol=1e-3) for row in found]
    assert first == [name == speakers[0] for name in speakers]


@pytest.mark.parametrize(
    ("quantization", "changes"),
    [(Quantization.nf4, {"variant": LoraVariant.dora}), (Quantization.int8, {})],
    ids=["dora", "int8"],
)
def test_what_is_no_sum_of_matrices_stays_as_it_is(tiny_model, model_config, quantization, changes):
    model = adapted(load_base(model_config(tiny_model, quantization=quantization)), **changes)
    expected = logits(model)
    with dense_weights(model):
        assert replaced(model) == 0
        assert torch.equal(logits(model), expected)


def test_weights_that_would_take_too_much_memory_stay_packed(tiny_model, model_config, monkeypatch):
    model = adapted(load_base(model_config(tiny_model, quantization=Quantization.nf4)))
    numbers = sum(
        module.in_features * module.out_features
        for module in base_of(model).modules()
        if type(module).__name__ == "Linear4bit" and hasattr(module, "weight") and not hasattr(module, "base_layer")
    )
    for limit, expected in ((4 * numbers, 14), (4 * numbers - 1, 0)):
        monkeypatch.setattr(dense, "MAX_BYTES", limit)
        with dense_weights(model):
            assert replaced(model) == expected
    monkeypatch.setattr(dense, "MAX_BYTES", 4 * numbers)
    with dense_weights(model, ["default", "another"]):  # twice as many
        assert replaced(model) == 0


def test_layers_are_as_they_were_after_an_error(committee):
    with pytest.raises(KeyError), dense_weights(committee, NAMES):
        raise KeyError
    assert replaced(committee) == 0


def gradients(model) -> torch.Tensor:
    """Of every adapter weight, by the sum of all scores."""
    model.zero_grad()
    model(IDS).logits.sum().backward()
    return torch.cat([one.grad.flatten() for one in model.parameters() if one.requires_grad])


def test_a_base_that_is_unpacked_once_teaches_an_adapter_bit_by_bit_the_same(tiny_model, model_config):
    model = adapted(load_base(model_config(tiny_model, quantization=Quantization.nf4)))
    expected = gradients(model)
    with unpacked_base(model):
        assert replaced(model) == 14
        assert torch.equal(gradients(model), expected)
    assert replaced(model) == 0
    assert float(expected.norm()) > 0


@pytest.mark.parametrize("changes", [{"quantization": Quantization.none}, {"compute_dtype": DType.bfloat16}])
def test_a_base_that_is_not_packed_or_computes_in_bf16_is_taught_as_it_is(tiny_model, model_config, changes):
    model = adapted(load_base(model_config(tiny_model, **({"quantization": Quantization.nf4} | changes))))
    with unpacked_base(model):
        assert replaced(model) == 0


def test_a_large_base_is_taught_as_it_is(tiny_model, model_config, monkeypatch):
    model = adapted(load_base(model_config(tiny_model, quantization=Quantization.nf4)))
    monkeypatch.setattr(dense, "MAX_BYTES", 1000)
    with unpacked_base(model):
        assert replaced(model) == 0
