"""Merging promises the weighted sum of the deltas B·A, exactly."""

import math
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

from oraclecoder.ensemble.lowrank import cosines, norm, relative_error, truncate, weighted_sum
from oraclecoder.ensemble.methods import merge
from oraclecoder.errors import AdapterError
from oraclecoder.model.adapter import save_adapter
from oraclecoder.model.adapter_files import AdapterIdentity, check_adapter
from oraclecoder.model.factors import Factors, read_factors, usual_scaling, write_factors

IDENTITY = AdapterIdentity("tiny", "abc", "sql_generation", "1")


def random_adapter(model_folder: Path, folder: Path, *, seed: int, **settings) -> Path:
    """A saved adapter whose A and B are random."""
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_pretrained(model_folder)
    settings = {"r": 4, "lora_alpha": 8, "target_modules": "all-linear"} | settings
    model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **settings))
    for name, parameter in model.named_parameters():
        if "lora_B" in name or "lora_embedding_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    save_adapter(model, folder, IDENTITY)
    return folder


def peft_deltas(model_folder: Path, adapter: Path) -> dict[str, torch.Tensor]:
    """The dense deltas as PEFT itself computes them."""
    model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(model_folder), adapter)
    layers = {n: m for n, m in model.named_modules() if hasattr(m, "get_delta_weight")}
    return {
        name.removeprefix("base_model.model."): m.get_delta_weight("default").detach() for name, m in layers.items()
    }


def logits(model_folder: Path, adapter: Path) -> torch.Tensor:
    model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(model_folder), adapter)
    return model.eval()(torch.arange(2, 30)[None]).logits.detach()


def draw_factors(chance: torch.Generator, rows: int, columns: int, *, rank: int) -> Factors:
    a, b = (torch.randn(*shape, generator=chance, dtype=torch.float64) for shape in ((rank, columns), (rows, rank)))
    return Factors(a, b)


@pytest.fixture(scope="module")
def members(tiny_model: Path, tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("members")
    return [
        random_adapter(tiny_model, folder / "plain", seed=1),
        random_adapter(tiny_model, folder / "rank6", seed=2, r=6, lora_alpha=3),
        random_adapter(tiny_model, folder / "rslora", seed=3, use_rslora=True, alpha_pattern={"q_proj": 2}),
        random_adapter(tiny_model, folder / "patterns", seed=4, rank_pattern={r"layers\.0\..*_proj": 3}),
    ]


def test_factors_are_what_peft_adds_to_the_weights(tiny_model: Path, members: list[Path]):
    for member in members:
        deltas = peft_deltas(tiny_model, member)
        factors = read_factors(member)
        assert factors.keys() == deltas.keys()
        for name, delta in deltas.items():
            assert torch.allclose(factors[name].dense().float(), delta, atol=1e-6)


def test_a_merged_adapter_in_peft_is_the_weighted_sum_of_its_members(tiny_model: Path, members, tmp_path: Path):
    weights = [0.4, 0.3, 0.2, 0.1]
    adapters = [read_factors(member) for member in members]
    merged = merge(adapters, weights, rank=None, scale=1.0)
    write_factors(merged.adapter, tmp_path / "merged", like=members[0], identity=IDENTITY)
    found = peft_deltas(tiny_model, tmp_path / "merged")
    parts = [peft_deltas(tiny_model, member) for member in members]
    for name, delta in found.items():
        expected = sum(weight * part[name] for weight, part in zip(weights, parts, strict=True))
        assert (delta - expected).norm() / expected.norm() < 1e-5
    assert relative_error(read_factors(tmp_path / "merged"), adapters, weights) < 1e-5
    check_adapter(tmp_path / "merged", base_fingerprint="abc")


def test_one_member_and_three_copies_of_it_merge_to_the_member(tiny_model: Path, members, tmp_path: Path):
    member = read_factors(members[0])
    for copies in (1, 3):
        merged = merge([member] * copies, [1 / copies] * copies, rank=4, scale=1.0)
        write_factors(merged.adapter, tmp_path / str(copies), like=members[0], identity=IDENTITY)
        difference = (logits(tiny_model, tmp_path / str(copies)) - logits(tiny_model, members[0])).abs().max()
        assert difference < 1e-5
        assert merged.energy_kept == pytest.approx(1.0, abs=1e-9)


def test_a_merge_that_will_be_trained_is_written_with_the_scaling_of_its_members(tiny_model, members, tmp_path: Path):
    for number, scale in ((0, 8 / 4), (2, 8 / 2)):
        factors = read_factors(members[number])
        assert usual_scaling(members[number]) == scale
        folder = tmp_path / str(number)
        write_factors(factors, folder, like=members[number], identity=IDENTITY, scaling=scale)
        assert usual_scaling(folder) == pytest.approx(scale)
        assert relative_error(read_factors(folder), [factors], [1.0]) < 1e-6
        difference = (logits(tiny_model, folder) - logits(tiny_model, members[number])).abs().max()
        assert difference < 1e-5
        name = "base_model.model.model.layers.0.mlp.down_proj.lora_B.weight"
        written, trained = (load_file(one / "adapter_model.safetensors")[name] for one in (folder, members[number]))
        assert torch.allclose(written, trained, atol=1e-6)


def test_reloaded_from_disk_a_merge_gives_the_logits_of_the_summed_deltas(tiny_model: Path, members, tmp_path: Path):
    adapters = [read_factors(member) for member in members]
    merged = merge(adapters, [1 / 4] * 4, rank=None, scale=1.0)
    write_factors(merged.adapter, tmp_path / "merged", like=members[2], identity=IDENTITY)
    model = AutoModelForCausalLM.from_pretrained(tiny_model).eval()
    with torch.no_grad():
        for name, factors in merged.adapter.items():
            model.get_submodule(name).weight += factors.dense().float()
        expected = model(torch.arange(2, 30)[None]).logits
    assert torch.allclose(logits(tiny_model, tmp_path / "merged"), expected, atol=1e-5)


def test_truncation_is_the_best_approximation_and_tells_the_energy_it_keeps():
    chance = torch.Generator().manual_seed(1)
    factors = draw_factors(chance, 30, 40, rank=6)
    cut, kept = truncate(factors, 3)
    values = torch.linalg.svdvals(factors.dense())
    assert cut.rank == 3
    assert kept == pytest.approx(float(values[:3].square().sum() / values.square().sum()), rel=1e-9)
    assert float((factors.dense() - cut.dense()).norm()) == pytest.approx(float(values[3:].norm()), rel=1e-9)


def test_averaging_a_and_b_apart_would_be_wrong_and_is_not_what_we_do():
    chance = torch.Generator().manual_seed(1)
    first, second = (draw_factors(chance, 9, 8, rank=2) for _ in range(2))
    mean = (first.dense() + second.dense()) / 2
    apart = ((first.b + second.b) / 2) @ ((first.a + second.a) / 2)
    assert float((weighted_sum([first, second], [0.5, 0.5]).dense() - mean).norm()) < 1e-12
    assert float((apart - mean).norm() / mean.norm()) > 0.3


def test_cosines_and_norms_are_those_of_the_dense_deltas(members: list[Path]):
    adapters = [read_factors(member) for member in members]
    dense = [torch.cat([adapter[name].dense().flatten() for name in sorted(adapter)]) for adapter in adapters]
    table = cosines(adapters)
    for i in range(3):
        assert norm(adapters[i]) == pytest.approx(float(dense[i].norm()), rel=1e-9)
        for j in range(3):
            expected = float(dense[i] @ dense[j] / dense[i].norm() / dense[j].norm())
            assert table[i][j] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"use_dora": True}, "DoRA"),
        ({"lora_bias": True}, "lora_bias"),
        ({"init_lora_weights": "olora"}, "olora"),
        ({"init_lora_weights": "pissa"}, "pissa"),
        ({"modules_to_save": ["lm_head"]}, "modules_to_save"),
        ({"trainable_token_indices": [3]}, "trainable_token_indices"),
    ],
)
def test_what_is_no_sum_of_deltas_is_refused_by_name(tiny_model: Path, tmp_path: Path, settings: dict, word: str):
    random_adapter(tiny_model, tmp_path / "odd", seed=1, **settings)
    with pytest.raises(AdapterError, match=word):
        read_factors(tmp_path / "odd")


def test_a_scale_of_half_halves_the_norm(members: list[Path]):
    adapters = [read_factors(member) for member in members]
    whole, half = (merge(adapters, [1 / 4] * 4, rank=None, scale=s).adapter for s in (1.0, 0.5))
    assert math.isclose(norm(half), norm(whole) / 2, rel_tol=1e-9)
