"""How members are weighted. A loss is handed in: of the merge with these coefficients, lower is better."""

import math
from collections.abc import Callable, Sequence

from scipy.optimize import minimize

Loss = Callable[[Sequence[float]], float]


def uniform(count: int) -> list[float]:
    """The same weight for all."""
    return [1 / count] * count


def softmax(scores: Sequence[float], temperature: float) -> list[float]:
    """Weights by the members' scores: the better ones weigh more, the more so the lower the temperature."""
    powers = [math.exp((score - max(scores)) / temperature) for score in scores]
    return [power / sum(powers) for power in powers]


def greedy_soup(scores: Sequence[float], loss: Loss) -> list[float]:
    """Greedy soup (arXiv 2203.05482): from the best score on, a member joins if the average is not worse with it."""
    best_first = sorted(range(len(scores)), key=lambda member: -scores[member])
    chosen = best_first[:1]
    lowest = loss(_shared(chosen, len(scores)))
    for member in best_first[1:]:
        found = loss(_shared([*chosen, member], len(scores)))
        if found <= lowest:
            chosen, lowest = [*chosen, member], found
    return _shared(chosen, len(scores))


def _shared(chosen: Sequence[int], count: int) -> list[float]:
    return [1 / len(chosen) if member in chosen else 0.0 for member in range(count)]


def search(start: Sequence[float], loss: Loss, *, max_evaluations: int) -> tuple[list[float], float]:
    """Weights that sum to one and a global scale, by Nelder and Mead from `start`; never worse than the start.

    One coefficient a member is searched, scale times weight, none below zero. Nothing but zeros, which is no merge, and
    a loss that is not finite are refused.
    """

    def finite(coefficients: Sequence[float]) -> float:
        value = loss([float(coefficient) for coefficient in coefficients]) if any(coefficients) else math.inf
        return value if math.isfinite(value) else math.inf

    step = 0.5 * sum(start) / len(start)
    corners = [[value + step * (row == column) for column, value in enumerate(start)] for row in range(-1, len(start))]
    found = minimize(
        finite,
        corners[0],
        method="Nelder-Mead",
        bounds=[(0.0, None)] * len(start),
        options={"maxfev": max_evaluations, "xatol": 1e-3, "fatol": 1e-5, "initial_simplex": corners},
    )
    scale = float(found.x.sum())
    return [float(value) / scale for value in found.x], scale
