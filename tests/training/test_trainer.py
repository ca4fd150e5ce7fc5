"""The trainer: the engine's loss under accumulation, sound checkpoints, exact resume, and an end to a lost run."""

import json
import math
from pathlib import Path

import pytest
import torch

from oraclecoder.config import (
    Attention,
    DType,
    LoraConfig,
    LoraVariant,
    ModelConfig,
    Optimizer,
    PromptFormat,
    Quantization,
    Route,
    Schedule,
    TrainingConfig,
    TrunkConfig,
)
from oraclecoder.errors import RunError
from oraclecoder.model.adapter import add_adapter
from oraclecoder.model.base import load_base
from oraclecoder.model.batches import group_by_prefix
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_scores import mean_loss, teach
from oraclecoder.model.tokens import Tokens
from oraclecoder.training.trainer import fit, is_sound, last_sound_checkpoint


def model_config(folder: Path, quantization: Quantization = Quantization.none) -> ModelConfig:
    return ModelConfig(
        name=str(folder),
        revision=None,
        prompt_format=PromptFormat.plain,
        quantization=quantization,
        compute_dtype=DType.float32,
        attention=Attention.sdpa,
        max_length=512,
        trust_remote_code=False,
    )


def training_config(**changes) -> TrainingConfig:
    values = {
        "epochs": 1.0,
        "max_steps": 8,
        "group_size": 4,
        "max_group_tokens": None,
        "groups_per_batch": 1,
        "groups_per_step": 2,
        "warmup_fraction": 0.0,
        "schedule": Schedule.cosine,
        "max_grad_norm": 1.0,
        "neftune_alpha": None,
        "gradient_checkpointing": False,
        "optimizer": Optimizer.adamw,
        "bf16": False,
        "evaluations": 4,
        "keep_adapters": False,
        "patience": None,
        "route": Route.auto,
        "num_threads": None,
    }
    return TrainingConfig(**values | changes)


def lora(**changes) -> LoraConfig:
    values = {
        "r": 4,
        "alpha": 8,
        "dropout": 0.0,
        "target_modules": ["all-linear"],
        "lr": 1e-3,
        "lr_ratio": 4.0,
        "embedding_lr": 1e-5,
        "weight_decay": 0.0,
        "variant": LoraVariant.plain,
        "trunk": TrunkConfig(0.0, 16.0, Schedule.constant),
    }
    return LoraConfig(**values | changes)


def groups():
    """Forty examples over five prefixes whose answer repeats the question: learnable."""
    chance = torch.Generator().manual_seed(3)

    def draw(length: int) -> tuple[int, ...]:
        return tuple(torch.randint(5, 200, (length,), generator=chance).tolist())

    prefixes = [draw(20 + 3 * n) for n in range(5)]
    examples = []
    for number in range(40):
        question = draw(4)
        examples.append(Tokens(str(number), prefixes[number % 5], question, (*question, 1)))
    return group_by_prefix(examples, group_size=4, seed=1)


def train(model_folder: Path, folder: Path, *, config=None, settings=None, record=lambda _: None, seed=1, taught=None):
    base = load_base(model_config(model_folder))
    config = config or training_config()
    model = add_adapter(base, settings or lora(), seed=seed)
    engine = PrefixModel(model, route=config.route)
    items = groups()
    learnt = items[2:] * config.max_steps
    fit(
        engine,
        learnt[: config.max_steps * config.groups_per_step],
        items[:2],
        lora=settings or lora(),
        config=config,
        folder=folder,
        seed=seed,
        pad_id=0,
        record=record,
        taught=taught,
    )
    return engine, items


def adapter_weights(engine: PrefixModel) -> dict[str, torch.Tensor]:
    return {name: p.detach().clone() for name, p in engine.named_parameters() if p.requires_grad}


class Killed(BaseException):
    """Stands for a process that is gone: nothing may catch it."""


def test_training_lowers_the_loss_and_logs_both_rates(tiny_model, tmp_path):
    lines: list[dict] = []
    settings = lora(lr=5e-3)
    engine, items = train(
        tiny_model, tmp_path, settings=settings, config=training_config(max_steps=40), record=lines.append
    )
    start = next(line["loss"] for line in lines if "loss" in line)
    assert mean_loss(engine, items, pad_id=0) < start - 0.25
    logged = [line for line in lines if "lr_A" in line]
    assert all(line["lr_B"] == pytest.approx(4 * line["lr_A"]) for line in logged)
    assert len([line for line in lines if "eval_loss" in line]) == 4


def test_only_the_adapter_learns_and_it_stays_fp32(tiny_model, tmp_path):
    engine, _ = train(tiny_model, tmp_path)
    weights = adapter_weights(engine)
    assert all("lora_" in name for name in weights)
    assert {weight.dtype for weight in weights.values()} == {torch.float32}


def test_the_routes_train_to_the_same_weights(tiny_model, tmp_path):
    found = [
        adapter_weights(train(tiny_model, tmp_path / route.value, config=training_config(route=route))[0])
        for route in (Route.prefix, Route.padded)
    ]
    for name, weight in found[0].items():
        assert torch.allclose(weight, found[1][name], atol=2e-5), name


def test_accumulating_groups_one_by_one_equals_taking_them_at_once(tiny_model, tmp_path):
    one = train(tiny_model, tmp_path / "1", config=training_config(groups_per_batch=1, groups_per_step=4))[0]
    four = train(tiny_model, tmp_path / "4", config=training_config(groups_per_batch=4, groups_per_step=4))[0]
    weights = adapter_weights(four)
    for name, weight in adapter_weights(one).items():
        assert torch.allclose(weight, weights[name], atol=2e-5), name


def test_a_run_that_was_killed_goes_on_to_the_same_weights(tiny_model, tmp_path):
    whole, _ = train(tiny_model, tmp_path / "whole")

    def kill_at_five(line: dict) -> None:
        if line["step"] == 5:
            raise Killed

    with pytest.raises(Killed):
        train(tiny_model, tmp_path / "cut", record=kill_at_five)
    assert last_sound_checkpoint(tmp_path / "cut").name == "checkpoint-4"
    steps: list[int] = []
    resumed, _ = train(tiny_model, tmp_path / "cut", record=lambda line: steps.append(line["step"]))
    assert min(steps) == 5
    weights = adapter_weights(whole)
    for name, weight in adapter_weights(resumed).items():
        assert torch.equal(weight, weights[name]), name


def test_a_run_of_one_evaluation_is_saved_on_the_way(tiny_model, tmp_path, monkeypatch):
    monkeypatch.setattr("oraclecoder.training.trainer.MOST_STEPS_UNSAVED", 3)

    def kill_at_five(line: dict) -> None:
        if line["step"] == 5:
            raise Killed

    with pytest.raises(Killed):
        train(tiny_model, tmp_path, config=training_config(evaluations=1), record=kill_at_five)
    assert last_sound_checkpoint(tmp_path).name == "checkpoint-3"


@pytest.mark.parametrize("max_steps", [4, 8, 2])
def test_a_run_that_was_killed_after_its_last_step_is_not_trained_further(tiny_model, tmp_path, max_steps):
    config = training_config(max_steps=max_steps, evaluations=1)
    whole, _ = train(tiny_model, tmp_path, config=config)
    again, _ = train(tiny_model, tmp_path, config=config)
    weights = adapter_weights(whole)
    for name, weight in adapter_weights(again).items():
        assert torch.equal(weight, weights[name]), name
    assert last_sound_checkpoint(tmp_path).name == f"checkpoint-{max_steps}"


@pytest.mark.parametrize("kill_at", [3, 6, None])
def test_early_stopping_outlives_a_kill(tiny_model, tmp_path, kill_at):
    settings = lora(lr=5e-2, lr_ratio=8.0)
    config = training_config(max_steps=60, evaluations=30, patience=2)
    steps: list[int] = []
    whole, _ = train(
        tiny_model, tmp_path / "whole", settings=settings, config=config, record=lambda line: steps.append(line["step"])
    )
    assert 6 < max(steps) < 60

    def kill(line: dict) -> None:
        if line["step"] == kill_at or (kill_at is None and "train_runtime" in line):
            raise Killed

    with pytest.raises(Killed):
        train(tiny_model, tmp_path / "cut", settings=settings, config=config, record=kill)
    (tmp_path / "cut").rename(tmp_path / "moved")
    resumed, _ = train(tiny_model, tmp_path / "moved", settings=settings, config=config)
    weights = adapter_weights(whole)
    for name, weight in adapter_weights(resumed).items():
        assert torch.equal(weight, weights[name]), name


def test_what_a_committee_says_is_learnt_in_place_of_the_answers(tiny_model, tmp_path):
    base = load_base(model_config(tiny_model))
    model = add_adapter(base, lora(), seed=2)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.5)
    items = groups()
    taught = teach(model, items, adapters=["default"], pad_id=0, top_k=16)
    lines: list[dict] = []
    train(
        tiny_model, tmp_path, settings=lora(lr=5e-3), config=training_config(max_steps=40), record=lines.append,
        taught=taught,
    )  # fmt: skip
    losses = [line["loss"] for line in lines if "loss" in line]
    assert losses[-1] < losses[0] - 0.1


def test_a_half_written_checkpoint_is_passed_over(tiny_model, tmp_path):
    train(tiny_model, tmp_path)
    newest = last_sound_checkpoint(tmp_path)
    assert newest.name == "checkpoint-8"
    (newest / "optimizer.pt").write_bytes((newest / "optimizer.pt").read_bytes()[:100])
    assert not is_sound(newest)
    assert last_sound_checkpoint(tmp_path).name == "checkpoint-6"
    (tmp_path / "checkpoint-6" / "sealed.json").unlink()
    assert last_sound_checkpoint(tmp_path) is None


def test_a_loss_that_is_not_finite_ends_the_run_with_the_remedy(tiny_model, tmp_path):
    with pytest.raises(RunError, match=r"became (nan|inf) at step \d+; lower lora.lr"):
        train(tiny_model, tmp_path, settings=lora(alpha=10**38, lr=0.9))


def test_early_stopping_ends_before_the_last_step(tiny_model, tmp_path):
    lines: list[dict] = []
    settings = lora(lr=5e-2, lr_ratio=8.0)
    config = training_config(max_steps=60, evaluations=30, patience=2)
    engine, items = train(tiny_model, tmp_path, settings=settings, config=config, record=lines.append)
    losses = [line["eval_loss"] for line in lines if "eval_loss" in line]
    assert max(line["step"] for line in lines) < 60
    assert mean_loss(engine, items[:2], pad_id=0) == pytest.approx(min(losses), rel=1e-4)


def test_an_evaluation_does_not_change_the_gradient_on_a_4_bit_base(tiny_model):
    """bitsandbytes repacks 4-bit weights in an evaluation pass on some CPUs and then loses the gradient."""
    base = load_base(model_config(tiny_model, Quantization.nf4))
    model = add_adapter(base, lora(), seed=1)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    engine = PrefixModel(model, route=Route.prefix)
    items = groups()

    def gradient() -> torch.Tensor:
        from oraclecoder.model.batches import collate

        engine.train()
        engine.zero_grad()
        engine(**collate(items[:2], pad_id=0))["loss"].backward()
        return torch.cat([p.grad.flatten() for p in engine.parameters() if p.grad is not None])

    before = gradient()
    mean_loss(engine, items, pad_id=0)
    after = gradient()
    assert float((before - after).norm() / before.norm()) < 1e-6


def test_the_lines_of_a_run_are_json_and_finite(tiny_model, tmp_path):
    lines: list[dict] = []
    train(tiny_model, tmp_path, record=lines.append)
    for line in lines:
        assert all(math.isfinite(value) for value in line.values())
        json.dumps(line)
