"""The checks after a merge pass a sound one, and each sees what it is there for."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from oraclecoder.config import Attention, DType, MergeMethod, ModelConfig, PromptFormat, Quantization
from oraclecoder.ensemble.methods import merge
from oraclecoder.ensemble.sanity import check_deltas, check_served, path_losses
from oraclecoder.model.adapter_files import PEFT_CONFIG, AdapterIdentity
from oraclecoder.model.base import Base, load_base
from oraclecoder.model.factors import Adapter, Factors, applied_factors, merged_factors, write_factors
from oraclecoder.records import write_json

TARGETS = ("q_proj", "v_proj", "down_proj")
IDS = torch.arange(2, 34).reshape(2, 16)


def load(folder: Path, quantization: Quantization) -> Base:
    return load_base(
        ModelConfig(
            name=str(folder),
            revision=None,
            max_length=512,
            quantization=quantization,
            compute_dtype=DType.float32,
            attention=Attention.sdpa,
            prompt_format=PromptFormat.plain,
            trust_remote_code=False,
        ),
        device="cpu",
    )


@pytest.fixture(scope="module")
def base(tiny_model: Path) -> Base:
    return load(tiny_model, Quantization.none)


@pytest.fixture(scope="module")
def members(base: Base) -> list[Adapter]:
    """Two adapters of ranks 2 and 5 that share a start, the best first."""

    def draw(seed: int, rank: int) -> Adapter:
        factors = {}
        for name, module in base.model.named_modules():
            if name.endswith(TARGETS):
                first = torch.Generator().manual_seed(len(name))
                other = torch.Generator().manual_seed(len(name) + seed)
                shapes = (2, module.in_features), (module.out_features, 2)
                a, b = (0.1 * torch.randn(*shape, generator=first, dtype=torch.float64) for shape in shapes)
                extra = (rank - 2, module.in_features), (module.out_features, rank - 2)
                c, d = (0.05 * torch.randn(*shape, generator=other, dtype=torch.float64) for shape in extra)
                factors[name] = Factors(torch.cat([a, c]), torch.cat([b, d], dim=1))
        return factors

    return [draw(1, 2), draw(2, 5)]


@pytest.fixture(scope="module")
def like(tmp_path_factory) -> Path:
    """The settings of a member that was trained in another way than a merge is written."""
    folder = tmp_path_factory.mktemp("like")
    settings = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": 2, "lora_alpha": 64, "use_rslora": True}
    write_json(folder / PEFT_CONFIG, settings | {"lora_dropout": 0.1, "target_modules": list(TARGETS)})
    return folder


def logits(model) -> torch.Tensor:
    with torch.no_grad():
        return model(input_ids=IDS).logits


def test_factors_of_any_rank_stand_on_a_base_for_a_while(base, members, like):
    alone = logits(base.model)
    chance = torch.get_rng_state()
    for member in members:
        with merged_factors(base, member) as inside:
            expected = logits(inside)
        with applied_factors(base, member, like=like) as model:
            assert not model.training
            assert torch.allclose(logits(model), expected, atol=1e-5)
        assert float((expected - alone).abs().max()) > 0.01
    assert torch.equal(logits(base.model), alone)
    assert torch.equal(torch.get_rng_state(), chance)


def test_an_embedding_is_merged_as_peft_adds_it(base, like):
    chance = torch.Generator().manual_seed(0)

    def draw(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=chance, dtype=torch.float64)

    words, width = base.model.get_input_embeddings().weight.shape
    adapter = {"model.embed_tokens:embedding": Factors(0.1 * draw(2, words), draw(width, 2))}
    with applied_factors(base, adapter, like=like) as model:
        beside = logits(model)
    with merged_factors(base, adapter) as model:
        assert torch.allclose(logits(model), beside, atol=1e-5)


def test_a_sound_merge_passes_every_check_of_its_deltas(members):
    merged = merge(members, [0.5, 0.5]).adapter
    checks = check_deltas(merged, members, [0.5, 0.5], alone=members[0], method=MergeMethod.average)
    assert checks.identity_error < 1e-12
    assert checks.delta_error < 1e-12
    assert 0.5 < checks.norm_ratio < 1.0
    assert checks.cosines[1][0] > 0.3
    assert not [line for line in checks.lines() if line.startswith("warning")]


def test_each_fault_of_a_merge_is_warned_of(members):
    def warnings(adapter: Adapter, of=members, alone: Adapter | None = None) -> str:
        checks = check_deltas(adapter, of, [0.5, 0.5], alone=alone or of[0], method=MergeMethod.average)
        return "\n".join(line for line in checks.lines() if line.startswith("warning"))

    merged = merge(members, [0.5, 0.5]).adapter
    assert "warning: norm 2." in warnings({name: replace(f, b=3 * f.b) for name, f in merged.items()})
    name, first = next(iter(merged.items()))
    assert "not finite" in warnings(merged | {name: replace(first, b=first.b * torch.nan)})
    opposed = {name: replace(f, b=-f.b) for name, f in members[0].items()}
    assert "lowest cosine -1.00" in warnings(merged, of=[members[0], opposed])
    assert "delta error 1.0e-01" in warnings({name: replace(f, b=1.1 * f.b) for name, f in merged.items()})
    assert "delta error" in warnings({other: f for other, f in merged.items() if other != name})
    assert "identity merge differs from the member" in warnings(merged, alone=members[1])


def test_members_that_learnt_nothing_have_no_norm_to_compare_with(members):
    nothing = {name: replace(f, b=0 * f.b) for name, f in members[0].items()}
    checks = check_deltas(nothing, [nothing, nothing], [0.5, 0.5], alone=nothing, method=MergeMethod.average)
    assert checks.norm_ratio == 0.0


def test_the_way_from_the_best_member_to_the_merge_starts_and_ends_there(members):
    merged = merge(members, [0.5, 0.5]).adapter
    name = next(iter(merged))
    found = path_losses(members[0], merged, lambda adapter: float(adapter[name].dense().sum()))
    ends = [float(adapter[name].dense().sum()) for adapter in (members[0], merged)]
    assert (found[0], found[4]) == pytest.approx(ends)
    assert found[2] == pytest.approx(sum(ends) / 2)


@pytest.mark.parametrize("quantization", [Quantization.none, Quantization.nf4])
def test_a_merge_is_served_as_it_was_made_beside_the_base_and_inside_it(
    tiny_model, members, like, tmp_path, quantization
):
    base = load(tiny_model, quantization)
    merged = merge(members, [0.5, 0.5]).adapter
    folder = tmp_path / "merged"
    write_factors(merged, folder, like=like, identity=AdapterIdentity("tiny", base.fingerprint, "sql_generation", "1"))

    def loss(adapter: Adapter) -> float:
        with applied_factors(base, adapter, like=like) as model:
            return float(logits(model).square().mean())

    checks = check_served(base, merged, folder, best=members[0], loss=loss, token_ids=IDS)
    assert checks.reload_difference < 1e-6
    assert checks.merged_difference < 0.01
    assert len(set(checks.path_losses)) == 5
    write_factors(members[1], folder, like=like, identity=AdapterIdentity("tiny", base.fingerprint, "", "1"))
    other = check_served(base, merged, folder, best=members[0], loss=loss, token_ids=IDS)
    assert "warning: reloaded logits" in "\n".join(other.lines())
