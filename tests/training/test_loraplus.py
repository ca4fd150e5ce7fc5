"""LoRA+: which weights learn at which rate."""

import pytest
import torch
from peft import LoraConfig as PeftLoraConfig
from peft import get_peft_model
from transformers import AutoModelForCausalLM

from oraclecoder.config import LoraConfig, LoraVariant, Optimizer, Schedule, TrunkConfig
from oraclecoder.errors import ConfigError
from oraclecoder.training.loraplus import make_optimizer, parameter_groups, refuse_empty_sweep

LORA = LoraConfig(
    4, 8, 0.0, ["all-linear"], 1e-4, 16.0, 1e-5, 0.1, LoraVariant.plain, TrunkConfig(0.0, 16.0, Schedule.constant)
)


def adapted(folder, **settings):
    settings = {"target_modules": "all-linear"} | settings
    model = AutoModelForCausalLM.from_pretrained(folder)
    return get_peft_model(model, PeftLoraConfig(r=4, task_type="CAUSAL_LM", **settings))


def test_b_learns_lr_ratio_times_faster_than_a(tiny_model):
    groups = {group["name"]: group for group in parameter_groups(adapted(tiny_model), LORA)}
    assert groups.keys() == {"A", "B"}
    assert groups["A"]["lr"] == pytest.approx(1e-4)
    assert groups["B"]["lr"] == pytest.approx(16e-4)
    assert groups["A"]["weight_decay"] == groups["B"]["weight_decay"] == 0.1
    assert len(groups["A"]["params"]) == len(groups["B"]["params"]) == 14


def test_adapted_embeddings_learn_at_their_own_rate(tiny_model):
    model = adapted(tiny_model, target_modules=["q_proj", "embed_tokens"])
    groups = {group["name"]: group for group in parameter_groups(model, LORA)}
    assert groups["embedding"]["lr"] == pytest.approx(1e-5)
    assert len(groups["embedding"]["params"]) == 2


def test_magnitudes_of_dora_learn_like_a_without_weight_decay(tiny_model):
    groups = {g["name"]: g for g in parameter_groups(adapted(tiny_model, use_dora=True), LORA)}
    assert len(groups["no_decay"]["params"]) == 14
    assert groups["no_decay"]["lr"] == pytest.approx(1e-4)
    assert groups["no_decay"]["weight_decay"] == 0.0


def test_every_trainable_weight_is_in_exactly_one_group(tiny_model):
    model = adapted(tiny_model, modules_to_save=["lm_head"], use_dora=True, target_modules=["q_proj"])
    found = [id(p) for group in parameter_groups(model, LORA) for p in group["params"]]
    assert sorted(found) == sorted(id(p) for p in model.parameters() if p.requires_grad)


def test_a_model_without_a_b_matrix_is_refused(tiny_model):
    model = adapted(tiny_model)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            parameter.requires_grad_(False)
    with pytest.raises(ConfigError, match=r"lora\.lr_ratio has no effect"):
        parameter_groups(model, LORA)


@pytest.mark.parametrize("optimizer", list(Optimizer))
def test_every_optimizer_moves_b_and_keeps_the_ratio_of_the_rates(tiny_model, optimizer):
    model = adapted(tiny_model)
    groups = parameter_groups(model, LORA)
    stepper = make_optimizer(groups, optimizer)
    loss = model(torch.arange(2, 12)[None]).logits.square().mean()
    loss.backward()
    before = groups[1]["params"][0].detach().clone()
    stepper.step()
    assert not torch.equal(before, groups[1]["params"][0])
    rates = [group["lr"] for group in stepper.param_groups]
    assert rates[1] / rates[0] == pytest.approx(16)


def test_a_sweep_over_a_rate_that_nothing_learns_at_is_refused():
    with pytest.raises(ConfigError, match=r"lora.embedding_lr is swept.*add one of \['embed_tokens'\]"):
        refuse_empty_sweep(["lora.embedding_lr"], ["q_proj", "lm_head"], ["model.embed_tokens"])
    refuse_empty_sweep(["lora.embedding_lr"], ["q_proj", "embed_tokens"], ["model.embed_tokens"])
    refuse_empty_sweep(["lora.lr_ratio"], ["q_proj"], ["model.embed_tokens"])
