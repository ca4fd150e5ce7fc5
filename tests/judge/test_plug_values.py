"""The gold's values put into a prediction, in every combination."""

import time
from itertools import islice

import pytest

from oraclecoder.judge.plug_values import plugged_predictions, split_values

CASES = {
    "SELECT Name FROM t WHERE a = 'X y' AND b > 3": (
        "select name from t where a = valuerare and b > valuerare",
        ["'X y'", "3"],
    ),
    "SELECT T1.Name FROM t AS T1 LIMIT 3.50": (
        "select t1 . name from t as t1 limit valuerare",
        ["3.50"],
    ),
    "SELECT t1.* FROM t AS t1;": ("select t1 . * from t as t1", []),
    'WHERE a IN ( 1 , "b" )': ("where a in ( valuerare , valuerare )", ['"b"', "1"]),
    "WHERE a=3 OR b = -4": ("where a = valuerare or b = valuerare", ["3", "-4"]),
    "WHERE b = c.d2 AND e = f10": ("where b = c . valuerare and e = valuerare", ["d2", "f10"]),
}


@pytest.mark.parametrize("sql", CASES)
def test_values_become_slots(sql):
    words, values = split_values(sql)
    expected, expected_values = CASES[sql]
    assert (" ".join(words), sorted(values)) == (expected, sorted(expected_values))


def test_every_combination_is_made_once():
    gold = "SELECT a FROM t WHERE a = 'X' AND b = 2"
    assert list(plugged_predictions(gold, "SELECT A FROM T WHERE a = 'q' AND b = 'r'")) == [
        "select a from t where a = 'X' and b = 'X'",
        "select a from t where a = 'X' and b = 2",
        "select a from t where a = 2 and b = 'X'",
        "select a from t where a = 2 and b = 2",
    ]


def test_a_prediction_without_slots_is_tried_in_small_letters():
    assert list(plugged_predictions("SELECT a FROM t WHERE a = 1", "SELECT A FROM T")) == ["select a from t"]


def test_a_gold_without_values_leaves_slots_unfilled():
    assert list(plugged_predictions("SELECT a FROM t", "SELECT a FROM t WHERE a = 1")) == []


@pytest.mark.parametrize("sql", ["", "   ", "\x00", "'", "(" * 5000, "'a' " * 4000, "1" * 19_000, "(" * 10**6])
def test_odd_and_long_predictions_end(sql):
    start = time.perf_counter()
    list(islice(plugged_predictions("SELECT a FROM t WHERE a = 1", sql), 10))
    assert time.perf_counter() - start < 10
