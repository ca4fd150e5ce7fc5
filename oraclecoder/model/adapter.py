"""LoRA adapters on a base: made, saved, loaded, asked one or several at a time. The only file that knows peft."""

import hashlib
import itertools
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import torch
from peft import LoraConfig as PeftLoraConfig
from peft import PeftModel, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from peft.tuners.lora import LoraLayer
from safetensors.torch import load_file
from torch import Tensor, nn

from oraclecoder.config import LoraConfig, LoraVariant
from oraclecoder.errors import AdapterError
from oraclecoder.fingerprint import digest_value
from oraclecoder.model.adapter_files import PEFT_CONFIG, WEIGHTS, AdapterIdentity, check_adapter, finish_adapter
from oraclecoder.model.base import Base
from oraclecoder.records import read_json

STARTS: dict[LoraVariant, Any] = {
    LoraVariant.olora: "olora",
    LoraVariant.pissa: "pissa",
    LoraVariant.orthogonal: "orthogonal",
}


def add_adapter(base: Base, lora: LoraConfig, *, seed: int) -> PeftModel:
    """A fresh fp32 adapter over the base, the same for the same seed, its B matrices zero.

    Raises:
        AdapterError: if the base has no module of one of the target names.
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
            model = get_peft_model(base.model, settings)
        except ValueError as error:
            raise AdapterError(
                f"lora.target_modules={lora.target_modules} do not fit {base.config.name} ({error}); "
                "name modules of the base, or [all-linear]"
            ) from error
    if targets != "all-linear":
        _refuse_unknown_targets(model, lora.target_modules, base.config.name)
    return model


def _refuse_unknown_targets(model: PeftModel, targets: list[str], base: str) -> None:
    """PEFT is content with one name that it finds."""
    found: Any = model.base_model.targeted_module_names
    unknown = [target for target in targets if not any(f".{name}".endswith(f".{target}") for name in found)]
    if unknown:
        raise AdapterError(
            f"lora.target_modules has {', '.join(unknown)}, which no module of {base} is called; "
            "name modules of the base, or [all-linear]"
        )


def save_adapter(model: PeftModel, folder: Path, identity: AdapterIdentity) -> None:
    """Write an ordinary PEFT adapter and its identity, so that the folder is there whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        write_weights(model, temporary)
        finish_adapter(temporary, folder, identity)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def write_weights(model: PeftModel, folder: Path) -> None:
    """Write the adapter alone: PEFT would add the base's own embeddings or head where these are targets."""
    model.save_pretrained(str(folder), save_embedding_layers=False)


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


REWRITES_BASE = ("olora", "pissa")
"""Starts whose adapters change the base's own weights when PEFT loads them."""


def start_of(folder: Path) -> str:
    """How the adapter was started, in PEFT's words."""
    return str(read_json(folder / PEFT_CONFIG)["init_lora_weights"])


@contextmanager
def applied_many(base: Base, folders: Mapping[str, Path]) -> Iterator[nn.Module]:
    """The base with several adapters on it under their names, for a while; each call says which of them it asks.

    Raises:
        AdapterError: as `check_adapter`, or if an adapter cannot stand beside others.
    """
    for folder in folders.values():
        _check_company(folder)
    (first, *others) = folders.items()
    model = load_adapter(base, first[1], name=first[0])
    try:
        for name, folder in others:
            check_adapter(folder, base_fingerprint=base.fingerprint)
            model.load_adapter(str(folder), adapter_name=name)
        yield model.eval()
    finally:
        model.unload()


def _check_company(folder: Path) -> None:
    """Refuse what PEFT cannot mix in one batch: DoRA, and starts that rewrite the base that all others stand on."""
    start, with_dora = start_of(folder), read_json(folder / PEFT_CONFIG)["use_dora"]
    if with_dora or start.startswith(REWRITES_BASE):
        raise AdapterError(
            f"the adapter {folder} is of variant {'dora' if with_dora else start}, which cannot be asked "
            "together with others; train with lora.variant=plain or rslora"
        )


@contextmanager
def speaking(model: nn.Module, name: str | None) -> Iterator[None]:
    """The named adapter is the active one for a while, not to be trained; None leaves the one that is."""
    if name is None or not isinstance(model, PeftModel):
        yield
        return
    before, trained = model.active_adapter, [part for part in model.parameters() if part.requires_grad]
    model.set_adapter(name, inference_mode=True)
    try:
        yield
    finally:
        model.set_adapter(before, inference_mode=True)
        for part in trained:
            part.requires_grad_(True)


_NUMBERS: WeakKeyDictionary[nn.Module, int] = WeakKeyDictionary()
_COUNT = itertools.count()


def fingerprint_weights(model: nn.Module, name: str | None = None) -> str:
    """Hash of the named (None: the active) adapter as it is in memory now, and of which base it stands on.

    The base is told apart by its place in memory: it is frozen, and the hash is good in this process only.
    """
    content = hashlib.sha256(str(_NUMBERS.setdefault(base_of(model), next(_COUNT))).encode())
    if isinstance(model, PeftModel):
        name = name or model.active_adapter
        content.update(digest_value(model.peft_config[name].to_dict()).encode())
        tensors = get_peft_model_state_dict(model, adapter_name=name, save_embedding_layers=False)
        for key, tensor in sorted(tensors.items()):
            content.update(key.encode())
            content.update(tensor.detach().cpu().contiguous().view(torch.uint8).numpy().data)
    return content.hexdigest()


def base_of(model: nn.Module) -> nn.Module:
    """The model below the adapters, or the model itself where there are none."""
    return model.get_base_model() if isinstance(model, PeftModel) else model


def lora_layers(model: nn.Module) -> list[Any]:
    """The layers with adapters; what `get_base_layer` gives of each is the base's own."""
    return [module for module in model.modules() if isinstance(module, LoraLayer)]


def deltas(layer: Any, name: str | None) -> list[Tensor] | None:
    """What the named (None: the active) adapter adds to the weight of a layer, each [out, in], or nothing.

    None where it adds something else to what the layer computes (DoRA, biases).
    """
    if not hasattr(layer, "lora_A"):  # a layer of the base, with no adapter on it
        return []
    asked = ([] if layer.disable_adapters else layer.active_adapters) if name is None else [name]
    own_names = [own for own in asked if own in layer.lora_A]
    if layer.merged or any(own in layer.lora_variant or layer.lora_bias[own] for own in own_names):
        return None
    return [layer.get_delta_weight(own) for own in own_names]


@contextmanager
def applied(base: Base, folder: Path | None) -> Iterator[nn.Module]:
    """The base with an adapter on it for a while, or alone; afterwards it is as it was.

    Raises:
        AdapterError: as `check_adapter`.
    """
    if folder is None:
        yield base.model.eval()
        return
    rewrites = start_of(folder).startswith(REWRITES_BASE)
    kept = {name: weight.clone() for name, weight in base.model.named_parameters()} if rewrites else {}
    model = load_adapter(base, folder)
    try:
        yield model
    finally:
        model.unload()
        for name, weight in kept.items():
            base.model.get_parameter(name).data.copy_(weight)


@contextmanager
def applied_tensors(base: Base, settings: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> Iterator[nn.Module]:
    """The base with an adapter from memory on it for a while, given PEFT's settings and state dictionary."""
    with torch.random.fork_rng():
        model = get_peft_model(base.model, PeftLoraConfig.from_peft_type(**settings))
    try:
        set_peft_model_state_dict(model, dict(tensors))
        yield model.eval()
    finally:
        model.unload()
