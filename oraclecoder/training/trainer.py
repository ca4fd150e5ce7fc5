"""transformers.Trainer with four things of our own: LoRA+ groups, groups by prefix, the engine's loss, sound saving."""

import json
import math
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import (
    EarlyStoppingCallback,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainerState,
    TrainingArguments,
)

from oraclecoder.config import LoraConfig, Optimizer, TrainingConfig
from oraclecoder.errors import ConfigError, DataError, DivergedError
from oraclecoder.model.adapter import load_weights, write_weights
from oraclecoder.model.batches import Group, collate
from oraclecoder.model.dense import unpacked_base
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_scores import Taught, collate_taught, mean_loss
from oraclecoder.records import read_json, write_json
from oraclecoder.training.loraplus import make_optimizer, parameter_groups
from oraclecoder.training.order import fill

Record = Callable[[dict[str, Any]], None]
SEAL = "sealed.json"
KEPT = "kept"

MOST_STEPS_UNSAVED = 100
"""A run that is broken off loses so many steps at most; with `training.patience`, those since the last evaluation."""


class LoraPlusTrainer(Trainer):
    """Trains a `PrefixModel` on groups; each log line goes to `record` with both learning rates."""

    def __init__(
        self,
        engine: PrefixModel,
        *,
        train: Sequence[Group],
        validation: Sequence[Group],
        lora: LoraConfig,
        optimizer_name: Optimizer,
        keep_adapters: bool,
        record: Record,
        collator: Callable[[Sequence[Group]], dict[str, Tensor]],
        pad_id: int,
        **settings: Any,
    ) -> None:
        self.engine, self.validation, self.lora, self.optimizer_name = engine, validation, lora, optimizer_name
        self.record, self.pad_id, self.keep_adapters = record, pad_id, keep_adapters
        self.adapted: Any = engine.model  # with an adapter on it; its type is known to model/adapter.py only
        super().__init__(
            model=engine,
            train_dataset=list(train),
            eval_dataset=list(validation),
            data_collator=collator,
            **settings,
        )
        self.folder = Path(str(self.args.output_dir))
        self.remove_callback(PrinterCallback)

    def create_optimizer(self, model: nn.Module | None = None) -> torch.optim.Optimizer:
        """LoRA+ parameter groups under the configured optimizer."""
        if self.optimizer is None:
            groups = parameter_groups(model or self.engine, self.lora)
            self.optimizer = make_optimizer(groups, self.optimizer_name)
        return self.optimizer

    def evaluate(self, *_: Any, **__: Any) -> dict[str, float]:
        """The validation loss per token (Trainer's own averages batches, not tokens)."""
        metrics = {"eval_loss": mean_loss(self.engine, self.validation, pad_id=self.pad_id)}
        self.log(metrics)
        self.control = self.callback_handler.on_evaluate(self.args, self.state, self.control, metrics)
        return metrics

    def log(self, logs: dict[str, float], start_time: float | None = None) -> None:
        """Record one line of metrics; a loss that is not finite ends the run.

        Raises:
            DivergedError: if a loss or a gradient norm is not finite.
        """
        if "loss" in logs:
            logs.pop("learning_rate", None)
            groups = self.create_optimizer().param_groups
            logs |= {f"lr_{group['name']}": group["lr"] for group in groups if "name" in group}
        self.record({"step": self.state.global_step} | logs)
        super().log(logs, start_time)
        for name in ("loss", "grad_norm", "eval_loss"):
            if not math.isfinite(logs.get(name, 0.0)):
                raise DivergedError(
                    f"{name} became {logs[name]} at step {self.state.global_step}; lower lora.lr or lora.lr_ratio"
                )

    def _save(self, output_dir: str | None = None, state_dict: dict | None = None) -> None:
        write_weights(self.adapted, Path(output_dir or self.folder))

    def _save_checkpoint(self, model: nn.Module, trial: Any) -> None:
        super()._save_checkpoint(model, trial)
        self.accelerator.wait_for_everyone()  # each process writes its own random state
        if self.args.should_save:
            step = self.state.global_step
            seal(self.folder / f"checkpoint-{step}")
            if self.keep_adapters and (step % int(self.args.eval_steps or 1) == 0 or step == self.args.max_steps):
                write_weights(self.adapted, self.folder / KEPT / str(step))

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: nn.Module | None = None) -> None:
        load_weights(self.adapted, Path(resume_from_checkpoint))

    def _load_best_model(self) -> None:
        load_weights(self.adapted, self.folder / Path(str(self.state.best_model_checkpoint)).name)


def seal(checkpoint: Path) -> None:
    """Note the size of every file once all are written: a checkpoint without a true seal is never resumed."""
    sizes = {path.name: path.stat().st_size for path in sorted(checkpoint.iterdir())}
    write_json(checkpoint / SEAL, sizes)


def is_sound(checkpoint: Path) -> bool:
    """Whether every file of the checkpoint is there in the size that was sealed."""
    try:
        sizes = read_json(checkpoint / SEAL) if (checkpoint / SEAL).is_file() else {}
        json.loads((checkpoint / "trainer_state.json").read_text(encoding="utf-8"))
        return bool(sizes) and all((checkpoint / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, DataError):
        return False


def last_sound_checkpoint(folder: Path) -> Path | None:
    """The newest checkpoint that was written to its end, if any."""
    found = sorted(folder.glob("checkpoint-*"), key=lambda path: int(path.name.split("-")[-1]), reverse=True)
    return next((path for path in found if is_sound(path)), None)


@dataclass(frozen=True)
class End:
    """Where training ended: its steps, and the checkpoint with the weights that it ended with."""

    steps: int
    weights: Path


def ended_at(checkpoint: Path) -> End | None:
    """The end of training if it was reached at this checkpoint (Trainer itself would go on by a step)."""
    state = TrainerState.load_from_json(str(checkpoint / "trainer_state.json"))
    if not state.stateful_callbacks["TrainerControl"]["args"]["should_training_stop"]:
        return None
    best = state.best_model_checkpoint
    return End(state.global_step, checkpoint if best is None else checkpoint.parent / Path(best).name)


def count_processes() -> int:
    """How many processes torchrun has started to share each step, or one."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def training_arguments(config: TrainingConfig, folder: Path, *, seed: int, num_steps: int) -> TrainingArguments:
    """Our settings in Trainer's words. Checkpoints are written with every evaluation, or more often.

    Raises:
        ConfigError: if the processes cannot share a step evenly.
    """
    num_processes = count_processes()
    if config.groups_per_step % (config.groups_per_batch * num_processes):
        raise ConfigError(
            f"training.groups_per_step={config.groups_per_step} must be a multiple of "
            f"training.groups_per_batch={config.groups_per_batch} times {num_processes} processes"
        )
    interval = max(1, math.ceil(num_steps / config.evaluations))
    early = config.patience is not None
    arguments = TrainingArguments(
        output_dir=str(folder),
        seed=seed,
        data_seed=seed,
        max_steps=num_steps,
        per_device_train_batch_size=config.groups_per_batch,
        gradient_accumulation_steps=config.groups_per_step // (config.groups_per_batch * num_processes),
        train_sampling_strategy="sequential",  # the groups come in order
        lr_scheduler_type=config.schedule.value,
        warmup_steps=round(config.warmup_fraction * num_steps),
        max_grad_norm=config.max_grad_norm,
        bf16=config.bf16,
        use_cpu=not torch.cuda.is_available(),
        logging_steps=max(1, num_steps // 50),
        logging_nan_inf_filter=False,
        eval_strategy="steps",
        eval_steps=interval,
        save_strategy="steps",
        save_steps=interval if early else min(interval, MOST_STEPS_UNSAVED),
        save_total_limit=2,
        restore_callback_states_from_checkpoint=True,
        load_best_model_at_end=early,
        metric_for_best_model="eval_loss" if early else None,
        greater_is_better=False if early else None,
        remove_unused_columns=False,
        dataloader_pin_memory=torch.cuda.is_available(),
        disable_tqdm=True,
        report_to="none",
        average_tokens_across_devices=True,
    )
    arguments._n_gpu = min(1, arguments.n_gpu)  # DataParallel would cut a batch's groups and branches apart
    return arguments


def fit(
    engine: PrefixModel,
    train: Sequence[Group],
    validation: Sequence[Group],
    *,
    lora: LoraConfig,
    config: TrainingConfig,
    folder: Path,
    seed: int,
    pad_id: int,
    record: Record,
    taught: Mapping[str, Taught] | None = None,
    callbacks: Sequence[TrainerCallback] = (),
) -> int:
    """Train the engine's adapter in place on the groups as they come, resuming from the last sound checkpoint.

    Where the process is one of several (torchrun), they share each step and learn what one would. With `taught` the
    soft labels are learnt in place of the answers. Returns the optimizer steps, fewer if it stopped early.

    Raises:
        DivergedError: if the loss is no longer finite.
        ConfigError: as `training_arguments`.
    """
    num_steps, num_processes = math.ceil(len(train) / config.groups_per_step), count_processes()
    learnt = partial(collate, pad_id=pad_id)
    if taught is not None:
        learnt = partial(collate_taught, pad_id=pad_id, taught=taught)
    stops = [] if config.patience is None else [EarlyStoppingCallback(config.patience)]
    trainer = LoraPlusTrainer(
        engine,
        args=training_arguments(config, folder, seed=seed, num_steps=num_steps),
        train=fill(train, config.groups_per_batch * num_processes) if num_processes > 1 else train,
        validation=validation,
        lora=lora,
        optimizer_name=config.optimizer,
        keep_adapters=config.keep_adapters,
        record=record,
        collator=learnt,
        pad_id=pad_id,
        callbacks=[*stops, *callbacks],
    )
    resume = last_sound_checkpoint(folder)
    if resume is not None and (end := ended_at(resume)) is not None:
        load_weights(engine.model, end.weights)
        return end.steps
    with nullcontext() if config.bf16 else unpacked_base(engine):
        trainer.train(resume_from_checkpoint=None if resume is None else str(resume))
    return trainer.state.global_step
