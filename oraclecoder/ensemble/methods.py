"""How members become one adapter: each method one plain function on a module's deltas, and one row in the table.

TIES and DARE look at single numbers, of which a dense delta has millions. They are applied to the members' cores
(Core Space, arXiv 2509.17786) instead, where the members lose nothing, the result has at most the summed rank, and no
module costs more memory than its factors.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from oraclecoder.config import MergeMethod
from oraclecoder.ensemble.lowrank import norm, shared_cores, truncate, weighted_sum
from oraclecoder.model.factors import Adapter, Factors


@dataclass(frozen=True)
class Merged:
    """One adapter, and the share of energy that it keeps of the untruncated merge."""

    adapter: dict[str, Factors]
    energy_kept: float


def merge(
    members: Sequence[Adapter],
    weights: Sequence[float],
    *,
    method: MergeMethod = MergeMethod.average,
    rank: int | None = None,
    scale: float = 1.0,
    density: float = 1.0,
    seed: int = 0,
) -> Merged:
    """Members of any ranks as one adapter, times `scale`, truncated to `rank` if given (None: nothing is lost).

    Modules that a member lacks count as zero in it. `density` is the share of numbers that TIES and DARE keep.
    """
    chance = torch.Generator().manual_seed(seed)
    scaled = [scale * weight for weight in weights]
    whole, cut = {}, {}
    for module in sorted({name for member in members for name in member}):
        like = next(member[module] for member in members if module in member)
        nothing = Factors(like.a[:0], like.b[:, :0])
        deltas = [member.get(module, nothing) for member in members]
        own = [weight if module in member else 0.0 for member, weight in zip(members, scaled, strict=True)]
        factors = METHODS[method](deltas, own, density, chance)
        whole[module] = factors
        cut[module] = truncate(factors, rank)[0] if rank is not None and rank < factors.rank else factors
    if rank is None:
        return Merged(whole, 1.0)
    energy = norm(whole) ** 2
    return Merged(cut, norm(cut) ** 2 / energy if energy > 0 else 1.0)


def average(members: Sequence[Factors], weights: Sequence[float], density: float, chance: torch.Generator) -> Factors:
    """The weighted sum of the deltas (Model soups, arXiv 2203.05482), exact at the summed rank."""
    return weighted_sum(members, weights)


def ties(members: Sequence[Factors], weights: Sequence[float], density: float, chance: torch.Generator) -> Factors:
    """TIES (arXiv 2306.01708): keep each member's largest numbers, elect a sign, average those who have it.

    The average is over the weights of those who agree, so that members which agree are not shrunk.
    """
    cores = shared_cores(members)
    sizes = cores.values.abs().flatten(1)
    num_dropped = sizes.shape[1] - max(1, round(density * sizes.shape[1]))
    smallest = sizes.sort(dim=1).values[:, num_dropped, None, None]
    weight = cores.values.new_tensor(weights)[:, None, None]
    votes = weight * torch.where(cores.values.abs() >= smallest, cores.values, 0.0)
    agree = (votes.sign() == votes.sum(0).sign()) & (votes != 0)
    agreeing = (agree * weight.abs()).sum(0).clamp(min=1e-300)
    return cores.to_factors((agree * votes).sum(0) / agreeing * weight.abs().sum())


def dare(members: Sequence[Factors], weights: Sequence[float], density: float, chance: torch.Generator) -> Factors:
    """DARE (arXiv 2311.03099): drop numbers by chance, enlarge the rest by 1 / density, average.

    In expectation it is the average.
    """
    cores = shared_cores(members)
    kept = torch.rand(cores.values.shape, generator=chance, dtype=torch.float64) < density
    weight = cores.values.new_tensor(weights)[:, None, None]
    return cores.to_factors((weight * kept * cores.values).sum(0) / density)


Combine = Callable[[Sequence[Factors], Sequence[float], float, torch.Generator], Factors]
METHODS: dict[MergeMethod, Combine] = {
    MergeMethod.average: average,
    MergeMethod.ties: ties,
    MergeMethod.dare: dare,
}
