"""Steps of the pretraining of oraclecoder-nano: where it starts, its optimizers, its rate and its checkpoints."""

import os
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from oraclecoder.config import PretrainingConfig
from oraclecoder.errors import ModelError
from oraclecoder.model.base import flush_denormals
from oraclecoder.model.nano_lessons import IGNORED, Batch
from oraclecoder.model.nano_reader import LessonReader, flashed
from oraclecoder.model.nano_start import COPYING_LAYERS, nano_config, start_weights
from oraclecoder.records import read_json, write_json

LAID_FACTOR, LAID_STEPS, LAID_SHARE = 0.2, 560, 0.4
"""Learning rate of the attention in which the copying circuit was laid, as a share of the others', and until when: so
many steps, or that share of the training if it is less. At the full rate, copying is unlearnt before it is of use."""

OF_THE_MACHINE = ("folder", "num_threads", "num_workers", "measure_every", "save_every_seconds")
"""Settings that change nothing of what is learnt, so that a training may go on with others."""


def settled(config: PretrainingConfig, record: Path) -> PretrainingConfig:
    """The configuration with the precision that its training has, written to `record`, or found there.

    Raises:
        ModelError: if the record is of a training with other settings, or `start` no nano; nothing is written then.
    """
    if config.start and not (Path(config.start) / "model.safetensors").is_file():
        raise ModelError(f"pretrain.start={config.start} holds no model.safetensors; give the folder of a nano")
    if not record.is_file():
        bf16 = _bf16_is_faster() if config.bf16 is None else config.bf16
        config = replace(config, bf16=bf16)
        record.parent.mkdir(parents=True, exist_ok=True)
        write_json(record, config)
        return config
    kept = read_json(record)
    config = replace(config, bf16=kept.get("bf16") if config.bf16 is None else config.bf16)
    differing = [
        f"{key}={kept.get(key)}, not {value}"
        for key, value in asdict(config).items()
        if key not in OF_THE_MACHINE and kept.get(key) != value
    ]
    if differing:
        raise ModelError(
            f"pretrain.folder={record.parent} holds a training with {'; '.join(differing)}; give the settings that it "
            f"has or another pretrain.folder"
        )
    return config


@dataclass
class Trainee:
    """A model in training with its optimizers and how far it is; `seconds` are those of training, over all sittings."""

    model: LlamaForCausalLM
    reader: LessonReader
    optimizers: list[torch.optim.Optimizer]
    bf16: bool
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0


def new_trainee(config: PretrainingConfig, tokenizer: PreTrainedTokenizerFast) -> Trainee:
    """The model at its start: Muon (Jordan et al. 2024) for matrices, AdamW for embeddings and norms."""
    torch.manual_seed(config.seed)
    flush_denormals()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = _taken_up(config.start) if config.start else _laid(config, tokenizer)
    model.to(device)  # type: ignore[arg-type]  # transformers wraps it without its types
    table = model.get_input_embeddings().weight
    laid = [p for layer in model.model.layers[: max(COPYING_LAYERS) + 1] for p in layer.self_attn.parameters()]
    kept = {id(p) for p in (table, *laid)}
    free = [p for p in model.parameters() if p.ndim == 2 and id(p) not in kept]
    others = [table, *(p for p in model.parameters() if p.ndim == 1)]
    muon = torch.optim.Muon(
        [{"params": free, "factor": 1.0}, {"params": laid, "factor": 1.0 if config.start else LAID_FACTOR}],
        lr=config.lr,
        momentum=0.95,
        weight_decay=config.weight_decay,
        adjust_lr_fn="match_rms_adamw",
    )
    adamw = torch.optim.AdamW(
        [{"params": others, "factor": 1.0}], lr=config.lr, betas=(0.9, 0.95), weight_decay=0.0, fused=True
    )
    bf16 = bool(config.bf16)
    reader = LessonReader(model, flashed if bf16 and device.type == "cuda" else None)
    return Trainee(model, reader, [muon, adamw], bf16)


def _laid(config: PretrainingConfig, tokenizer: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    shape = nano_config(
        len(tokenizer),
        width=config.width,
        num_layers=config.num_layers,
        inner=config.inner,
        eos=tokenizer.eos_token_id,
        bos=tokenizer.bos_token_id,
        pad=tokenizer.pad_token_id,
    )
    model = LlamaForCausalLM(shape)
    start_weights(model)
    return model


def _taken_up(folder: str) -> LlamaForCausalLM:
    model: LlamaForCausalLM = LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32)
    return model.train()


def _bf16_is_faster() -> bool:
    """Always on a GPU; on a CPU by a trial, as those without matrix units for it are slower than in fp32."""
    if torch.cuda.is_available():
        return True

    def seconds(dtype: torch.dtype) -> float:
        one, other = torch.ones(2048, 256, dtype=dtype), torch.ones(256, 1024, dtype=dtype)
        times = []
        for _ in range(7):
            started = time.perf_counter()
            one @ other
            times.append(time.perf_counter() - started)
        return min(times)

    return seconds(torch.bfloat16) < 0.7 * seconds(torch.float32)  # casts cost as well


def progress(config: PretrainingConfig, trainee: Trainee) -> float:
    """How much of the training is done, 0 to 1: by tokens or, if that is more, by the clock."""
    by_clock = trainee.seconds / (60 * config.max_minutes) if config.max_minutes else 0.0
    return max(trainee.tokens / config.num_tokens, by_clock)


def rate_at(config: PretrainingConfig, trainee: Trainee) -> float:
    """The learning rate: a linear warm-up, a plateau, a linear way down to a hundredth."""
    left = (1 - progress(config, trainee)) / config.decay_fraction
    return config.lr * min(1.0, (trainee.step + 1) / config.warmup_steps) * max(0.01, min(1.0, left))


def train_step(config: PretrainingConfig, trainee: Trainee, batches: Sequence[Batch]) -> float:
    """One update on these lessons; returns the loss per learnt token."""
    device = trainee.model.device
    num_learnt = sum(int((batch.labels != IGNORED).sum()) for batch in batches)
    total = torch.zeros((), device=device)
    for batch in (batch.to(device) for batch in batches):
        with torch.autocast(device.type, torch.bfloat16, enabled=trainee.bf16):
            logits = trainee.reader.logits(batch)
        labels = batch.labels[batch.labels != IGNORED]
        loss = nn.functional.cross_entropy(logits.float(), labels, reduction="sum") / num_learnt
        loss.backward()
        total += loss.detach()
    nn.utils.clip_grad_norm_(trainee.model.parameters(), config.max_grad_norm)
    rate = rate_at(config, trainee)
    released = trainee.step >= LAID_STEPS or progress(config, trainee) >= LAID_SHARE
    for optimizer in trainee.optimizers:
        for group in optimizer.param_groups:
            group["lr"] = rate * (1.0 if released else group["factor"])
        with nullcontext() if trainee.bf16 else InFloat32():
            optimizer.step()
        optimizer.zero_grad()
    trainee.step += 1
    trainee.tokens += sum(len(batch.ids) for batch in batches)
    return float(total)


class InFloat32(TorchFunctionMode):
    """Keeps torch's Muon from multiplying in bf16, which takes a CPU without units for it 40 times as long."""

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        if func is torch.Tensor.bfloat16:
            return args[0].clone()  # as the cast makes one, which is then scaled in place
        return func(*args, **(kwargs or {}))


def save_checkpoint(path: Path, trainee: Trainee) -> None:
    """Write everything needed to go on, atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {
        "model": trainee.model.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in trainee.optimizers],
        "step": trainee.step,
        "tokens": trainee.tokens,
        "seconds": trainee.seconds,
    }
    temporary = path.with_suffix(".part")
    torch.save(state, temporary)
    os.replace(temporary, path)


def load_checkpoint(path: Path, trainee: Trainee) -> None:
    """Put a saved state into a new trainee."""
    state = torch.load(path, weights_only=True, map_location=trainee.model.device)
    trainee.model.load_state_dict(state["model"])
    for optimizer, saved in zip(trainee.optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(saved)
    trainee.step, trainee.tokens, trainee.seconds = state["step"], state["tokens"], state["seconds"]
