"""BIRD's measures agree with the official verdicts on real predictions, and with hand-made cases."""

import csv
import json
import sqlite3
from contextlib import closing

import pytest

from oraclecoder.database.execute import Executor, Limits, Reason
from oraclecoder.judge.bird import (
    Efficiency,
    Pair,
    bird_agree,
    efficiency,
    explain_rows,
    r_ves,
    soft_f1,
    time_pairs,
    typical,
    ves,
)

LIMITS = Limits(max_steps=400_000_000, max_seconds=30, max_rows=200_000, max_bytes=64_000_000, max_memory=10**9)


def test_real_predictions_get_the_official_verdict_on_every_item(shared_data):
    examples = json.loads((shared_data / "bird/mini_dev_sqlite.json").read_text())
    given = json.loads((shared_data / "predictions/bird_superhero/gpt4.json").read_text())
    with (shared_data / "predictions/bird_superhero/gpt4.verdicts.tsv").open() as file:
        official = list(csv.DictReader(file, delimiter="\t"))
    path = shared_data / "bird/dev_databases/superhero/superhero.sqlite"
    with Executor(LIMITS, workers=2) as executor:
        golds = executor.run_many([(path, examples[int(row["index"])]["SQL"]) for row in official])
        outcomes = executor.run_many([(path, given[row["index"]].split("\t-----")[0]) for row in official])
    assert len(official) == 52
    for row, gold, outcome in zip(official, golds, outcomes, strict=True):
        agree = outcome.rows is not None and bird_agree(gold.rows, outcome.rows)
        score = soft_f1(gold.rows, outcome.rows) if outcome.rows is not None else 0.0
        assert int(agree) == int(row["ex"]), row
        assert score == pytest.approx(float(row["soft_f1"]), abs=1e-6), row


@pytest.mark.parametrize(
    ("gold", "predicted", "agree"),
    [
        ([(1,), (2,)], [(2,), (1,), (1,)], True),
        ([(1, 2)], [(2, 1)], False),
        ([(1,)], [(1.0,)], True),
        ([(1,)], [("1",)], False),
        ([], [], True),
        ([], [(None,)], False),
    ],
)
def test_sets_of_rows_are_compared(gold, predicted, agree):
    assert bird_agree(gold, predicted) is agree


@pytest.mark.parametrize(
    ("gold", "predicted", "score"),
    [
        ([], [], 1.0),
        ([], [(1,)], 0.0),
        ([(1,)], [], 0.0),
        ([(1,), (2,)], [(2,), (1,)], 0.0),
        ([(1, 2)], [(2, 1)], 1.0),
        ([(1,)], [(1, 1, 1)], 1.0),
        ([(1,), (1,)], [(1,)], 1.0),
        ([(1, 2)], [(1,)], 2 / 3),
        ([(1,), (2,)], [(1,)], 2 / 3),
        ([(1, 2), (3, 4)], [(1, 5), (3, 4)], 0.75),
    ],
)
def test_soft_f1_pairs_rows_by_place_and_values_by_presence(gold, predicted, score):
    assert soft_f1(gold, predicted) == pytest.approx(score)


def test_a_disagreement_is_explained():
    assert explain_rows([(1, 2)], [(1,)]) is Reason.wrong_columns
    assert explain_rows([(1, "a")], [("a", 1)]) is Reason.wrong_columns
    assert explain_rows([(1,)], [(2,)]) is Reason.wrong_rows
    assert explain_rows([(1,)], []) is Reason.wrong_rows


@pytest.mark.parametrize(
    ("ratio", "score"), [(0, 0), (0.1, 50), (0.25, 50**0.5 * 10), (0.5, 75**0.5 * 10), (1, 100), (2, 125**0.5 * 10)]
)
def test_rewards_of_r_ves(ratio, score):
    assert r_ves(ratio) == pytest.approx(score)


def test_ves_is_the_root_of_the_ratio():
    assert ves(0.25) == 50
    assert ves(4) == 200


def test_outliers_beyond_three_deviations_are_left_out():
    assert typical([1.0, 1.1] * 50 + [1000.0]) == pytest.approx(1.05)


def test_equal_ratios_score_nothing_as_in_the_official_filter():
    assert typical([1.0] * 10) == 0.0


def test_the_spread_over_repeats_is_reported():
    assert Efficiency.over([1.0, 2.0, 3.0]) == Efficiency(2.0, 1.0, 1.0, 3.0)
    assert Efficiency.over([5.0]) == Efficiency(5.0, 0.0, 5.0, 5.0)


@pytest.fixture
def numbers(tmp_path):
    path = tmp_path / "numbers.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE n (i INTEGER)")
        connection.executemany("INSERT INTO n VALUES (?)", [(i,) for i in range(2000)])
        connection.commit()
    return path


def test_a_faster_prediction_has_a_ratio_above_one(numbers):
    slow = "SELECT max(a.i) FROM n a, (SELECT i FROM n LIMIT 20) b"
    fast = "SELECT max(i) FROM n"
    with Executor(LIMITS, workers=1) as executor:
        first, reverse = time_pairs([Pair(numbers, slow, fast), Pair(numbers, fast, slow)], executor, num_runs=20)
    assert min(first) > 2
    assert max(reverse) < 0.5


def test_efficiency_counts_wrong_predictions_as_nothing_by_difficulty(numbers):
    pair = Pair(numbers, "SELECT sum(i) FROM n", "SELECT total(i) FROM n")
    with Executor(LIMITS, workers=1) as executor:
        scores = efficiency([("simple", pair), ("moderate", None)], executor, repeats=3, num_runs=10)
    assert set(scores) == {"all", "simple", "moderate"}
    assert scores["moderate"]["r_ves"] == Efficiency(0.0, 0.0, 0.0, 0.0)
    assert scores["all"]["r_ves"].mean == pytest.approx(scores["simple"]["r_ves"].mean / 2)
    assert scores["simple"]["ves"].lowest <= scores["simple"]["ves"].mean <= scores["simple"]["ves"].highest
