"""An adapter on disk as pairs of factors: delta = B·A, the scaling folded into B. Needs safetensors only."""

import math
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from oraclecoder.errors import AdapterError
from oraclecoder.model.adapter import applied_tensors
from oraclecoder.model.adapter_files import PEFT_CONFIG, WEIGHTS, AdapterIdentity, finish_adapter
from oraclecoder.model.base import Base, dense_weight
from oraclecoder.records import read_json, write_json

REFUSED = {
    "use_dora": "DoRA",
    "lora_bias": "lora_bias",
    "modules_to_save": "modules_to_save",
    "trainable_token_indices": "trainable_token_indices",
    "target_parameters": "target_parameters",
}
PLAIN_STARTS = (True, False, "gaussian", "eva", "orthogonal")


@dataclass(frozen=True)
class Factors:
    """A low-rank delta B·A of one weight; a [r, in], b [out, r]."""

    a: Tensor
    b: Tensor

    @property
    def rank(self) -> int:
        """Columns of B, rows of A."""
        return self.a.shape[0]

    def dense(self) -> Tensor:
        """The delta itself, [out, in]."""
        return self.b @ self.a


Adapter = Mapping[str, Factors]


def scaling(settings: Mapping[str, Any], module: str, rank: int) -> float:
    """What PEFT multiplies B·A by in this module: alpha / r, or alpha / sqrt(r) with rsLoRA.

    PEFT's patterns are regular expressions of the end of a module's path; the first that fits counts.
    """
    patterns = (settings.get("alpha_pattern") or {}).items()
    alpha = next((a for name, a in patterns if re.match(rf"(.*\.)?({name})$", module)), settings["lora_alpha"])
    return alpha / math.sqrt(rank) if settings.get("use_rslora") else alpha / rank


def usual_scaling(folder: Path) -> float:
    """What PEFT multiplies B·A of an adapter by in modules without a pattern of their own."""
    settings = read_json(folder / PEFT_CONFIG)
    return scaling(settings | {"alpha_pattern": {}}, "", settings["r"])


def read_factors(folder: Path) -> dict[str, Factors]:
    """The adapter's deltas in fp64 by module name (embeddings end in "embedding").

    Raises:
        AdapterError: if the adapter is more than a sum of B·A (DoRA, biases, whole modules, a rewritten base).
    """
    settings = read_json(folder / PEFT_CONFIG)
    for key, name in REFUSED.items():
        if settings.get(key):
            raise AdapterError(
                f"{folder} uses {name}, which is no sum B·A and cannot be merged; train with lora.variant=plain"
            )
    if settings.get("init_lora_weights") not in PLAIN_STARTS:
        raise AdapterError(
            f"{folder} started from {settings['init_lora_weights']}, which rewrites the base, and cannot be merged; "
            "train with lora.variant=plain"
        )
    tensors = load_file(folder / WEIGHTS)
    factors = {}
    for name, tensor in tensors.items():
        if "lora_A" in name or "lora_embedding_A" in name:
            other = tensors[name.replace("lora_A", "lora_B").replace("lora_embedding_A", "lora_embedding_B")]
            module = name.split(".lora_")[0].removeprefix("base_model.model.")
            key = f"{module}:embedding" if "embedding_A" in name else module
            factors[key] = Factors(tensor.double(), other.double() * scaling(settings, module, tensor.shape[0]))
    return factors


def write_factors(
    adapter: Adapter, folder: Path, *, like: Path, identity: AdapterIdentity, scaling: float = 1.0
) -> None:
    """Write deltas as an ordinary PEFT adapter in fp32, sealed like a trained one.

    All modules get the largest rank, filled up with zeros, and the alpha by which PEFT scales them by `scaling`: that
    of its members if it is to be trained as they were. The other settings are those of the adapter in `like`.
    """
    settings, tensors = _as_peft(adapter, like, scaling)
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        save_file(tensors, temporary / WEIGHTS)
        write_json(temporary / PEFT_CONFIG, settings)
        finish_adapter(temporary, folder, identity)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


@contextmanager
def applied_factors(base: Base, adapter: Adapter, *, like: Path) -> Iterator[nn.Module]:
    """The base with deltas of any rank on it for a while, as `write_factors` would write them, without the disk."""
    with applied_tensors(base, *_as_peft(adapter, like)) as model:
        yield model


@contextmanager
def merged_factors(base: Base, adapter: Adapter) -> Iterator[nn.Module]:
    """The base with the deltas added to its dequantised weights for a while; one dense module at a time."""
    hooks = []
    for name, factors in adapter.items():
        path, _, kind = name.partition(":")
        module = base.model.get_submodule(path)
        hooks.append(module.register_forward_hook(partial(_forward_merged, factors, bool(kind))))
    try:
        yield base.model.eval()
    finally:
        for hook in hooks:
            hook.remove()


def _forward_merged(factors: Factors, embedding: bool, module: nn.Module, inputs: tuple[Tensor], out: Tensor) -> Tensor:
    weight = dense_weight(module)
    delta = factors.dense().to(weight.device)
    if embedding:
        return nn.functional.embedding(inputs[0], (weight + delta.T).to(out.dtype))
    bias: Any = module.bias
    return nn.functional.linear(inputs[0], (weight + delta).to(inputs[0].dtype), bias)


def _as_peft(adapter: Adapter, like: Path, scaling: float = 1.0) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """PEFT's settings and tensors of these deltas."""
    rank = max(factors.rank for factors in adapter.values())
    settings = read_json(like / PEFT_CONFIG) | {
        "r": rank,
        "lora_alpha": rank if scaling == 1 else rank * scaling,
        "rank_pattern": {},
        "alpha_pattern": {},
        "use_rslora": False,
        "init_lora_weights": True,
        "target_modules": sorted({module.split(":")[0].split(".")[-1] for module in adapter}),
    }
    tensors = {}
    for module, factors in adapter.items():
        a, b = _widen(factors, rank)
        path, _, kind = module.partition(":")
        names = ("lora_embedding_A", "lora_embedding_B") if kind else ("lora_A.weight", "lora_B.weight")
        for name, tensor in zip(names, (a, b / scaling), strict=True):
            tensors[f"base_model.model.{path}.{name}"] = tensor.float().contiguous()
    return settings, tensors


def _widen(factors: Factors, rank: int) -> tuple[Tensor, Tensor]:
    missing = rank - factors.rank
    a, b = factors.a, factors.b
    return torch.cat([a, a.new_zeros(missing, a.shape[1])]), torch.cat([b, b.new_zeros(b.shape[0], missing)], dim=1)
