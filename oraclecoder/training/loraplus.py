"""LoRA+ (arXiv 2402.12354): B learns `lr_ratio` times faster than A."""

from collections.abc import Iterable
from typing import Any

import torch
from torch import nn

from oraclecoder.config import LoraConfig, Optimizer
from oraclecoder.errors import ConfigError

GROUPS = ("A", "B", "embedding", "no_decay")


def group_of(name: str, parameter: torch.Tensor) -> str:
    """The group of one trainable parameter, by its name in PEFT.

    "A" also takes whole modules that are trained; "no_decay" takes vectors (biases, norms and DoRA's magnitudes),
    which learn at the rate of A without weight decay.
    """
    if "lora_embedding_" in name:
        return "embedding"
    if parameter.ndim < 2:
        return "no_decay"
    return "B" if ".lora_B." in name else "A"


def learning_rates(lora: LoraConfig) -> dict[str, float]:
    """The rate of each group."""
    return {"A": lora.lr, "B": lora.lr * lora.lr_ratio, "embedding": lora.embedding_lr, "no_decay": lora.lr}


def parameter_groups(model: nn.Module, lora: LoraConfig) -> list[dict[str, Any]]:
    """The groups that are not empty, for a torch optimizer, each with its `name`, `lr` and `weight_decay`.

    Raises:
        ConfigError: if no B matrix is trainable, so that `lora.lr_ratio` would do nothing.
    """
    members: dict[str, list[nn.Parameter]] = {name: [] for name in GROUPS}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            members[group_of(name, parameter)].append(parameter)
    if not members["B"]:
        raise ConfigError("no LoRA B matrix is trainable, so lora.lr_ratio has no effect; check lora.target_modules")
    rates = learning_rates(lora)
    decay = {name: 0.0 if name == "no_decay" else lora.weight_decay for name in GROUPS}
    return [
        {"name": name, "params": members[name], "lr": rates[name], "weight_decay": decay[name]}
        for name in GROUPS
        if members[name]
    ]


def make_optimizer(groups: list[dict[str, Any]], optimizer: Optimizer) -> torch.optim.Optimizer:
    """The optimizer over these groups; the bitsandbytes ones keep their state in 8 bits or paged memory."""
    if optimizer is Optimizer.adamw:
        return torch.optim.AdamW(groups)
    import bitsandbytes.optim as bnb

    choices = {
        Optimizer.adamw_8bit: bnb.AdamW8bit,
        Optimizer.paged_adamw: bnb.PagedAdamW32bit,
        Optimizer.paged_adamw_8bit: bnb.PagedAdamW8bit,
    }
    return choices[optimizer](groups)


def refuse_empty_sweep(swept: Iterable[str], target_modules: list[str], embeddings: Iterable[str]) -> None:
    """Refuse to sweep a rate that no parameter learns at.

    Args:
        swept: the keys that a sweep varies.
        target_modules: as in `lora.target_modules`.
        embeddings: names of the base's embedding modules.

    Raises:
        ConfigError: if `lora.embedding_lr` is swept and no adapted module is an embedding.
    """
    adapted = [name for name in embeddings for target in target_modules if f".{name}".endswith(f".{target}")]
    if "lora.embedding_lr" in swept and not adapted:
        raise ConfigError(
            f"lora.embedding_lr is swept, but lora.target_modules={target_modules} adapt no embedding, so every job "
            f"would be the same; add one of {sorted({n.split('.')[-1] for n in embeddings})} or sweep lora.lr_ratio"
        )
