"""Loading a base: in every storage format, told apart by content, and refused in one sentence."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from oraclecoder.config import Attention, DType, Quantization
from oraclecoder.errors import ModelError
from oraclecoder.model.base import embedding_names, fingerprint_model, load_base, load_tokenizer

IDS = torch.arange(2, 40)[None]


@pytest.fixture
def copied(tiny_model: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tiny_model, tmp_path / "copied")


def refusal(action, *arguments) -> str:
    """The sentence of the ModelError that this ends in."""
    with pytest.raises(ModelError) as caught:
        action(*arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("quantization", "dtype", "layer", "tolerance"),
    [
        (Quantization.none, DType.float32, "Linear", 0.0),
        (Quantization.none, DType.bfloat16, "Linear", 0.02),
        (Quantization.int8, DType.bfloat16, "Linear8bitLt", 0.05),
        (Quantization.nf4, DType.float32, "Linear4bit", 0.25),
        (Quantization.nf4, DType.bfloat16, "Linear4bit", 0.25),
    ],
)
def test_every_storage_format_loads_and_predicts_like_the_full_model(
    tiny_model, model_config, quantization, dtype, layer, tolerance
):
    base = load_base(model_config(tiny_model, quantization=quantization, compute_dtype=dtype))
    projection = base.model.model.layers[0].self_attn.q_proj
    assert type(projection).__name__ == layer
    assert not base.model.training
    assert not any(parameter.requires_grad for parameter in base.model.parameters())
    with torch.no_grad():
        found = base.model(IDS).logits.float()
        expected = load_base(model_config(tiny_model)).model(IDS).logits
    assert float((found - expected).norm() / expected.norm()) <= tolerance


def test_nf4_quantises_twice_and_is_never_repacked_for_inference(tiny_model, model_config):
    base = load_base(model_config(tiny_model, quantization=Quantization.nf4))
    layers = [module for module in base.model.modules() if type(module).__name__ == "Linear4bit"]
    assert len(layers) == 14
    for layer in layers:
        assert layer.weight.quant_state.quant_type == "nf4"
        assert layer.weight.quant_state.nested
        assert not layer.support_avx512bf16_for_cpu


def test_a_copied_folder_is_the_same_base_and_changed_weights_another(tiny_model, copied, model_config):
    own = fingerprint_model(model_config(tiny_model))
    assert fingerprint_model(model_config(copied)) == own
    assert load_base(model_config(copied, quantization=Quantization.nf4)).fingerprint == own
    weights = load_file(copied / "model.safetensors")
    weights["model.norm.weight"][0] += 1e-3
    save_file(weights, copied / "model.safetensors", {"format": "pt"})
    assert fingerprint_model(model_config(copied)) != own


@pytest.mark.parametrize("name", ["tokenizer.json", "chat_template.jinja", "config.json"])
def test_another_tokenizer_template_or_shape_is_another_base(tiny_model, copied, model_config, name):
    (copied / name).write_text((copied / name).read_text() + "\n")
    assert fingerprint_model(model_config(copied)) != fingerprint_model(model_config(tiny_model))


def test_a_window_that_is_too_short_is_refused_with_the_number_to_set(tiny_model, model_config):
    said = refusal(load_base, model_config(tiny_model, max_length=5000))
    assert said.startswith("model.max_length=5000 exceeds the window of")
    assert said.endswith("set model.max_length=4096")


def test_a_folder_without_weights_is_refused(copied, model_config):
    (copied / "model.safetensors").unlink()
    assert "holds no model weights (*.safetensors)" in refusal(load_base, model_config(copied))
    assert "holds no model weights" in refusal(fingerprint_model, model_config(copied))


@pytest.mark.parametrize("name", ["nobody/no-such-model", "./no/such/folder", "nothing here"])
def test_a_model_that_is_nowhere_is_refused_while_offline(model_config, name):
    said = refusal(load_base, model_config(name))
    assert f"model.name={name} is neither a folder nor a model that the hub gives" in said
    assert "go online" in said


def test_truncated_weights_are_refused(copied, model_config):
    weights = copied / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    assert "does not load (Error while deserializing header" in refusal(load_base, model_config(copied))


def test_weights_that_are_missing_are_never_random(copied, model_config):
    weights = load_file(copied / "model.safetensors")
    del weights["model.layers.1.mlp.up_proj.weight"]
    save_file(weights, copied / "model.safetensors", {"format": "pt"})
    for quantization in (Quantization.none, Quantization.nf4):
        said = refusal(load_base, model_config(copied, quantization=quantization))
        assert "lacks 1 weights of a LlamaForCausalLM, first model.layers.1.mlp.up_proj.weight" in said


def test_a_shape_that_does_not_fit_the_weights_is_refused(copied, model_config):
    shape = json.loads((copied / "config.json").read_text())
    (copied / "config.json").write_text(json.dumps(shape | {"intermediate_size": 96}))
    assert "does not load" in refusal(load_base, model_config(copied))


@pytest.mark.parametrize("text", ["{", '{"model_type": "unheard-of"}', "{}"])
def test_a_configuration_that_transformers_cannot_read_is_refused(copied, model_config, text):
    (copied / "config.json").write_text(text)
    assert "does not load" in refusal(load_base, model_config(copied))


def test_an_attention_that_is_not_installed_is_refused(tiny_model, model_config):
    said = refusal(load_base, model_config(tiny_model, attention=Attention.flash_attention_2))
    assert "FlashAttention2" in said
    assert "set model.attention to another than flash_attention_2" in said


def test_a_gpu_without_room_is_told_from_a_model_that_is_no_model(tiny_model, model_config, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB.")

    monkeypatch.setattr("transformers.AutoModelForCausalLM.from_pretrained", full)
    said = refusal(load_base, model_config(tiny_model))
    assert "(CUDA out of memory" in said
    assert said.endswith("free the GPU of other work, or set model.quantization=nf4")


def test_a_tokenizer_without_an_end_is_refused_and_one_without_padding_pads_with_it(copied, model_config):
    settings = json.loads((copied / "tokenizer_config.json").read_text())
    (copied / "tokenizer_config.json").write_text(json.dumps(settings | {"pad_token": None}))
    tokenizer = load_tokenizer(model_config(copied))
    assert tokenizer.pad_token_id == tokenizer.eos_token_id
    (copied / "tokenizer_config.json").write_text(json.dumps(settings | {"eos_token": None}))
    assert "has no end-of-text token" in refusal(load_tokenizer, model_config(copied))
    (copied / "tokenizer.json").unlink()
    assert "does not load" in refusal(load_tokenizer, model_config(copied))


def test_embeddings_are_named_without_reading_a_weight(copied, model_config):
    (copied / "model.safetensors").unlink()
    assert embedding_names(model_config(copied)) == ["model.embed_tokens"]


def test_the_shipped_nano_loads(model_config):
    base = load_base(model_config("nano", quantization=Quantization.nf4, compute_dtype=DType.bfloat16, max_length=4096))
    assert base.tokenizer.decode(base.tokenizer("SELECT age FROM singer")["input_ids"]) == "SELECT age FROM singer"
