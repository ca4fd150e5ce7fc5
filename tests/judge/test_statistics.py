"""Intervals and tests against values that are known or worked out another way."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from oraclecoder.judge.statistics import (
    bootstrap_interval,
    detectable_difference,
    holm,
    mcnemar,
    paired_interval,
    resampled_means,
    tail,
)


def test_an_interval_of_a_rate_is_near_the_normal_one():
    interval = bootstrap_interval([1] * 700 + [0] * 300, num_resamples=4000)
    half = 1.96 * math.sqrt(0.7 * 0.3 / 1000)
    assert interval.mean == 0.7
    assert interval.low == pytest.approx(0.7 - half, abs=0.004)
    assert interval.high == pytest.approx(0.7 + half, abs=0.004)
    assert not interval.clustered


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    values = [float(i % 3 == 0) for i in range(200)]
    assert bootstrap_interval(values, seed=1) == bootstrap_interval(values, seed=1)
    assert bootstrap_interval(values, seed=1) != bootstrap_interval(values, seed=2)


def test_clusters_that_differ_widen_the_interval():
    values = [1] * 100 + [0] * 100
    clusters = [f"database {i // 20}" for i in range(200)]
    alone, together = bootstrap_interval(values), bootstrap_interval(values, clusters)
    assert together.clustered
    assert together.high - together.low > 3 * (alone.high - alone.low)


def test_one_database_is_no_clustering():
    assert not bootstrap_interval([0, 1, 1], ["a", "a", "a"]).clustered


def test_a_clustered_bootstrap_is_the_one_written_out():
    values, clusters = [1, 0, 1, 1, 0, 1, 0, 0], ["a", "a", "b", "c", "c", "c", "d", "e"]
    generator = np.random.default_rng(7)
    groups = [[1, 0], [1], [1, 0, 1], [0], [0]]
    means = [np.mean([value for i in draw for value in groups[i]]) for draw in generator.integers(0, 5, size=(500, 5))]
    interval = bootstrap_interval(values, clusters, num_resamples=500, seed=7, confidence=0.9)
    outside = norm.cdf(-2.131847 * (5 / 4) ** 0.5)  # t of four degrees of freedom at 0.05
    assert (interval.low, interval.high) == pytest.approx(tuple(np.quantile(means, [outside, 1 - outside])))


def test_intervals_of_five_databases_hold_the_truth_more_often_than_plain_percentiles():
    chance, held, plain = np.random.default_rng(0), 0, 0
    for seed in range(400):
        values = chance.normal(size=5)
        interval = bootstrap_interval(values.tolist(), list("abcde"), num_resamples=2000, seed=seed)
        held += interval.low <= 0 <= interval.high
        means = resampled_means(values, np.ones(5), num_resamples=2000, seed=seed)
        low, high = np.quantile(means, [0.025, 0.975])
        plain += low <= 0 <= high
    assert plain / 400 < 0.86
    assert held / 400 > 0.9


@pytest.mark.parametrize("num_databases", [2, 3, 4])
def test_intervals_of_fewer_databases_hold_the_truth_as_often_as_they_say(num_databases):
    chance, held = np.random.default_rng(0), 0
    for _ in range(400):
        rates = chance.normal(0.1, 0.05, size=num_databases)
        values = [rate for rate in rates for _ in range(20)]
        names = [name for name in range(num_databases) for _ in range(20)]
        interval = bootstrap_interval(values, names)
        held += interval.low <= 0.1 <= interval.high
    assert 0.92 < held / 400 < 0.98


def test_the_interval_of_few_databases_is_students_and_stays_where_a_rate_can_lie():
    interval = bootstrap_interval([0.4] * 10 + [0.5] * 10, ["a"] * 10 + ["b"] * 10, confidence=0.5)
    assert (interval.mean, interval.low, interval.high) == pytest.approx((0.45, 0.40, 0.50))  # t is 1, the error 0.05
    assert bootstrap_interval([1, 0, 1, 1], ["a", "a", "b", "b"]).high == 1
    assert bootstrap_interval([1, 0, 1, 1], ["a", "a", "b", "b"]).low == 0
    assert paired_interval([1, 0, 1, 1], [0, 0, 1, 1], ["a", "a", "b", "b"]).low == -1


def test_nothing_right_of_fifty_two_is_not_certainly_nothing():
    none = bootstrap_interval([0] * 52, ["a", "b"] * 26)
    assert (none.low, none.high) == pytest.approx((0, 1 - 0.025 ** (1 / 52)))
    assert none.high == pytest.approx(0.0685, abs=1e-4)
    assert bootstrap_interval([1]).low == pytest.approx(0.025)


def test_of_many_units_the_interval_is_the_plain_one():
    assert tail(0.95, 100_000) == pytest.approx(0.025, abs=1e-5)
    assert tail(0.95, 20) == pytest.approx(0.0159, abs=1e-4)


def test_nothing_has_no_interval():
    interval = bootstrap_interval([])
    assert interval.n == 0
    assert math.isnan(interval.mean)


def test_many_items_are_drawn_in_slices():
    interval = bootstrap_interval([1.0, 0.0] * 50_000, num_resamples=150)
    assert interval.mean == 0.5
    assert 0.49 < interval.low < 0.5 < interval.high < 0.51


def test_mcnemar_is_the_binomial_test_of_the_discordant_pairs():
    first = [1] * 12 + [0] * 3 + [1] * 50 + [0] * 35
    second = [0] * 12 + [1] * 3 + [1] * 50 + [0] * 35
    result = mcnemar(first, second)
    expected = 2 * sum(math.comb(15, k) for k in range(4)) / 2**15
    assert (result.only_first, result.only_second) == (12, 3)
    assert result.p_value == pytest.approx(expected)


def test_mcnemar_without_discordant_pairs_or_with_even_ones_finds_nothing():
    assert mcnemar([1, 0], [1, 0]).p_value == 1
    assert mcnemar([1, 0], [0, 1]).p_value == 1


def test_a_paired_interval_of_a_clear_gain_lies_above_zero():
    first = [float(i % 2) for i in range(200)]
    second = [max(value, float(i % 3 == 0)) for i, value in enumerate(first)]
    interval = paired_interval(first, second, [i % 10 for i in range(200)])
    assert interval.mean == pytest.approx(np.mean(second) - np.mean(first))
    assert interval.low > 0


def test_identical_systems_differ_by_exactly_nothing():
    interval = paired_interval([1, 0, 1], [1, 0, 1], ["a", "b", "c"])
    assert (interval.mean, interval.low, interval.high) == (0, 0, 0)


def test_the_detectable_difference_is_the_first_significant_one():
    found = detectable_difference(20, 100)
    assert found.difference == pytest.approx((20 - 2 * 5) / 100)
    assert mcnemar([1] * 15 + [0] * 5, [0] * 15 + [1] * 5).p_value <= 0.05
    assert mcnemar([1] * 14 + [0] * 6, [0] * 14 + [1] * 6).p_value > 0.05
    assert 0.5 < found.power < 0.8


def test_few_discordant_pairs_can_show_nothing():
    assert detectable_difference(5, 100).difference is None
    assert detectable_difference(6, 100).difference == pytest.approx(0.06)
    assert detectable_difference(0, 100).difference is None


def test_holm_corrects_in_the_order_of_size():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == pytest.approx([1.0, 1.0])
    assert holm([]) == []
