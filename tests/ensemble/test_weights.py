"""Weights are chosen by a score that is handed in, and no choice is worse than where it began."""

import math

import pytest

from oraclecoder.ensemble.weights import greedy_soup, search, softmax, uniform


def test_weights_sum_to_one_and_softmax_prefers_the_better():
    assert uniform(4) == [0.25] * 4
    weights = softmax([0.4, 0.5, 0.3], 0.1)
    assert sum(weights) == pytest.approx(1)
    assert weights[1] / weights[0] == pytest.approx(math.e)
    assert softmax([0.0, 1000.0], 0.1) == pytest.approx([0, 1])


def test_greedy_soup_starts_at_the_best_and_takes_who_does_no_harm():
    tried = []

    def loss(weights):
        tried.append([round(weight, 2) for weight in weights])
        return 2.0 if weights[0] > 0 else 1.0

    assert greedy_soup([0.1, 0.9, 0.5], loss) == [0.0, 0.5, 0.5]
    assert tried == [[0, 1, 0], [0, 0.5, 0.5], [0.33, 0.33, 0.33]]


def test_a_member_that_makes_the_loss_nan_is_left_out():
    assert greedy_soup([0.9, 0.5], lambda weights: math.nan if weights[1] else 1.0) == [1.0, 0.0]


def test_the_search_finds_weights_and_scale_of_a_smooth_loss():
    goal = [0.9, 0.0, 0.3]
    evaluations = []

    def loss(coefficients):
        evaluations.append(coefficients)
        return sum((c - g) ** 2 for c, g in zip(coefficients, goal, strict=True))

    weights, scale = search([1 / 3] * 3, loss, max_evaluations=150)
    assert len(evaluations) <= 150
    assert scale == pytest.approx(1.2, abs=0.01)
    assert weights == pytest.approx([0.75, 0.0, 0.25], abs=0.01)
    assert all(value >= 0 for row in evaluations for value in row)


def test_the_search_is_never_worse_than_its_start_and_survives_a_loss_of_nan():
    weights, scale = search([0.5, 0.5], lambda c: 1.0 if c == [0.5, 0.5] else math.nan, max_evaluations=20)
    assert (weights, scale) == ([0.5, 0.5], 1.0)


def test_the_search_asks_for_no_merge_of_nothing():
    asked = []
    _, scale = search([0.5, 0.5], lambda c: asked.append(c) or sum(c), max_evaluations=200)
    assert all(any(coefficients) for coefficients in asked)
    assert 0 < scale < 0.5
