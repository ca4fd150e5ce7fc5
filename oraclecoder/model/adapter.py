"""LoRA adapters: put on a base, saved whole or not at all, checked before use. The only file that knows peft."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig as PeftLoraConfig
from peft import PeftModel, get_peft_model, set_peft_model_state_dict
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file
from torch import nn

from oraclecoder.config import LoraConfig, LoraVariant
from oraclecoder.errors import AdapterError
from oraclecoder.fingerprint import digest_file
from oraclecoder.model.base import Base
from oraclecoder.records import read_json, write_json

WEIGHTS = "adapter_model.safetensors"
PEFT_CONFIG = "adapter_config.json"
IDENTITY = "identity.json"
STARTS: dict[LoraVariant, Any] = {
    LoraVariant.olora: "olora",
    LoraVariant.pissa: "pissa",
    LoraVariant.orthogonal: "orthogonal",
}


@dataclass(frozen=True)
class AdapterIdentity:
    """What an adapter was made for; adapters merge and serve only where this agrees. `sha256` is of its weights."""

    base_name: str
    base_fingerprint: str
    task: str
    prompt_version: str
    sha256: str = ""


def add_adapter(base: Base, lora: LoraConfig, *, seed: int) -> PeftModel:
    """A fresh fp32 adapter over the base, the same for the same seed, its B matrices zero.

    Raises:
        AdapterError: if no module of the base has one of the target names.
    """
    targets: str | list[str] = "all-linear" if lora.target_modules == ["all-linear"] else list(lora.target_modules)
    settings = PeftLoraConfig(
        task_type="CAUSAL_LM",
        r=lora.r,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules=targets,
        use_rslora=lora.variant is LoraVariant.rslora,
        use_dora=lora.variant is LoraVariant.dora,
        init_lora_weights=STARTS.get(lora.variant, True),
        base_model_name_or_path=base.model.name_or_path,
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        try:
            return get_peft_model(base.model, settings)
        except ValueError as error:
            raise AdapterError(
                f"lora.target_modules={lora.target_modules} do not fit {base.config.name} ({error}); "
                "name modules of the base, or [all-linear]"
            ) from error


def save_adapter(model: PeftModel, folder: Path, identity: AdapterIdentity) -> None:
    """Write an ordinary PEFT adapter and its identity, so that the folder is there whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        model.save_pretrained(str(temporary))
        finish_adapter(temporary, folder, identity)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def finish_adapter(temporary: Path, folder: Path, identity: AdapterIdentity) -> None:
    """Seal an adapter that was written under a temporary name: identity, hash, flush to disk, rename."""
    sealed = asdict(identity) | {"sha256": digest_file(temporary / WEIGHTS)}
    write_json(temporary / IDENTITY, sealed)
    for path in temporary.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    if not folder.exists():
        temporary.rename(folder)
        return
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.")) / folder.name
    try:
        folder.rename(old)  # away as a whole, so that no part of it is ever seen
        temporary.rename(folder)
    except BaseException:
        if not folder.exists():
            old.rename(folder)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)


def read_identity(folder: Path) -> AdapterIdentity:
    """What the adapter in this folder was made for.

    Raises:
        AdapterError: if the folder is not an adapter of ours.
    """
    if not (folder / IDENTITY).is_file():
        raise AdapterError(f"{folder} holds no {IDENTITY}, so it is not a finished adapter; train it again")
    return AdapterIdentity(**read_json(folder / IDENTITY))


def check_adapter(folder: Path, *, base_fingerprint: str | None = None) -> AdapterIdentity:
    """Read an adapter through and return its identity.

    Raises:
        AdapterError: if it is missing, truncated, altered, not finite, or made for another base.
    """
    identity = read_identity(folder)
    try:
        json.loads((folder / PEFT_CONFIG).read_text(encoding="utf-8"))
        with safe_open(folder / WEIGHTS, framework="pt") as file:
            broken = [name for name in file.keys() if not file.get_tensor(name).isfinite().all()]  # noqa: SIM118
    except (OSError, SafetensorError, ValueError) as error:
        raise AdapterError(f"the adapter {folder} is truncated or damaged ({error}); train it again") from error
    if broken:
        raise AdapterError(
            f"the adapter {folder} is not finite in {len(broken)} tensors, first {broken[0]}; discard it"
        )
    if digest_file(folder / WEIGHTS) != identity.sha256:
        raise AdapterError(f"the weights of {folder} are not those that were saved (hash differs); train it again")
    if base_fingerprint is not None and base_fingerprint != identity.base_fingerprint:
        raise AdapterError(
            f"the adapter {folder} was made for base {identity.base_name} ({identity.base_fingerprint}), not for this "
            f"one ({base_fingerprint}); load it with its own base"
        )
    return identity


def load_adapter(base: Base, folder: Path, *, name: str = "default", trainable: bool = False) -> PeftModel:
    """The base with a checked adapter in fp32 on it.

    Raises:
        AdapterError: as `check_adapter`.
    """
    check_adapter(folder, base_fingerprint=base.fingerprint)
    model = PeftModel.from_pretrained(base.model, folder, adapter_name=name, is_trainable=trainable)
    model.train(trainable)
    return model


def load_weights(model: PeftModel, folder: Path) -> None:
    """Put the saved weights of an adapter (or of a checkpoint) into the one that the model has.

    Raises:
        AdapterError: if they do not fit.
    """
    found: Any = set_peft_model_state_dict(model, load_file(folder / WEIGHTS))
    if found.unexpected_keys:
        raise AdapterError(f"{folder} holds weights that the adapter has not ({found.unexpected_keys[0]}); remove it")


def base_of(model: nn.Module) -> nn.Module:
    """The model below the adapters, or the model itself where there are none."""
    return model.get_base_model() if isinstance(model, PeftModel) else model


@contextmanager
def applied(base: Base, folder: Path | None) -> Iterator[nn.Module]:
    """The base with an adapter on it for a while, or alone; afterwards it is as it was.

    Raises:
        AdapterError: as `check_adapter`.
    """
    if folder is None:
        yield base.model.eval()
        return
    model = load_adapter(base, folder)
    try:
        yield model
    finally:
        model.unload()
