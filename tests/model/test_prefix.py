"""The prefix engine: its fallback, accumulation and scores (test_prefix_exact.py has its gradients)."""

import pytest
import torch
from transformers import (
    BloomConfig,
    BloomForCausalLM,
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    Phi3Config,
    Phi3ForCausalLM,
    Starcoder2Config,
    Starcoder2ForCausalLM,
)

from oraclecoder.config import Route
from oraclecoder.errors import ConfigError
from oraclecoder.model import prefix_choice
from oraclecoder.model.batches import collate, group_by_prefix
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_choice import choose_route, is_exact, teaches
from oraclecoder.model.prefix_routes import Batch
from tests.model.numbers import ragged_examples

SHAPE = {
    "vocab_size": 64,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "pad_token_id": 0,
}


def adapted() -> torch.nn.Module:
    """A random Llama with a LoRA adapter whose B is random too, so that A has a gradient."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(1)
    settings = LoraConfig(r=4, lora_alpha=8, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(LlamaForCausalLM(LlamaConfig(**SHAPE)), settings)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    return model.train()


def loss_and_gradients(model: torch.nn.Module, route: Route, batches: list) -> tuple[float, dict[str, torch.Tensor]]:
    """Loss and LoRA gradients over batches that together form one step."""
    engine = PrefixModel(model, route=route)
    model.zero_grad()
    count = sum(int((batch["shift_labels"] != -100).sum()) for batch in batches)
    total = 0.0
    for batch in batches:
        loss = engine(**batch, num_items_in_batch=count)["loss"]
        loss.backward()
        total += float(loss.detach())
    return total, {n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None}


def largest_difference(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> float:
    assert first.keys() == second.keys()
    assert first
    return max(float((first[n] - second[n]).norm() / second[n].norm().clamp(min=1e-12)) for n in first)


def test_a_model_without_a_cache_falls_back_to_padded_with_one_warning(caplog, monkeypatch):
    from transformers import MambaConfig, MambaForCausalLM

    monkeypatch.setattr(prefix_choice, "_SAID", set())
    for _ in range(2):
        model = MambaForCausalLM(MambaConfig(vocab_size=64, hidden_size=16, num_hidden_layers=1, state_size=4))
        assert choose_route(model, Route.auto) is Route.padded
    assert len([record for record in caplog.records if "repeated" in record.message]) == 1
    for route in (Route.prefix, Route.packed):
        with pytest.raises(ConfigError, match=rf"route={route.value} gives other scores .* MambaForCausalLM"):
            choose_route(model, route)


SMALL = {"vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4}
LONG = {"rope_type": "longrope", "rope_theta": 1e4, "short_factor": [1.0] * 4, "long_factor": [2.0] * 4}
ODD_MODELS = {
    "dropout in attention": lambda: Starcoder2ForCausalLM(
        Starcoder2Config(**SMALL, intermediate_size=48, num_key_value_heads=2, attention_dropout=0.1)
    ),
    "no attention interface": lambda: BloomForCausalLM(BloomConfig(vocab_size=64, hidden_size=32, n_layer=2, n_head=4)),
    "rotation by length": lambda: Phi3ForCausalLM(
        Phi3Config(
            **SMALL, intermediate_size=48, num_key_value_heads=2, pad_token_id=0, bos_token_id=0, eos_token_id=1,
            rope_parameters=LONG, max_position_embeddings=128, original_max_position_embeddings=32,
        )
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD_MODELS)
def test_a_model_that_cannot_share_a_prefix_is_trained_another_way(name):
    torch.manual_seed(0)
    model = ODD_MODELS[name]()
    engine = PrefixModel(model)
    assert engine.route is not Route.prefix
    examples = ragged_examples()
    batch = collate(group_by_prefix(examples, group_size=3), pad_id=0)
    alone = [model(torch.tensor([[*e.prefix, *e.question, *e.answer]])).logits[0].log_softmax(-1) for e in examples]
    lost = 0.0
    for example, scores in zip(examples, alone, strict=True):
        start = len(example.prefix) + len(example.question) - 1
        lost -= sum(float(scores[start + n, token].detach()) for n, token in enumerate(example.answer))
    mean = lost / sum(len(example.answer) for example in examples)
    assert engine.eval()(**batch)["loss"].item() == pytest.approx(mean, rel=1e-4)
    engine.train()(**batch)["loss"].backward()


def test_a_route_that_scores_but_does_not_train_is_no_route_of_the_engine():
    model = ODD_MODELS["dropout in attention"]()
    assert is_exact(model, Route.prefix)
    assert not teaches(model, Route.prefix)
    with pytest.raises(ConfigError, match="route=prefix"):
        PrefixModel(model, route=Route.prefix)


def test_rows_longer_than_a_layer_looks_back_repeat_their_prefix_and_lose_nothing(caplog, monkeypatch):
    caplog.set_level("INFO")
    monkeypatch.setattr(prefix_choice, "_SAID", set())
    shape = {**SMALL, "intermediate_size": 48, "num_key_value_heads": 2, "initializer_range": 0.3, "pad_token_id": 0}
    batch = collate(group_by_prefix(ragged_examples(), group_size=3), pad_id=0)
    losses = {}
    for window, route in ((16, Route.auto), (16, Route.padded), (64, Route.auto)):
        torch.manual_seed(0)
        model = MistralForCausalLM(MistralConfig(**shape, sliding_window=window))
        losses[window, route] = PrefixModel(model, route=route).eval()(**batch)["loss"].item()
    assert losses[16, Route.auto] == pytest.approx(losses[16, Route.padded], rel=1e-6)
    assert losses[16, Route.auto] != pytest.approx(losses[64, Route.auto], rel=1e-3)
    assert len([line for line in caplog.messages if "rows beyond the 16 tokens" in line]) == 1


def test_noise_on_a_prefix_is_as_of_the_mean_length_of_its_own_branches():
    tensors = collate(group_by_prefix(ragged_examples(), group_size=16), pad_id=0)
    batch = Batch(**{name: part for name, part in tensors.items() if name != "labels"})
    by_prefix = group_by_prefix(ragged_examples(), group_size=16)
    own = sorted(sum(map(len, group.members)) / len(group.members) for group in by_prefix)
    assert sorted(batch.mean_lengths.tolist()) == pytest.approx(own)


def test_accumulation_over_uneven_groups_equals_one_big_batch():
    model = adapted()
    groups = group_by_prefix(ragged_examples(), group_size=3)
    _, expected = loss_and_gradients(model, Route.prefix, [collate(groups, pad_id=0)])
    _, gradients = loss_and_gradients(model, Route.prefix, [collate([group], pad_id=0) for group in groups])
    assert len(groups) == 4
    assert largest_difference(gradients, expected) < 1e-5


def test_scores_are_per_example_and_count_answer_tokens():
    model = adapted().eval()
    examples = ragged_examples()
    engine = PrefixModel(model, route=Route.prefix)
    groups = group_by_prefix(examples, group_size=16)
    losses, counts = engine.score(collate(groups, pad_id=0))
    ordered = [member for group in groups for member in group.members]
    assert counts.tolist() == [len(member.answer) for member in ordered]
    alone = [engine.score(collate(group_by_prefix([m], group_size=1), pad_id=0))[0].item() for m in ordered]
    assert losses.tolist() == pytest.approx(alone, rel=1e-5)


def test_every_example_is_in_exactly_one_group_and_the_order_follows_the_seed():
    examples = ragged_examples()
    groups = group_by_prefix(examples, group_size=2, seed=5)
    assert sorted(m.example_id for g in groups for m in g.members) == sorted(e.example_id for e in examples)
    assert all(len(group.members) <= 2 for group in groups)
    assert all(member.prefix == group.prefix for group in groups for member in group.members)
    assert groups == group_by_prefix(examples, group_size=2, seed=5)
    assert groups != group_by_prefix(examples, group_size=2, seed=6)
