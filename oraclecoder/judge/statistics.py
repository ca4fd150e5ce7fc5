"""How far a rate can be trusted, and whether two systems differ: bootstrap, McNemar, Holm."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Draws are made a slice at a time, so that memory stays at a few megabytes whatever the number of items.
DRAWS_AT_A_TIME = 2_000_000


FEWEST_UNITS = 5
"""Of which a bootstrap is taken: of 4 databases 85 %, of 2 half of its intervals hold the truth (nominally 95)."""


@dataclass(frozen=True)
class Interval:
    """A mean with the ends of its interval; `clustered` says that its units are whole databases."""

    mean: float
    low: float
    high: float
    n: int
    confidence: float
    clustered: bool


@dataclass(frozen=True)
class McNemar:
    """Discordant pairs and the exact two-sided p-value that both systems are equally often right."""

    only_first: int
    only_second: int
    p_value: float


@dataclass(frozen=True)
class Detectable:
    """The smallest difference in rate that would have been significant, and the chance to see a true one of that size.

    `difference` is None if not even all discordant pairs on one side would have done.
    """

    difference: float | None
    num_discordant: int
    alpha: float
    power: float | None


def bootstrap_interval(
    values: Sequence[float],
    clusters: Sequence[Hashable] | None = None,
    *,
    confidence: float = 0.95,
    num_resamples: int = 10_000,
    seed: int = 0,
) -> Interval:
    """Mean of values with its expanded percentile interval; for a rate the values are 0 and 1.

    Where `clusters` (the database of each value) has at least two names, whole clusters are drawn. Plain percentiles of
    few units are too near each other (of five about 85 % of intervals hold the truth, not 95); these are as far out as
    Student's t (Hesterberg, arXiv 1411.5279). Under five units no bootstrap mean lies that far out, and Student's t
    over the clusters takes its place; where all values are 0 or all are 1, Clopper and Pearson's interval does. The
    same seed gives the same interval. An empty list gives NaN.
    """
    numbers = np.asarray(values, dtype=np.float64)
    sums, counts, clustered = cluster_sums(numbers, clusters)
    if not len(numbers):
        return Interval(float("nan"), float("nan"), float("nan"), 0, confidence, False)
    if set(values) in ({0.0}, {1.0}):
        low, high = exact_ends(int(numbers.sum()), len(numbers), confidence)
    elif clustered and len(sums) < FEWEST_UNITS:
        low, high = student_ends(sums, counts, confidence, inside=(-1.0 if numbers.min() < 0 else 0.0, 1.0))
    else:
        means = resampled_means(sums, counts, num_resamples=num_resamples, seed=seed)
        outside = tail(confidence, len(sums))
        low, high = np.quantile(means, [outside, 1 - outside])
    return Interval(float(numbers.mean()), float(low), float(high), len(numbers), confidence, clustered)


def exact_ends(num_right: int, n: int, confidence: float) -> tuple[float, float]:
    """Clopper and Pearson's interval (1934) of a rate of which every one of n values is alike, taken as independent."""
    outside = ((1 - confidence) / 2) ** (1 / n)
    return (0.0, 1 - outside) if num_right == 0 else (outside, 1.0)


def student_ends(
    sums: Floats, counts: Floats, confidence: float, *, inside: tuple[float, float]
) -> tuple[float, float]:
    """Student's t interval of a mean over few clusters of unequal size, cut to where a mean can lie."""
    from scipy.special import stdtrit

    num, mean = len(sums), sums.sum() / counts.sum()
    error = np.sqrt(num / (num - 1) * ((sums - mean * counts) ** 2).sum()) / counts.sum()
    half = -stdtrit(num - 1, (1 - confidence) / 2) * error
    return float(max(inside[0], mean - half)), float(min(inside[1], mean + half))


def tail(confidence: float, num_units: int) -> float:
    """The share of bootstrap means that lies beyond each end of an interval over so many units."""
    from scipy.special import ndtr, stdtrit

    freedom = max(1, num_units - 1)
    return float(ndtr(stdtrit(freedom, (1 - confidence) / 2) * np.sqrt((freedom + 1) / freedom)))


def cluster_sums(values: Floats, clusters: Sequence[Hashable] | None) -> tuple[Floats, Floats, bool]:
    """Sum and number of values in each unit that is drawn: a cluster where there are several, a value otherwise."""
    names: dict[Any, int] = {}
    units = [names.setdefault(name, len(names)) for name in clusters] if clusters is not None else []
    if len(names) < 2:
        return values, np.ones_like(values), False
    members = np.asarray(units)
    sums = np.bincount(members, weights=values).astype(np.float64)
    return sums, np.bincount(members).astype(np.float64), True


def resampled_means(sums: Floats, counts: Floats, *, num_resamples: int, seed: int) -> Floats:
    """Means of `num_resamples` samples of as many units, drawn with replacement; shape (num_resamples,)."""
    generator = np.random.default_rng(seed)
    num_units = len(sums)
    slices = []
    remaining = num_resamples
    while remaining > 0:
        num = min(remaining, max(1, DRAWS_AT_A_TIME // num_units))
        drawn = generator.integers(0, num_units, size=(num, num_units))
        slices.append(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1))
        remaining -= num
    return np.concatenate(slices)


def paired_interval(
    first: Sequence[float],
    second: Sequence[float],
    clusters: Sequence[Hashable] | None = None,
    *,
    confidence: float = 0.95,
    num_resamples: int = 10_000,
    seed: int = 0,
) -> Interval:
    """Mean of second - first over the same items with its (clustered) bootstrap interval, 0 to 0 if none differs."""
    differences = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    if len(differences) and not differences.any():
        return Interval(0.0, 0.0, 0.0, len(differences), confidence, len(set(clusters or ())) > 1)
    return bootstrap_interval(
        differences.tolist(), clusters, confidence=confidence, num_resamples=num_resamples, seed=seed
    )


def mcnemar(first: Sequence[float], second: Sequence[float]) -> McNemar:
    """McNemar's exact test on two lists of 0 and 1 over the same items."""
    only_first = sum(a > b for a, b in zip(first, second, strict=True))
    only_second = sum(b > a for a, b in zip(first, second, strict=True))
    return McNemar(only_first, only_second, two_sided(min(only_first, only_second), only_first + only_second))


def two_sided(fewer: int, total: int) -> float:
    """Probability that a fair coin thrown `total` times falls at least as unevenly."""
    # Imported here as it takes a second, which a command that compares nothing need not wait for.
    from scipy.stats import binom

    return min(1.0, 2 * float(binom.cdf(fewer, total, 0.5))) if total else 1.0


def detectable_difference(num_discordant: int, n: int, *, alpha: float = 0.05) -> Detectable:
    """The smallest difference of n paired verdicts that McNemar's test would have called significant.

    The number of discordant pairs is taken as observed. `power` is the chance of significance if the true difference
    is just as large.
    """
    from scipy.stats import binom

    ks = np.arange(num_discordant // 2 + 1)
    significant = ks[2 * binom.cdf(ks, num_discordant, 0.5) <= alpha] if num_discordant and n else ks[:0]
    if not len(significant):
        return Detectable(None, num_discordant, alpha, None)
    fewer = int(significant[-1])
    rate = fewer / num_discordant
    power = float(binom.cdf(fewer, num_discordant, rate) + binom.sf(num_discordant - fewer - 1, num_discordant, rate))
    return Detectable((num_discordant - 2 * fewer) / n, num_discordant, alpha, power)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down correction: adjusted p-values in the order given (Holm 1979)."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted = [0.0] * len(p_values)
    running = 0.0
    for rank, index in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = running
    return adjusted
