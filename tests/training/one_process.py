"""One process of a run over uneven groups: writes the gradients of every step. Started by test_processes.py."""

import os
import sys
from pathlib import Path

import torch
from transformers import TrainerCallback

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
)  # fmt: skip
from oraclecoder.model.adapter import add_adapter
from oraclecoder.model.base import load_base
from oraclecoder.model.batches import Group
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.tokens import Tokens
from oraclecoder.training.trainer import fit


def uneven_groups() -> list[Group]:
    """Seven groups of one to four members over prefixes of 9 to 27 tokens."""
    chance = torch.Generator().manual_seed(3)

    def draw(length: int) -> tuple[int, ...]:
        return tuple(torch.randint(5, 200, (length,), generator=chance).tolist())

    groups = []
    for number in range(7):
        prefix = draw(9 + 3 * number)
        members = [Tokens(f"{number}.{n}", prefix, draw(2 + n), (*draw(1 + 2 * n), 1)) for n in range(1 + number % 4)]
        groups.append(Group(prefix, tuple(members)))
    return groups


class KeepGradients(TrainerCallback):
    """Keeps the gradients that the optimizer is about to use."""

    def __init__(self) -> None:
        self.steps: list[dict[str, torch.Tensor]] = []

    def on_pre_optimizer_step(self, args, state, control, model=None, **_) -> None:
        self.steps.append({n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None})


def main(model_folder: str, folder: str, groups_per_batch: str, route: str) -> None:
    torch.set_num_threads(1)
    base = load_base(
        ModelConfig(
            model_folder, None, PromptFormat.plain, Quantization.none, DType.float32, Attention.sdpa, 512, False
        )
    )
    lora = LoraConfig(
        4, 8, 0.0, ["all-linear"], 1e-12, 4.0, 1e-12, 0.0, LoraVariant.plain, TrunkConfig(0.0, 16.0, Schedule.constant)
    )
    config = TrainingConfig(
        epochs=1.0, max_steps=None, group_size=4, max_group_tokens=None, groups_per_batch=int(groups_per_batch),
        groups_per_step=4, warmup_fraction=0.0, schedule=Schedule.constant, max_grad_norm=1e9, neftune_alpha=None,
        gradient_checkpointing=False, optimizer=Optimizer.adamw, bf16=False, evaluations=1, keep_adapters=False,
        patience=None, route=Route(route), num_threads=None,
    )  # fmt: skip
    model = add_adapter(base, lora, seed=1)
    torch.manual_seed(2)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.3)
    kept, groups = KeepGradients(), uneven_groups()
    steps = fit(
        PrefixModel(model, route=config.route), groups, groups[:2], lora=lora, config=config, folder=Path(folder),
        seed=1, pad_id=0, record=lambda _: None, callbacks=[kept],
    )  # fmt: skip
    torch.save((steps, kept.steps), f"{folder}/gradients-{os.environ.get('RANK', '0')}.pt")


if __name__ == "__main__":
    main(*sys.argv[1:])
