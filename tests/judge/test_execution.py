"""Execution accuracy on a tiny database with the official habits, and on real predictions with official verdicts."""

import csv
import json
import sqlite3
from contextlib import closing

import pytest

from oraclecoder.database.execute import Outcome, Reason
from oraclecoder.judge.execution import MAX_EXHAUSTED, judge_execution, plan_execution, suite_databases
from oraclecoder.judge.spider_statements import strip_distinct


def run(path, sql):
    """Trusted queries straight on the file."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.text_factory = lambda raw: raw.decode(errors="ignore")
        try:
            return Outcome(connection.execute(sql).fetchall())
        except (sqlite3.Error, sqlite3.Warning) as error:
            return Outcome(None, problem=str(error), reason=Reason.error)


@pytest.fixture
def towns(tmp_path):
    """A folder with two databases that differ in one row."""
    for name, people in (("towns", 5), ("other", 6)):
        with closing(sqlite3.connect(tmp_path / f"{name}.sqlite")) as connection, connection:
            connection.execute("CREATE TABLE town (name TEXT, people INT, value INT)")
            connection.executemany("INSERT INTO town VALUES (?, ?, 1)", [("Ulm", 5), ("Bath", people), ("Bath", 7)])
    (tmp_path / "notes.txt").write_text("no database")
    return suite_databases(tmp_path)


def judge(gold, predicted, databases, **flags):
    return judge_execution(plan_execution(gold, predicted, databases, **flags), run)


RIGHT = {
    "the same": ("SELECT name FROM town", "SELECT name FROM town"),
    "columns permuted": ("SELECT name, people FROM town", "SELECT people, name FROM town"),
    "order does not count": ("SELECT name FROM town", "SELECT name FROM town ORDER BY name"),
    "distinct dropped": ("SELECT name FROM town", "SELECT DISTINCT name FROM town"),
    "comparison mended": ("SELECT name FROM town WHERE people >= 5", "SELECT name FROM town WHERE people > = 5"),
    "year fixed": ("SELECT 2020 - people FROM town", "SELECT YEAR(CURDATE( )) - people FROM town"),
    "value replaced": ("SELECT name FROM town WHERE 1 = 1", "SELECT name FROM town WHERE value = value"),
    "first statement": ("SELECT name FROM town", "SELECT name FROM town; SELECT people FROM town"),
    "up to the tab": ("SELECT name FROM town", "SELECT name FROM town\ttowns"),
    "both empty": ("SELECT name FROM town WHERE 1 = 2", "SELECT name, people FROM town WHERE 1 = 2"),
}

WRONG = {
    "order counts": (
        "SELECT people FROM town ORDER BY people",
        "SELECT people FROM town ORDER BY people DESC",
        Reason.wrong_order,
    ),
    "order counts inside": (
        "SELECT people FROM town WHERE people IN (SELECT people FROM town ORDER BY people)",
        "SELECT people FROM town ORDER BY people DESC",
        Reason.wrong_order,
    ),
    "columns": ("SELECT name FROM town", "SELECT name, people FROM town", Reason.wrong_columns),
    "rows": ("SELECT name FROM town", "SELECT people FROM town", Reason.wrong_rows),
    "value in a name": ("SELECT value FROM town", "SELECT t.value FROM town AS t", Reason.error),
}


@pytest.mark.parametrize("case", RIGHT)
def test_predictions_that_return_the_same_are_right(towns, case):
    verdict = judge(*RIGHT[case], towns)
    assert (verdict.correct, verdict.reason) == (True, Reason.correct)


@pytest.mark.parametrize("case", WRONG)
def test_predictions_that_return_something_else_say_what(towns, case):
    *queries, reason = WRONG[case]
    verdict = judge(*queries, towns)
    assert (verdict.correct, verdict.reason) == (False, reason)


def test_distinct_is_kept_if_asked_for(towns):
    assert judge("SELECT name FROM town", "SELECT DISTINCT name FROM town", towns, keep_distinct=True).correct is False


def test_all_databases_of_a_suite_must_agree(towns):
    gold, predicted = "SELECT name FROM town WHERE people = 5", "SELECT name FROM town WHERE people < 7"
    first, second = towns
    assert (first.name, second.name) == ("other.sqlite", "towns.sqlite")
    assert judge(gold, predicted, (second,)).correct is True
    verdict = judge(gold, predicted, towns)
    assert (verdict.correct, verdict.database) == (False, first)


def test_gold_values_are_plugged_in(towns):
    gold = "SELECT people FROM town WHERE name = 'Ulm' AND people < 6"
    predicted = "SELECT people FROM town WHERE name = 'Rome' AND people < 1000"
    assert judge(gold, predicted, towns).correct is False
    verdict = judge(gold, predicted, towns, plug_value=True)
    assert (verdict.correct, verdict.plugged) == (True, True)


def test_a_wrong_prediction_is_explained_as_it_was_written(towns):
    verdict = judge("SELECT name FROM town WHERE people = 5", "SELECT nme FROM town", towns, plug_value=True)
    assert (verdict.correct, verdict.reason, verdict.plugged) == (False, Reason.error, False)
    assert "nme" in verdict.prediction.problem


def test_attempts_that_exhaust_a_limit_are_few(towns):
    plan = plan_execution("SELECT 1 WHERE 1 < 2 AND 3 < 4", "SELECT 5 WHERE 6 < 7", towns[:1], plug_value=True)
    asked = []

    def run_limited(_, sql):
        asked.append(sql)
        return Outcome([(1,)]) if sql == plan.gold else Outcome(None, reason=Reason.timeout)

    assert judge_execution(plan, run_limited).reason is Reason.timeout
    assert len([sql for sql in asked if sql != plan.gold]) == MAX_EXHAUSTED


def test_a_gold_that_fails_cannot_be_judged(towns):
    verdict = judge("SELECT nme FROM town", "SELECT name FROM town", towns)
    assert (verdict.correct, verdict.reason) == (None, Reason.gold_failed)


def test_without_a_database_there_is_no_verdict(tmp_path):
    verdict = judge("SELECT name FROM town", "SELECT name FROM town", suite_databases(tmp_path))
    assert (verdict.correct, verdict.reason) == (None, Reason.no_database)


@pytest.mark.parametrize(
    ("sql", "stripped"),
    [
        ("SELECT DISTINCT a, count(distinct b) FROM t", "SELECT  a, count( b) FROM t"),
        ("SELECT 'distinct' FROM t", "SELECT 'distinct' FROM t"),
        ("SELECT a; DROP TABLE t", "SELECT a; "),
        ("SELECT a FROM t", "SELECT a FROM t"),
        ("", ""),
    ],
)
def test_distinct_is_stripped_from_the_first_statement(sql, stripped):
    assert strip_distinct(sql) == stripped


@pytest.mark.parametrize("name", ["dts_deepseek", "dts_mistral", "oraclecoder"])
def test_real_predictions_get_the_official_verdict_on_every_item(shared_data, name):
    questions = json.loads((shared_data / "spider/dev.json").read_text())
    predictions = (shared_data / "predictions/spider" / f"{name}.txt").read_text().splitlines()
    with (shared_data / "predictions/spider" / f"{name}.verdicts.tsv").open() as file:
        official = list(csv.DictReader(file, delimiter="\t"))
    assert len(official) == len(predictions)
    outcomes = {}

    def remember(path, sql):
        if (path, sql) not in outcomes:
            outcomes[path, sql] = run(path, sql)
        return outcomes[path, sql]

    columns = {"ex": {}, "ex_plug_value": {"plug_value": True}, "ex_keep_distinct": {"keep_distinct": True}}
    different = []
    for row, predicted in zip(official, predictions, strict=True):
        question = questions[int(row["index"])]
        databases = suite_databases(shared_data / "spider/database" / question["db_id"])
        for column, flags in columns.items():
            verdict = judge_execution(plan_execution(question["query"], predicted, databases, **flags), remember)
            mine = "-" if verdict.correct is None else str(int(verdict.correct))
            if mine != row[column]:
                different.append((row["index"], column, row[column], mine))
    assert different == []
