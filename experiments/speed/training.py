"""One route trains on the benchmark's groups in a process of its own; its last line is what was measured, as JSON."""

import json
import shutil
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset

from experiments.speed.work import Clock, Work, peak_megabytes, resident_megabytes
from oraclecoder.config import Route
from oraclecoder.model.adapter import save_adapter
from oraclecoder.model.adapter_files import AdapterIdentity
from oraclecoder.model.base import load_tokenizer
from oraclecoder.model.batches import IGNORED, Group
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_scores import mean_loss
from oraclecoder.model.tokens import Tokens
from oraclecoder.training.trainer import fit


def alone(groups: list[Group]) -> list[Group]:
    """Each example as a group of its own, those of one schema far from each other, as shuffled rows are."""
    chance = torch.Generator().manual_seed(0)
    members = [Group(group.prefix, (member,)) for group in groups for member in group.members]
    return [members[number] for number in torch.randperm(len(members), generator=chance).tolist()]


def ours(work: Work, model: Any, groups: list[Group], clock: Clock, *, padded: bool) -> None:
    """The prefix engine, or the route that pads, in the project's own trainer."""
    config = work.config()
    mean_size = sum(len(group.members) for group in groups) / len(groups)
    per_step, per_batch = max(1, round(work.examples_per_step / mean_size)), 1
    if padded:
        groups, per_step, per_batch = alone(groups), work.examples_per_step, work.rows
    elif mean_size < work.rows:  # small groups share a batch, as long as it is no larger than a padded one
        per_batch = max(d for d in range(1, per_step + 1) if per_step % d == 0 and d * mean_size <= work.rows)
    training = replace(config.training, groups_per_step=per_step, groups_per_batch=per_batch)
    folder = Path(work.output) / "checkpoints"
    shutil.rmtree(folder, ignore_errors=True)
    fit(
        PrefixModel(model, route=Route.padded if padded else Route.prefix), groups, groups[:1], lora=config.lora,
        config=training, folder=folder, seed=work.seed, pad_id=0, record=lambda _: None, callbacks=[clock],
    )  # fmt: skip


def by_trl(work: Work, model: Any, groups: list[Group], clock: Clock, *, packed: bool) -> None:
    """TRL's SFTTrainer on the same tokens: padded rows grouped by length, or packed rows."""
    from trl import SFTConfig, SFTTrainer

    members = [group.members[0] for group in alone(groups)]
    rows = Dataset.from_list([as_row(member) for member in members])
    longest = max(len(member) for member in members)
    per_row = longest / (sum(len(member) for member in members) / len(members)) if packed else 1
    batch = 1 if packed else work.rows
    settings = SFTConfig(
        output_dir=str(Path(work.output) / "trl"), per_device_train_batch_size=batch, num_train_epochs=1,
        gradient_accumulation_steps=max(1, round(work.examples_per_step / per_row / batch)),
        learning_rate=work.config().lora.lr, lr_scheduler_type="constant", warmup_steps=0, weight_decay=0.0,
        max_grad_norm=1.0, optim="adamw_torch", gradient_checkpointing=False, bf16=work.shape != "nano", fp16=False,
        packing=packed, max_length=longest, report_to="none", save_strategy="no", logging_steps=1000,
        train_sampling_strategy="random" if packed else "group_by_length", use_cpu=not torch.cuda.is_available(),
        seed=work.seed, disable_tqdm=True,
    )  # fmt: skip
    tokenizer = load_tokenizer(work.config().model)
    trainer = SFTTrainer(model, args=settings, train_dataset=rows, processing_class=tokenizer, callbacks=[clock])
    for parameter in model.parameters():  # TRL casts the adapters of a 4-bit base to bf16; ours are fp32
        parameter.data = parameter.data.float() if parameter.requires_grad else parameter.data
    trainer.train()


def as_row(member: Tokens) -> dict[str, list[int]]:
    asked = [*member.prefix, *member.question]
    return {"input_ids": [*asked, *member.answer], "labels": [IGNORED] * len(asked) + list(member.answer)}


def measure(work: Work) -> dict[str, Any]:
    """Train once over the groups; the adapter is kept in the output folder where losses are scored."""
    torch.set_num_threads(work.threads)
    groups, scored = work.material()
    model = work.adapted()
    clock = Clock(lambda: mean_loss(PrefixModel(model), scored, pad_id=0), work.score_every)
    before = resident_megabytes()
    if work.route.startswith("trl"):
        by_trl(work, model, groups, clock, packed=work.route == "trl_packed")
    else:
        ours(work, model, groups, clock, padded=work.route == "padded")
    peak = peak_megabytes()
    examples = sum(len(group.members) for group in groups)
    tokens = sum(len(member) for group in groups for member in group.members)
    if work.score_every:
        identity = AdapterIdentity(work.shape, work.fingerprint, work.task, "0")
        shutil.rmtree(Path(work.output) / "adapter", ignore_errors=True)
        save_adapter(model, Path(work.output) / "adapter", identity)
    return work.settings | {
        "examples": examples, "steps": len(clock.seconds), "seconds": sum(clock.seconds),
        "processor_seconds": sum(clock.processor_seconds), "peak_mb": peak, "before_mb": before,
        "losses": clock.losses, "token_ratio": tokens / sum(group.num_tokens for group in groups),
    }  # fmt: skip


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    found = measure(Work(**json.loads(sys.argv[1])))
    print(json.dumps(found))
