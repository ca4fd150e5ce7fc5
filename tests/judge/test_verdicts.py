"""Every item of a small database gets its verdict and its reason, whatever the prediction is."""

import hashlib
import json
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from oraclecoder.config import LimitsConfig, MetricsConfig
from oraclecoder.errors import DataError
from oraclecoder.judge.execution import MAX_EXHAUSTED, MAX_PLUGGED
from oraclecoder.judge.judge import judge, judge_file, self_check
from oraclecoder.judge.report import report_table
from oraclecoder.judge.verdicts import Verdict, read_verdicts, write_verdicts
from oraclecoder.records import Example

SMALL = LimitsConfig(
    max_steps=2_000_000, max_seconds=2, max_rows=1000, max_bytes=1_000_000, max_memory=300_000_000, workers=2
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("ORACLECODER_CACHE", str(tmp_path / "cache"))


def metrics(**flags: bool) -> MetricsConfig:
    given = {"plug_value": False, "keep_distinct": False, **flags}
    return MetricsConfig(**given, confidence=0.95, num_resamples=200, ves_repeats=0, seed=0)


def write_pets(folder: Path, *, pets: int = 4) -> Path:
    """A database of pets, each with a name, an age and an owner."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{folder.name}.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, value INTEGER)")
        connection.executemany("INSERT INTO pet VALUES (?, ?, ?, ?)", [(i, f"pet {i}", i % 3, i) for i in range(pets)])
        connection.commit()
    return path


@pytest.fixture
def pets(tmp_path):
    return {"pets": write_pets(tmp_path / "databases" / "pets")}


def example(index: int, gold: str, database: str = "pets", difficulty: str = "") -> Example:
    return Example(f"demo-{index}", index, "?", database, gold, difficulty=difficulty)


def reasons(found: list[Verdict]) -> list[tuple[int | None, int | None, str]]:
    return [(verdict.em, verdict.ex, verdict.reason) for verdict in found]


def test_each_item_has_its_reason(pets):
    cases = [
        ("SELECT name FROM pet", "SELECT name FROM pet", "correct"),
        ("SELECT name FROM pet", "SELECT name FROM pet WHERE id > 1", "wrong_rows"),
        ("SELECT name FROM pet", "SELECT name, age FROM pet", "wrong_columns"),
        ("SELECT name FROM pet ORDER BY id", "SELECT name FROM pet ORDER BY id DESC", "wrong_order"),
        ("SELECT name FROM pet", "SELECT nam FROM pet", "no_such_column"),
        ("SELECT name FROM pet", "SELECT name FROM cats", "no_such_table"),
        ("SELECT name FROM pet", "SELECT name FRO pet", "syntax_error"),
        ("SELECT name FROM pet", "DELETE FROM pet", "forbidden"),
        ("SELECT name FROM pet", "SELECT zeroblob(900000000)", "memory"),
        ("SELECT count(*) FROM pet", "SELECT count(*) FROM " + ", ".join(f"pet p{i}" for i in range(20)), "timeout"),
        ("SELECT name FROM pet", "  ", "empty_prediction"),
    ]
    items = [(example(i, gold), sql) for i, (gold, sql, _) in enumerate(cases)]
    found = judge(items, pets, kind="demo", limits=SMALL, metrics=metrics())
    assert [verdict.reason for verdict in found] == [reason for _, _, reason in cases]
    assert [verdict.ex for verdict in found] == [1] + [0] * 10
    assert found[0].em == 1
    assert all(verdict.hardness == "easy" for verdict in found if "ORDER" not in verdict.gold_sql)


def test_a_gold_that_fails_or_has_no_database_is_counted_and_never_scored(pets, tmp_path):
    items = [
        (example(0, "SELECT owner FROM pet"), "SELECT 1"),
        (example(1, "SELECT name FROM cat", "cats"), "SELECT name FROM cat"),
        (example(2, "SELECT name FROM pet"), "SELECT name FROM pet"),
    ]
    found = judge(items, pets, kind="demo", limits=SMALL, metrics=metrics())
    assert [(v.ex, v.reason) for v in found] == [(None, "gold_failed"), (None, "no_database"), (1, "correct")]
    assert found[0].problem == "no such column: owner"
    assert not (tmp_path / "databases" / "cats").exists()


@pytest.mark.parametrize("kind", ["demo", "bird"])
def test_tabs_between_words_are_spaces(pets, kind):
    items = [(example(0, "SELECT name FROM pet"), "SELECT\tname\tFROM\tpet")]
    assert [verdict.ex for verdict in judge(items, pets, kind=kind, limits=SMALL, metrics=metrics())] == [1]


def test_without_tables_json_spider_has_no_exact_match(pets):
    items = [(example(0, "SELECT name FROM pet"), "SELECT name FROM pet")]
    assert reasons(judge(items, pets, kind="spider", limits=SMALL, metrics=metrics())) == [(None, 1, "correct")]


def test_exact_match_needs_no_database_if_tables_json_has_the_schema():
    entry = {
        "db_id": "pets",
        "table_names_original": ["pet"],
        "column_names_original": [[-1, "*"], [0, "id"], [0, "name"]],
        "foreign_keys": [],
    }
    items = [(example(0, "SELECT name FROM pet"), "SELECT T1.name FROM pet AS T1")]
    found = judge(items, {}, kind="spider", limits=SMALL, metrics=metrics(), tables={"pets": entry})
    assert reasons(found) == [(1, None, "no_database")]


def test_all_databases_of_a_folder_must_agree(pets):
    folder = pets["pets"].parent
    shutil.copy(write_pets(folder.parent / "other", pets=9), folder / "pets_more.sqlite")
    items = [
        (example(i, "SELECT count(*) FROM pet"), sql)
        for i, sql in enumerate(["SELECT 4", "SELECT max(id) + 1 FROM pet"])
    ]
    found = judge(items, pets, kind="demo", limits=SMALL, metrics=metrics())
    assert [(v.ex, v.reason, v.database) for v in found] == [
        (0, "wrong_rows", "pets_more.sqlite"),
        (1, "correct", None),
    ]


def test_plug_value_tries_the_values_of_the_gold(pets):
    items = [(example(0, "SELECT name FROM pet WHERE age = 2"), "SELECT name FROM pet WHERE age = 7")]
    assert judge(items, pets, kind="demo", limits=SMALL, metrics=metrics())[0].ex == 0
    found = judge(items, pets, kind="demo", limits=SMALL, metrics=metrics(plug_value=True))[0]
    assert (found.ex, found.reason, found.plugged) == (1, "correct", True)


def test_plugging_values_into_endless_queries_ends(pets):
    """In the time of as many short queries as values are plugged, and of a few that run into their limit."""

    def query(limit: int) -> str:
        return f"SELECT count(*) FROM {', '.join(f'pet p{i}' for i in range(20))} WHERE p1.id > {limit} AND p2.id > 9"

    gold = "SELECT name FROM pet WHERE id > 0 AND id > -1 AND id > -2 AND id > -3 AND age < 9"
    started = time.monotonic()
    judge([(example(n, gold), query(99 + n)) for n in range(500)], pets, kind="demo", limits=SMALL, metrics=metrics())
    short = (time.monotonic() - started) / 500
    started = time.monotonic()
    found = judge([(example(0, gold), query(7))], pets, kind="demo", limits=SMALL, metrics=metrics(plug_value=True))
    assert found[0].reason in ("timeout", "wrong_rows")
    assert time.monotonic() - started < short * MAX_PLUGGED + SMALL.max_seconds * (MAX_EXHAUSTED + 1)


def test_huge_results_are_wrong_and_leave_the_others_alone(pets):
    rows = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 900) SELECT i, hex(zeroblob(200)) FROM n"
    )
    items = [(example(i, f"SELECT {i}"), rows if i % 2 else f"SELECT {i}") for i in range(40)]
    found = judge(items, pets, kind="demo", limits=SMALL, metrics=metrics())
    assert [verdict.ex for verdict in found] == [1, 0] * 20


@pytest.mark.slow
def test_a_hundred_endless_cross_joins_are_judged_in_time_and_touch_nothing(pets):
    before = hashlib.sha256(pets["pets"].read_bytes()).hexdigest()
    limits = LimitsConfig(**{**SMALL.__dict__, "max_steps": 10**12, "max_seconds": 0.1})
    joins = ", ".join(f"pet p{i}" for i in range(20))
    items = [(example(i, "SELECT 1"), f"SELECT count(*) + {i} FROM {joins}") for i in range(100)]
    started = time.monotonic()
    found = judge(items, pets, kind="demo", limits=limits, metrics=metrics())
    assert time.monotonic() - started < 100 * 0.1 / 2 + 10
    assert {verdict.reason for verdict in found} == {"timeout"}
    assert hashlib.sha256(pets["pets"].read_bytes()).hexdigest() == before


def test_a_database_with_a_log_is_judged_and_gains_no_file(tmp_path):
    folder = tmp_path / "databases" / "pets"
    with closing(sqlite3.connect(write_pets(folder))) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    databases = {"pets": folder / "pets.sqlite"}
    items = [(example(0, "SELECT name FROM pet"), "SELECT name FROM pet")]
    assert reasons(judge(items, databases, kind="demo", limits=SMALL, metrics=metrics())) == [(1, 1, "correct")]
    assert [path.name for path in folder.iterdir()] == ["pets.sqlite"]


def test_a_file_that_is_no_database_and_text_that_is_no_text_stop_nothing(pets, tmp_path):
    (tmp_path / "bad.sqlite").write_text("no database " * 500)
    items = [
        (example(0, "SELECT name FROM pet", "bad"), "SELECT name FROM pet"),
        (example(1, "SELECT name FROM pet"), "SELECT '\udcff'\0"),
        (example(2, "SELECT name FROM pet"), "SELECT name FROM pet"),
    ]
    databases = {**pets, "bad": tmp_path / "bad.sqlite"}
    found = judge(items, databases, kind="demo", limits=SMALL, metrics=metrics())
    assert [(v.ex, v.reason) for v in found] == [(None, "gold_failed"), (0, "syntax_error"), (1, "correct")]
    write_verdicts(tmp_path / "v.jsonl", found)
    assert len(read_verdicts(tmp_path / "v.jsonl")) == 3


@pytest.mark.parametrize("kind", ["demo", "bird"])
def test_progress_counts_every_item(pets, kind):
    items = [(example(i, f"SELECT {i}"), "" if i % 3 else f"SELECT {i % 4}") for i in range(30)]
    seen: list[int] = []
    judge(items, pets, kind=kind, limits=SMALL, metrics=metrics(), progress=seen.append)
    assert seen == list(range(1, 31))


def test_an_interrupt_does_not_wait_for_endless_queries(pets, monkeypatch):
    def interrupt(*_: object) -> None:
        time.sleep(0.5)
        raise KeyboardInterrupt

    monkeypatch.setattr("oraclecoder.judge.spider_verdicts.exact_match", interrupt)
    limits = LimitsConfig(**{**SMALL.__dict__, "max_steps": 10**12, "max_seconds": 60})
    endless = "SELECT count(*) FROM " + ", ".join(f"pet p{i}" for i in range(20))
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        judge([(example(0, "SELECT 1"), endless)], pets, kind="demo", limits=limits, metrics=metrics())
    assert time.monotonic() - started < 10


def test_bird_items_have_difficulty_soft_f1_and_reasons(pets):
    cases = [
        ("SELECT name FROM pet", "SELECT name FROM pet UNION ALL SELECT name FROM pet", 1, 1.0, "correct"),
        ("SELECT name, age FROM pet", "SELECT age, name FROM pet", 0, 1.0, "wrong_columns"),
        ("SELECT name FROM pet", "SELECT name FROM pet LIMIT 1", 0, 0.4, "wrong_rows"),
        ("SELECT name FROM pet", "SELECT nam FROM pet", 0, 0.0, "no_such_column"),
        ("SELECT name FROM pet", "", 0, 0.0, "empty_prediction"),
        ("SELECT nam FROM pet", "SELECT 1", None, None, "gold_failed"),
    ]
    items = [(example(i, gold, difficulty="simple"), sql) for i, (gold, sql, *_) in enumerate(cases)]
    items.append((example(6, "SELECT 1", "cats", "simple"), "SELECT 1"))
    found = judge(items, pets, kind="bird", limits=SMALL, metrics=metrics())
    assert [(v.ex, v.soft_f1, v.reason) for v in found[:6]] == [
        (*case[2:3], pytest.approx(case[3]) if case[3] is not None else None, case[4]) for case in cases
    ]
    assert (found[6].ex, found[6].reason) == (None, "no_database")
    assert {v.difficulty for v in found} == {"simple"}
    assert {v.em for v in found} == {None}


def test_bird_predictions_by_row_number_report_how_many_of_how_many(pets, tmp_path):
    examples = [example(i, f"SELECT {i}", difficulty="simple") for i in range(5)]
    path = tmp_path / "predictions.json"
    path.write_text(json.dumps({"3": "SELECT 3\t----- bird -----\tpets", "1": "SELECT 2"}))
    given = MetricsConfig(
        plug_value=False, keep_distinct=False, confidence=0.95, num_resamples=200, ves_repeats=2, seed=0
    )
    report = judge_file(path, examples, pets, tmp_path / "out", kind="bird", limits=SMALL, metrics=given)
    assert (report["num_predictions"], report["num_questions"]) == (2, 5)
    assert report["scores"]["ex"]["all"].mean == 0.5
    written = json.loads((tmp_path / "out" / "report.json").read_text())
    assert written["flags"] == {"ves_repeats": 2}
    assert "R-VES" in report_table(report).caption
    assert set(written["efficiency"]) == {"all", "simple"}
    assert 0 < written["efficiency"]["all"]["r_ves"]["mean"] < 100
    rows = [json.loads(line) for line in (tmp_path / "out" / "verdicts.jsonl").read_text().splitlines()]
    assert [(row["index"], row["db_id"], row["ex"], row["reason"]) for row in rows] == [
        (1, "pets", 0, "wrong_rows"),
        (3, "pets", 1, "correct"),
    ]
    assert {"difficulty", "em", "soft_f1", "seconds"} <= set(rows[0])


def test_golds_against_themselves_name_what_cannot_be_judged(pets, tmp_path):
    examples = [
        example(0, "SELECT name FROM pet"),
        example(1, "SELECT owner FROM pet"),
        example(2, "SELECT value FROM pet"),
        example(3, "SELECT name FROM cat", "cats"),
    ]
    wrong = self_check(examples, pets, kind="demo", limits=SMALL, metrics=metrics(), output_dir=tmp_path)
    assert [(v.index, v.ex, v.reason) for v in wrong] == [
        (1, None, "gold_failed"),
        (2, 0, "wrong_rows"),
        (3, None, "no_database"),
    ]
    assert json.loads((tmp_path / "self_check.json").read_text())["num_problems"] == 3


def test_verdicts_are_read_back_as_they_were_written(tmp_path):
    verdicts = [Verdict(2, "b", "pets", em=1, ex=None, partial={"select": (1, 1, 1)}), Verdict(1, "a", "pets", ex=0)]
    write_verdicts(tmp_path / "v.jsonl", verdicts)
    found = read_verdicts(tmp_path / "v.jsonl")
    assert [(v.index, v.id, v.em, v.ex) for v in found] == [(1, "a", None, 0), (2, "b", 1, None)]


@pytest.mark.parametrize(("text", "message"), [("{}", "lacks index, db_id, reason"), ("[1]", "not a JSON object")])
def test_a_file_that_is_no_verdicts_is_refused(tmp_path, text, message):
    (tmp_path / "v.jsonl").write_text(text)
    with pytest.raises(DataError, match=message):
        read_verdicts(tmp_path / "v.jsonl")
