"""Adapters: the same start for the same seed, saved whole or not at all, read through before use."""

import errno
import json
import os
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file

from oraclecoder.config import LoraConfig, LoraVariant, Quantization, Schedule, TrunkConfig
from oraclecoder.errors import AdapterError, ConfigError
from oraclecoder.model import adapter_files as module
from oraclecoder.model.adapter import add_adapter, applied, load_adapter, load_weights, save_adapter
from oraclecoder.model.adapter_files import AdapterIdentity, check_adapter
from oraclecoder.model.base import Base, load_base

IDS = torch.arange(2, 40)[None]


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
        "trunk": TrunkConfig(0.0, 4.0, Schedule.constant),
    }
    return LoraConfig(**values | changes)


def adapted(base: Base, *, seed: int = 1, **changes):
    """A base with an adapter whose every weight has moved, as after training."""
    model = add_adapter(base, lora(**changes), seed=seed)
    chance = torch.Generator().manual_seed(seed)
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data += 0.05 * torch.randn(parameter.shape, generator=chance)
    return model.eval()


def identity(base: Base) -> AdapterIdentity:
    return AdapterIdentity(base.config.name, base.fingerprint, "sql_generation", "generation-1")


@torch.no_grad()
def logits(model) -> torch.Tensor:
    return model(IDS).logits


@pytest.fixture
def base(tiny_model, model_config) -> Base:
    return load_base(model_config(tiny_model))


@pytest.fixture
def saved(base, tmp_path) -> Path:
    """The folder of a sound adapter."""
    save_adapter(adapted(base), tmp_path / "adapter", identity(base))
    return tmp_path / "adapter"


def refusal(folder: Path, **options) -> str:
    with pytest.raises(AdapterError) as caught:
        check_adapter(folder, **options)
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)
    return str(caught.value)


def test_the_same_seed_gives_the_same_start_whatever_was_drawn_before(tiny_model, model_config):
    starts = []
    for seed in (1, 1, 2):
        torch.rand(3)
        model = add_adapter(load_base(model_config(tiny_model)), lora(), seed=seed)
        starts.append({name: p.detach() for name, p in model.named_parameters() if p.requires_grad})
    assert len(starts[0]) == 28
    assert all(torch.equal(starts[0][name], starts[1][name]) for name in starts[0])
    assert not all(torch.equal(starts[0][name], starts[2][name]) for name in starts[0])
    assert all((weight == 0).all() for name, weight in starts[0].items() if "lora_B" in name)
    assert {weight.dtype for weight in starts[0].values()} == {torch.float32}


def test_target_modules_that_the_base_has_not_are_refused(base):
    with pytest.raises(AdapterError, match=r"do not fit .* name modules of the base, or \[all-linear\]") as caught:
        add_adapter(base, lora(target_modules=["query_key_value"]), seed=1)
    assert "\n" not in str(caught.value)


def test_one_target_module_that_the_base_has_not_is_refused_by_name_among_others_that_it_has(tiny_model, model_config):
    with pytest.raises(AdapterError, match=r"lora.target_modules has v_prj, gate, which no module of .* is called"):
        add_adapter(load_base(model_config(tiny_model)), lora(target_modules=["q_proj", "v_prj", "gate"]), seed=1)
    with pytest.raises(ConfigError, match="names all-linear beside others"):
        lora(target_modules=["all-linear", "lm_head"])


def test_an_adapter_is_read_by_whom_new_files_may_be(saved, tmp_path):
    (tmp_path / "usual").touch()
    (tmp_path / "folder").mkdir()
    assert saved.stat().st_mode == (tmp_path / "folder").stat().st_mode
    assert {path.stat().st_mode for path in saved.iterdir()} == {(tmp_path / "usual").stat().st_mode}


def test_an_adapter_over_the_head_is_saved_without_the_base_s_own_head(base, tmp_path):
    model = adapted(base, target_modules=["q_proj", "lm_head"])
    said = logits(model)
    save_adapter(model, tmp_path / "adapter", identity(base))
    model.unload()
    names = set(load_file(tmp_path / "adapter" / "adapter_model.safetensors"))
    assert {name for name in names if "lm_head" in name} == {
        f"base_model.model.lm_head.lora_{part}.weight" for part in "AB"
    }
    assert all("lora_" in name for name in names)
    with applied(base, tmp_path / "adapter") as model:
        assert torch.equal(logits(model), said)


@pytest.mark.parametrize("variant", list(LoraVariant))
def test_every_variant_starts_where_the_base_is_and_reloads_to_the_same_logits(
    tiny_model, model_config, tmp_path, variant
):
    base = load_base(model_config(tiny_model))
    plain = logits(base.model)
    model = add_adapter(base, lora(variant=variant), seed=1).eval()
    assert torch.allclose(logits(model), plain, atol=2e-5)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            parameter.data += 0.05
    expected = logits(model)
    assert not torch.allclose(expected, plain, atol=1e-2)
    save_adapter(model, tmp_path / "adapter", identity(base))
    again = load_adapter(load_base(model_config(tiny_model)), tmp_path / "adapter")
    assert torch.equal(logits(again), expected)


def test_an_adapter_on_a_4_bit_base_reloads_to_the_same_logits(tiny_model, model_config, tmp_path):
    config = model_config(tiny_model, quantization=Quantization.nf4)
    base = load_base(config)
    model = adapted(base)
    save_adapter(model, tmp_path / "adapter", identity(base))
    again = load_adapter(load_base(config), tmp_path / "adapter")
    assert torch.equal(logits(again), logits(model))
    assert {p.dtype for name, p in again.named_parameters() if "lora_" in name} == {torch.float32}
    assert not any(parameter.requires_grad for parameter in again.parameters())


def test_weights_go_back_into_the_adapter_that_they_came_from(base, saved, tiny_model, model_config):
    fresh = add_adapter(load_base(model_config(tiny_model)), lora(), seed=9).eval()
    load_weights(fresh, saved)
    assert torch.equal(logits(fresh), logits(load_adapter(load_base(model_config(tiny_model)), saved)))


@pytest.mark.parametrize("variant", [LoraVariant.plain, LoraVariant.pissa, LoraVariant.olora])
def test_an_adapter_that_is_taken_off_leaves_the_base_as_it_was(tiny_model, model_config, tmp_path, variant):
    other, saved = load_base(model_config(tiny_model)), tmp_path / "adapter"
    model = add_adapter(load_base(model_config(tiny_model)), lora(variant=variant), seed=1)
    for name, parameter in model.named_parameters():
        if "lora_B" in name:
            parameter.data += 0.05
    save_adapter(model, saved, identity(other))
    plain = logits(other.model)
    for _ in range(2):
        with applied(other, saved) as model:
            assert not torch.allclose(logits(model), plain, atol=1e-3)
        with applied(other, None) as model:
            assert torch.equal(logits(model), plain)


FULL = OSError(errno.ENOSPC, "No space left on device")


def fail(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, error: BaseException, *, call: int) -> None:
    """Let one call of a function raise, after so many that do their work."""
    whole = getattr(owner, name)
    calls = count()

    def interrupted(*arguments, **options):
        if next(calls) == call:
            raise error
        return whole(*arguments, **options)

    monkeypatch.setattr(owner, name, interrupted)


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["full disk", "Ctrl-C"])
@pytest.mark.parametrize(
    ("owner", "name", "call", "replacing"),
    [(PeftModel, "save_pretrained", 0, replacing) for replacing in (False, True)]
    + [(module, "digest_file", 0, replacing) for replacing in (False, True)]
    + [(module, "write_json", 0, replacing) for replacing in (False, True)]
    + [(os, "fsync", 1, replacing) for replacing in (False, True)]
    + [(Path, "rename", 0, False), (Path, "rename", 0, True), (Path, "rename", 1, True)],
)
def test_saving_that_is_cut_short_leaves_the_old_adapter_or_none(
    base, saved, tmp_path, monkeypatch, error, owner, name, call, replacing
):
    model = load_adapter(base, saved)
    folder = saved if replacing else tmp_path / "other" / "adapter"
    before = check_adapter(saved).sha256
    fail(monkeypatch, owner, name, error, call=call)
    with pytest.raises(type(error)):
        save_adapter(model, folder, identity(base))
    monkeypatch.undo()
    if replacing:
        assert check_adapter(folder).sha256 == before
    assert [path.name for path in folder.parent.iterdir()] == (["adapter"] if replacing else [])


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_really_full_leaves_nothing_half_written(tiny_model, model_config, tmp_path):
    base = load_base(model_config(tiny_model))
    model = adapted(base)
    with small_disk(10_000), pytest.raises(Exception, match="File too large"):
        save_adapter(model, tmp_path / "run" / "adapter", identity(base))
    assert list((tmp_path / "run").iterdir()) == []
    save_adapter(model, tmp_path / "run" / "adapter", identity(base))
    assert check_adapter(tmp_path / "run" / "adapter").task == "sql_generation"


def test_a_sound_adapter_tells_what_it_was_made_for(base, saved):
    found = check_adapter(saved, base_fingerprint=base.fingerprint)
    assert found.base_fingerprint == base.fingerprint
    assert (found.task, found.prompt_version) == ("sql_generation", "generation-1")
    assert len(found.sha256) == 64


def test_a_folder_that_is_no_adapter_is_refused(tmp_path):
    assert "holds no identity.json, so it is not a finished adapter" in refusal(tmp_path)


@pytest.mark.parametrize("length", [0, 7, 500, -4])
def test_a_truncated_adapter_is_refused(saved, length):
    weights = saved / "adapter_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:length])
    assert "is truncated or damaged" in refusal(saved)


@pytest.mark.parametrize("name", ["adapter_model.safetensors", "adapter_config.json"])
def test_an_adapter_without_one_of_its_files_is_refused(saved, name):
    (saved / name).unlink()
    assert "is truncated or damaged" in refusal(saved)


def test_a_half_written_description_is_refused(saved):
    text = (saved / "adapter_config.json").read_text()
    (saved / "adapter_config.json").write_text(text[: len(text) // 2])
    assert "is truncated or damaged" in refusal(saved)
    (saved / "identity.json").write_text('{"base_name": "x"')
    with pytest.raises(Exception, match=r"identity\.json") as caught:
        check_adapter(saved)
    assert "\n" not in str(caught.value)


def test_an_altered_adapter_is_refused(saved):
    weights = saved / "adapter_model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert "are not those that were saved (hash differs)" in refusal(saved)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_an_adapter_that_is_not_finite_is_refused_with_the_tensor(base, tmp_path, value):
    model = adapted(base)
    next(p for name, p in model.named_parameters() if "lora_B" in name).data[0, 0] = value
    save_adapter(model, tmp_path / "adapter", identity(base))
    assert "is not finite in 1 tensors, first base_model.model.model.layers.0" in refusal(tmp_path / "adapter")


def test_an_adapter_of_another_base_is_refused_before_it_is_loaded(base, saved, tiny_model, model_config, tmp_path):
    copied = shutil.copytree(tiny_model, tmp_path / "other-base")
    weights = load_file(copied / "model.safetensors")
    weights["model.norm.weight"] *= 1.01
    save_file(weights, copied / "model.safetensors", {"format": "pt"})
    other = load_base(model_config(copied))
    said = refusal(saved, base_fingerprint=other.fingerprint)
    assert f"was made for base {tiny_model} ({base.fingerprint}), not for this one ({other.fingerprint})" in said
    with pytest.raises(AdapterError, match="was made for base"):
        load_adapter(other, saved)


def test_an_adapter_moves_with_its_folder(saved, tmp_path, tiny_model, model_config):
    moved = saved.rename(tmp_path / "elsewhere")
    assert json.loads((moved / "adapter_config.json").read_text())["peft_type"] == "LORA"
    assert check_adapter(moved, base_fingerprint=load_base(model_config(tiny_model)).fingerprint)
