"""What is checked after every merge: the algebra from factors alone, and the model that will be served."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from oraclecoder.config import MergeMethod
from oraclecoder.ensemble.lowrank import cosines, norm, relative_error
from oraclecoder.ensemble.methods import merge
from oraclecoder.model.adapter import applied
from oraclecoder.model.base import Base
from oraclecoder.model.factors import Adapter, applied_factors, merged_factors

LOW_COSINE = 0.3
USUAL_NORMS = (0.5, 1.2)
ROUNDING = 1e-5
SMALLEST = 1e-300
KERNELS = 0.02  # what other kernels of the same weights change, with room
WAY = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class DeltaChecks:
    """Errors are relative Frobenius norms; `delta_error` is of the merge on disk to the weighted sum of the deltas.

    It is rounding where the merge `is_exact`: an average at full rank.
    `identity_error` is of the best member merged with nothing to itself, `norm_ratio` to the mean of the members.
    """

    identity_error: float
    delta_error: float
    is_exact: bool
    finite: bool
    norm_ratio: float
    cosines: list[list[float]]

    def lines(self) -> list[str]:
        """One line a check; what needs a look starts with "warning: "."""
        pairs = [value for row, values in enumerate(self.cosines) for value in values[:row]]
        low, high = USUAL_NORMS
        return [
            _line(
                f"identity merge differs from the member by {self.identity_error:.1e}", self.identity_error < ROUNDING
            ),
            _line(f"delta error {self.delta_error:.1e}", self.delta_error < (ROUNDING if self.is_exact else math.inf)),
            _line("all numbers are finite" if self.finite else "numbers are not finite", self.finite),
            _line(f"norm {self.norm_ratio:.2f} of the members'", low <= self.norm_ratio <= high),
            _line(f"lowest cosine {min(pairs, default=1.0):.2f}", min(pairs, default=1.0) >= LOW_COSINE),
        ]


@dataclass(frozen=True)
class ServedChecks:
    """`path_losses` at five points from the best member to the merge; differences are the largest of any logit.

    They are relative to the largest logit: `reload_difference` of the adapter read from disk to the one in memory,
    `merged_difference` of the deltas added to the dequantised base to the adapter beside the base as it is served.
    """

    path_losses: tuple[float, ...]
    reload_difference: float
    merged_difference: float

    def lines(self) -> list[str]:
        """One line a check; what needs a look starts with "warning: "."""
        barrier = max(self.path_losses) - max(self.path_losses[0], self.path_losses[-1])
        losses = " ".join(f"{loss:.4f}" for loss in self.path_losses)
        return [
            _line(f"losses from the best member to the merge {losses}", barrier <= 0.0),
            _line(f"reloaded logits differ by {self.reload_difference:.1e}", self.reload_difference < ROUNDING),
            _line(
                f"dequantised logits differ by {self.merged_difference:.1e}",
                self.merged_difference < KERNELS,
            ),
        ]


def _line(words: str, passed: bool) -> str:
    return words if passed else f"warning: {words}"


def check_deltas(
    merged: Adapter,
    members: Sequence[Adapter],
    weights: Sequence[float],
    *,
    alone: Adapter,
    method: MergeMethod,
    rank: int | None = None,
    scale: float = 1.0,
) -> DeltaChecks:
    """Check a merge against its members, best first; no model is needed, nor anything dense.

    `merged`, and `alone`, the best member merged with nothing, are as they were read from disk.
    """
    return DeltaChecks(
        identity_error=relative_error(alone, members[:1], [1.0]),
        delta_error=relative_error(merged, members, [scale * weight for weight in weights]),
        is_exact=method is MergeMethod.average and rank is None,
        finite=all(bool(f.a.isfinite().all() and f.b.isfinite().all()) for f in merged.values()),
        norm_ratio=norm(merged) / max(sum(map(norm, members)) / len(members), SMALLEST),
        cosines=cosines(members),
    )


def path_losses(
    best: Adapter, merged: Adapter, loss: Callable[[Adapter], float], *, ends: tuple[float, float] | None = None
) -> tuple[float, ...]:
    """The loss at five points of the straight way from the best member to the merge: a hump is a barrier.

    `ends` are the losses of the two, where they are known.
    """
    first, last = ends or (loss(best), loss(merged))
    between = [loss(merge([best, merged], [1 - way, way]).adapter) for way in WAY[1:-1]]
    return (first, *between, last)


def check_served(
    base: Base,
    merged: Adapter,
    folder: Path,
    *,
    best: Adapter,
    loss: Callable[[Adapter], float],
    token_ids: Tensor,
    ends: tuple[float, float] | None = None,
) -> ServedChecks:
    """Check a merge that was written to `folder` on the base that will serve it, with `token_ids` [n, length]."""
    with applied_factors(base, merged, like=folder) as model:
        in_memory = _logits(model, token_ids)
    with applied(base, folder) as model:
        beside = _logits(model, token_ids)
    with merged_factors(base, merged) as model:
        inside = _logits(model, token_ids)
    return ServedChecks(path_losses(best, merged, loss, ends=ends), _apart(in_memory, beside), _apart(inside, beside))


@torch.no_grad()
def _logits(model: nn.Module, token_ids: Tensor) -> Tensor:
    return model(input_ids=token_ids, use_cache=False).logits.float()


def _apart(found: Tensor, expected: Tensor) -> float:
    return float((found - expected).abs().max() / expected.abs().max())
