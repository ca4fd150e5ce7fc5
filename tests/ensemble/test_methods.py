"""Every way of merging keeps what its members agree on, whatever their ranks, order and factors."""

import pytest
import torch

from oraclecoder.config import MergeMethod
from oraclecoder.ensemble.lowrank import relative_error, shared_cores
from oraclecoder.ensemble.methods import METHODS, merge
from oraclecoder.model.factors import Factors


def adapter(seed: int, *, rank: int = 3, modules: int = 2) -> dict[str, Factors]:
    chance = torch.Generator().manual_seed(seed)
    draw = lambda *shape: torch.randn(*shape, generator=chance, dtype=torch.float64)  # noqa: E731
    return {f"layer{number}": Factors(draw(rank, 12), draw(10, rank)) for number in range(modules)}


def dense(adapter: dict[str, Factors]) -> torch.Tensor:
    return torch.cat([adapter[name].dense().flatten() for name in sorted(adapter)])


THREE = [adapter(1), adapter(2, rank=5), adapter(3, modules=1)]


def test_every_method_has_its_row():
    assert METHODS.keys() == set(MergeMethod)


@pytest.mark.parametrize("method", MergeMethod)
@pytest.mark.parametrize("weights", [[1.0], [1 / 3] * 3, [0.5, 0.3, 0.2]])
def test_identical_members_merge_to_the_member(method, weights):
    member = adapter(1)
    merged = merge([member] * len(weights), weights, method=method)
    assert relative_error(merged.adapter, [member], [1.0]) < 1e-9
    assert merged.energy_kept == pytest.approx(1.0)


def test_ties_of_identical_members_is_not_shrunk_when_it_trims():
    member = adapter(1)
    one = dense(merge([member], [1.0], method=MergeMethod.ties, density=0.2).adapter)
    three = dense(merge([member] * 3, [1 / 3] * 3, method=MergeMethod.ties, density=0.2).adapter)
    assert torch.allclose(one, three)
    assert float(one.norm()) > 0.8 * float(dense(member).norm())


def test_dare_is_the_average_in_expectation_and_the_same_for_the_same_seed():
    weights = [0.5, 0.3, 0.2]

    def drawn(seed: int) -> torch.Tensor:
        return dense(merge(THREE, weights, method=MergeMethod.dare, density=0.7, seed=seed).adapter)

    assert torch.equal(drawn(1), drawn(1))
    assert not torch.allclose(drawn(1), drawn(2))
    expected = dense(merge(THREE, weights).adapter)
    mean = sum(drawn(seed) for seed in range(100)) / 100
    assert float((mean - expected).norm() / expected.norm()) < 0.12
    whole = merge(THREE, weights, method=MergeMethod.dare, density=1.0).adapter
    assert torch.allclose(dense(whole), expected)


def test_the_average_is_the_average_with_a_module_that_one_member_lacks():
    merged = merge(THREE, [0.5, 0.3, 0.2], scale=2.0).adapter
    first, second, third = THREE
    assert merged["layer0"].rank == 11
    expected = 2 * (0.5 * first["layer1"].dense() + 0.3 * second["layer1"].dense())
    assert torch.allclose(merged["layer1"].dense(), expected)
    expected = 2 * (0.5 * first["layer0"].dense() + 0.3 * second["layer0"].dense() + 0.2 * third["layer0"].dense())
    assert torch.allclose(merged["layer0"].dense(), expected)


def test_ties_elects_a_sign_and_averages_those_who_have_it():
    rows = [[4.0, 0.0], [2.0, 0.0], [-3.0, 0.0]]
    one = torch.eye(2, dtype=torch.float64)[:1]
    members = [{"layer": Factors(torch.tensor([row], dtype=torch.float64), one.T)} for row in rows]
    merged = merge(members, [1 / 3] * 3, method=MergeMethod.ties)
    assert torch.allclose(merged.adapter["layer"].dense(), torch.tensor([[3.0, 0.0], [0.0, 0.0]]).double())


@pytest.mark.parametrize("method", [MergeMethod.ties, MergeMethod.average])
def test_a_merge_depends_on_the_deltas_not_on_their_factors_or_order(method):
    mix = torch.randn(3, 3, generator=torch.Generator().manual_seed(9), dtype=torch.float64)
    other = {name: Factors(mix.inverse() @ f.a, f.b @ mix) for name, f in THREE[0].items()}
    first = merge(THREE, [0.5, 0.3, 0.2], method=method, density=0.4).adapter
    second = merge([THREE[2], other, THREE[1]], [0.2, 0.5, 0.3], method=method, density=0.4).adapter
    assert torch.allclose(dense(first), dense(second), atol=1e-9)


@pytest.mark.parametrize("method", MergeMethod)
def test_weights_twice_as_large_and_scale_do_the_same_and_rank_is_kept(method):
    doubled = merge(THREE, [1.0, 0.6, 0.4], method=method, density=0.5, seed=3)
    scaled = merge(THREE, [0.5, 0.3, 0.2], method=method, density=0.5, seed=3, scale=2.0, rank=2)
    assert {factors.rank for factors in scaled.adapter.values()} == {2}
    cut, whole = dense(scaled.adapter), dense(doubled.adapter)
    assert scaled.energy_kept == pytest.approx(float((cut.norm() / whole.norm()) ** 2), rel=1e-9)
    assert float((whole - cut).norm() ** 2 + cut.norm() ** 2) == pytest.approx(float(whole.norm() ** 2), rel=1e-9)


@pytest.mark.parametrize("method", MergeMethod)
def test_an_untrained_member_is_a_zero(method):
    zero = {name: Factors(f.a, torch.zeros_like(f.b)) for name, f in adapter(1).items()}
    merged = merge([zero, zero], [0.5, 0.5], method=method, rank=1)
    assert float(dense(merged.adapter).norm()) == 0.0
    assert merged.energy_kept == 1.0


def test_cores_hold_the_members_exactly_in_shared_directions():
    members = [adapter["layer0"] for adapter in THREE]
    cores = shared_cores(members)
    assert cores.values.shape == (3, 10, 11)  # ranks 3 + 5 + 3, but only 10 rows
    for member, core in zip(members, cores.values, strict=True):
        assert torch.allclose(cores.to_factors(core).dense(), member.dense())
    assert shared_cores(members[:1] * 3).values.shape == (3, 3, 3)
