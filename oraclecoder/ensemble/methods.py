"""How members become one adapter: each method one plain function, and one row in the table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from oraclecoder.config import MergeMethod
from oraclecoder.ensemble.lowrank import truncate, weighted_sum
from oraclecoder.model.factors import Adapter, Factors


@dataclass(frozen=True)
class Merged:
    """One adapter, and the share of energy that it keeps of the untruncated merge."""

    adapter: dict[str, Factors]
    energy_kept: float


def average(members: Sequence[Adapter], weights: Sequence[float], *, rank: int | None, scale: float) -> Merged:
    """The weighted sum of the deltas (Model soups, arXiv 2203.05482), times `scale`, truncated to `rank` if given.

    Modules that a member lacks count as zero in it. At rank None the sum is exact.
    """
    adapter, kept = {}, []
    for module in sorted({name for member in members for name in member}):
        present = [(m[module], scale * w) for m, w in zip(members, weights, strict=True) if module in m]
        factors = weighted_sum([m for m, _ in present], [w for _, w in present])
        if rank is not None and rank < factors.rank:
            factors, share = truncate(factors, rank)
            kept.append(share)
        adapter[module] = factors
    return Merged(adapter, sum(kept) / len(kept) if kept else 1.0)


Method = Callable[..., Merged]
METHODS: dict[MergeMethod, Method] = {MergeMethod.average: average}
