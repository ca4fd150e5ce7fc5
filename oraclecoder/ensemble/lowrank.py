"""Exact algebra on low-rank deltas B·A, in fp64 and never dense: a 7B model's adapters take seconds."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from oraclecoder.model.factors import Adapter, Factors


def weighted_sum(members: Sequence[Factors], weights: Sequence[float]) -> Factors:
    """The factors of sum w_i B_i A_i, exact at the summed rank: B side by side, A on top of each other."""
    pairs = list(zip(members, weights, strict=True))
    return Factors(torch.cat([m.a for m, _ in pairs]), torch.cat([weight * m.b for m, weight in pairs], dim=1))


def truncate(factors: Factors, rank: int) -> tuple[Factors, float]:
    """The best approximation of the delta at this rank (Eckart-Young), and the share of its energy that it keeps.

    QR of both sides leaves a core of the size of the rank, whose SVD is that of the delta.
    """
    left, left_core = torch.linalg.qr(factors.b)
    right, right_core = torch.linalg.qr(factors.a.T)
    u, values, v = torch.linalg.svd(left_core @ right_core.T, full_matrices=False)
    root = values[:rank].sqrt()
    energy = values.square()
    kept = float(energy[:rank].sum() / energy.sum()) if float(energy.sum()) > 0 else 1.0
    return Factors(root[:, None] * (v[:rank] @ right.T), (left @ u[:, :rank]) * root), kept


@dataclass(frozen=True)
class Cores:
    """Members in bases that they share: delta k is left · values[k] · rightᵀ, exactly; values [K, R, R']."""

    left: Tensor
    values: Tensor
    right: Tensor

    def to_factors(self, core: Tensor) -> Factors:
        """The delta that this core [R, R'] stands for."""
        return Factors(self.right.T, self.left @ core)


def shared_cores(members: Sequence[Factors]) -> Cores:
    """The members' deltas as small matrices, R at most the summed rank (Core Space, arXiv 2509.17786).

    The bases depend on the deltas alone, not on how they are factored or on the order of members.
    """
    balanced = [truncate(member, member.rank)[0] for member in members]
    left = _basis(torch.cat([member.b for member in balanced], dim=1))
    right = _basis(torch.cat([member.a for member in balanced]).T)
    return Cores(left, torch.stack([(left.T @ m.b) @ (m.a @ right) for m in balanced]), right)


def _basis(columns: Tensor) -> Tensor:
    """An orthonormal basis of what the columns span, the strongest directions first; at least one direction."""
    q, r = torch.linalg.qr(columns)
    u, values, _ = torch.linalg.svd(r)
    return q @ u[:, : max(1, int((values > 1e-9 * values[0]).sum()))]


def inner(first: Factors, second: Factors) -> float:
    """The inner product <B1·A1, B2·A2> of two deltas."""
    return float(((first.b.T @ second.b) * (first.a @ second.a.T)).sum())


def gram(members: Sequence[Adapter]) -> Tensor:
    """Inner products of whole adapters, [K, K]; a module that an adapter lacks counts as zero."""
    table = torch.zeros(len(members), len(members), dtype=torch.float64)
    for row, first in enumerate(members):
        for column, second in enumerate(members[: row + 1]):
            value = sum(inner(first[name], second[name]) for name in first.keys() & second.keys())
            table[row, column] = table[column, row] = value
    return table


def cosines(members: Sequence[Adapter]) -> list[list[float]]:
    """Pairwise cosines of whole adapters; below 0.3 they hardly share a basin and average badly."""
    table = gram(members)
    norms = table.diagonal().sqrt().clamp(min=1e-300)
    return (table / norms[:, None] / norms).tolist()


def norm(adapter: Adapter) -> float:
    """The Frobenius norm of all deltas together."""
    return sum(inner(factors, factors) for factors in adapter.values()) ** 0.5


def relative_error(found: Adapter, members: Sequence[Adapter], weights: Sequence[float]) -> float:
    """|found - sum w_i member_i| / |sum w_i member_i|, from the factors alone; a module that is lost counts whole."""
    wrong = right = 0.0
    for module in dict.fromkeys(module for member in members for module in member):
        present = [(m[module], w) for m, w in zip(members, weights, strict=True) if module in m]
        expected = weighted_sum([m for m, _ in present], [w for _, w in present])
        difference = weighted_sum([found[module], expected], [1.0, -1.0]) if module in found else expected
        # The triangular cores have the norms of the deltas, without cancellation between large inner products.
        wrong += _squared_norm(difference)
        right += _squared_norm(expected)
    return (wrong / right) ** 0.5 if right > 0 else wrong**0.5


def _squared_norm(factors: Factors) -> float:
    left = torch.linalg.qr(factors.b, mode="r").R
    right = torch.linalg.qr(factors.a.T, mode="r").R
    return float((left @ right.T).square().sum())
