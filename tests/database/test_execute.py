"""Hostile SQL gets a reason and changes nothing; limits hold; order and verdicts do not depend on load."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from oraclecoder.database.execute import Executor, Limits, Reason

HOSTILE = json.loads(Path(__file__).with_name("hostile.json").read_text(encoding="utf-8"))
LIMITS = Limits(max_steps=5_000_000, max_seconds=2.0, max_rows=10_000, max_bytes=8_000_000, max_memory=200_000_000)
ENDLESS = "SELECT count(*) FROM sale a, sale b, sale c, sale d, sale e, sale f, sale g, sale h"


def write_towns(path: Path) -> Path:
    """Eight towns and sixty sales."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT, people INTEGER)")
        connection.execute("CREATE TABLE sale (id INTEGER PRIMARY KEY, town INTEGER, price REAL)")
        connection.execute("CREATE INDEX sale_town ON sale (town)")
        connection.executemany("INSERT INTO town VALUES (?, ?, ?)", [(i, f"town {i}", i * 7) for i in range(1, 9)])
        connection.executemany("INSERT INTO sale VALUES (?, ?, ?)", [(i, i % 8, i * 1.5 % 7) for i in range(1, 61)])
        connection.commit()
    return path


@pytest.fixture(scope="module")
def towns(tmp_path_factory) -> Path:
    return write_towns(tmp_path_factory.mktemp("towns") / "towns.sqlite")


@pytest.fixture(scope="module")
def executor():
    with Executor(LIMITS, workers=2) as executor:
        yield executor


def statement(item: dict) -> str:
    """The SQL of one item of hostile.json; long ones are kept as head + repeated * times + tail."""
    return item["sql"] if "sql" in item else item["head"] + item["repeated"] * item["times"] + item["tail"]


def contents(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*")}


def test_at_least_forty_hostile_statements_are_kept():
    assert len(HOSTILE) >= 40
    assert len({item["name"] for item in HOSTILE}) == len(HOSTILE)


@pytest.mark.slow
def test_every_hostile_statement_has_its_reason_and_no_file_changes(towns, tmp_path, monkeypatch):
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    before = contents(towns.parent)
    queries = [(towns, statement(item)) for item in HOSTILE]
    with Executor(LIMITS, workers=2) as executor:
        outcomes = executor.run_many(queries)
        healthy = executor.run(towns, "SELECT count(*) FROM town")
    found = {
        item["name"]: outcome.reason.value if outcome.reason else "ran"
        for item, outcome in zip(HOSTILE, outcomes, strict=True)
    }
    wrong = {item["name"]: found[item["name"]] for item in HOSTILE if found[item["name"]] not in item["reasons"]}
    assert wrong == {}
    assert healthy.rows == [(8,)]
    assert contents(towns.parent) == before
    assert list((tmp_path / "cwd").iterdir()) == []
    assert not Path("/tmp/oraclecoder-stolen.sqlite").exists()


MEASURE = """
import json, resource, sys
sys.path.insert(0, sys.argv[1])
from oraclecoder.database.execute import Executor, Limits
limits, queries = json.loads(sys.stdin.read())
with Executor(Limits(**limits), workers=2) as executor:
    executor.run_many([tuple(query) for query in queries])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.slow
def test_the_memory_of_workers_stays_under_the_limit(towns):
    root = str(Path(__file__).parents[2])
    given = json.dumps([LIMITS.__dict__, [[str(towns), statement(item)] for item in HOSTILE]])
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, root], input=given, capture_output=True, text=True, check=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    assert 8_000_000 < int(done.stdout) * unit < LIMITS.max_memory


def test_outcomes_keep_the_order_of_the_queries_and_bad_ones_lose_no_other(executor, towns):
    queries = []
    for number in range(300):
        queries.append((towns, f"SELECT {number}, name FROM town WHERE id = 1"))
        if number % 25 == 0:
            queries.append((towns, f"SELECT {number} FROM nowhere"))
        if number % 100 == 0:
            queries.append((towns, f"SELECT zeroblob(900000000 + {number})"))
    outcomes = executor.run_many(queries)
    assert [o.rows for o in outcomes if o.reason is None] == [[(n, "town 1")] for n in range(300)]
    assert sum(o.reason is Reason.no_such_table for o in outcomes) == 12
    assert sum(o.reason is Reason.memory for o in outcomes) == 3


def test_progress_counts_every_query(executor, towns):
    seen = []
    executor.run_many([(towns, f"SELECT {n % 5}") for n in range(20)], progress=seen.append)
    assert seen == list(range(1, 21))


def test_a_result_comes_with_columns_steps_and_seconds(executor, towns):
    outcome = executor.run(towns, "SELECT name AS n, people FROM town WHERE id < 3 ORDER BY id")
    assert outcome.rows == [("town 1", 7), ("town 2", 14)]
    assert outcome.columns == ("n", "people")
    assert 0 < outcome.first_seconds <= outcome.seconds < LIMITS.max_seconds
    assert executor.run(towns, ENDLESS).steps == pytest.approx(LIMITS.max_steps, rel=0.001)


def test_text_that_is_no_utf8_is_read_without_its_bad_bytes(executor, towns):
    assert executor.run(towns, "SELECT CAST(x'61ff62' AS TEXT)").rows == [("ab",)]


def test_every_type_of_value_comes_through(executor, towns):
    assert executor.run(towns, "SELECT 1, 1.5, 'é', x'00ff', NULL, 9e999").rows == [
        (1, 1.5, "é", b"\x00\xff", None, float("inf"))
    ]


def test_reading_functions_over_json_and_the_schema_are_allowed(executor, towns):
    assert executor.run(towns, "SELECT value FROM json_each('[3, 4]')").rows == [(3,), (4,)]
    assert executor.run(towns, "SELECT name FROM pragma_table_info('town')").rows == [("id",), ("name",), ("people",)]
    assert executor.run(towns, "SELECT count(*) FROM sqlite_master").rows == [(3,)]


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("SELECT towm FROM town", Reason.no_such_column),
        ("SELECT name FROM towm", Reason.no_such_table),
        ("SELECT name FRO town", Reason.syntax_error),
        ("SELECT (1", Reason.syntax_error),
        ("SELECT fold(name) FROM town", Reason.no_such_function),
        ("SELECT id FROM town, sale", Reason.ambiguous_column),
        ("SELECT sum(count(*)) FROM town", Reason.error),
        ("DELETE FROM town", Reason.forbidden),
        ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n", Reason.too_many_rows),
        ("SELECT hex(zeroblob(500000)) FROM sale", Reason.too_many_bytes),
    ],
)
def test_a_failure_has_its_reason(executor, towns, sql, reason):
    outcome = executor.run(towns, sql)
    assert outcome.reason is reason
    assert outcome.rows is None
    assert outcome.problem


def test_a_missing_or_empty_database_is_an_outcome_and_is_never_made(executor, tmp_path):
    (tmp_path / "empty.sqlite").touch()
    for name in ("absent.sqlite", "empty.sqlite", "folder/absent.sqlite", "."):
        outcome = executor.run(tmp_path / name, "SELECT 1")
        assert (outcome.rows, outcome.reason) == (None, Reason.no_database)
    assert [p.name for p in tmp_path.iterdir()] == ["empty.sqlite"]


def test_a_file_that_is_no_database_is_an_outcome(executor, tmp_path):
    path = tmp_path / "text.sqlite"
    path.write_text("no database " * 1000)
    assert executor.run(path, "SELECT 1").reason is Reason.database_unreadable


def test_a_name_with_odd_characters_opens(executor, tmp_path):
    path = write_towns(tmp_path / "a #1?mode=rwc&x=%41 é.sqlite")
    assert executor.run(path, "SELECT count(*) FROM town").rows == [(8,)]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_database_that_uses_json_in_an_index_a_column_and_a_view_is_read_like_any_other(executor, tmp_path):
    path = tmp_path / "documents.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("""
            CREATE TABLE d (j, n AS (json_extract(j, '$.n'))); INSERT INTO d VALUES ('{"n": 5}');
            CREATE INDEX i ON d (json_extract(j, '$.n')); CREATE VIEW v AS SELECT json_extract(j, '$.n') n FROM d;""")
    for sql in ("SELECT n FROM d", "SELECT n FROM v", "SELECT json_extract(j, '$.n') FROM d"):
        assert executor.run(path, sql).rows == [(5,)]


def test_a_database_that_is_replaced_is_read_anew(executor, tmp_path):
    path = write_towns(tmp_path / "towns.sqlite")
    assert executor.run(path, "SELECT count(*) FROM town").rows == [(8,)]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM town WHERE id > 3")
        connection.commit()
    assert executor.run(path, "SELECT count(*) FROM town").rows == [(3,)]


def test_a_write_ahead_log_is_read_and_nothing_is_left_beside_it(executor, tmp_path):
    (tmp_path / "live").mkdir()
    (tmp_path / "left").mkdir()
    with closing(sqlite3.connect(tmp_path / "live" / "log.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("INSERT INTO t VALUES (41)")
        connection.commit()
        for name in ("log.sqlite", "log.sqlite-wal"):
            shutil.copy(tmp_path / "live" / name, tmp_path / "left" / name)
    before = contents(tmp_path / "left")
    assert executor.run(tmp_path / "left" / "log.sqlite", "SELECT a FROM t").rows == [(41,)]
    assert executor.run(tmp_path / "live" / "log.sqlite", "SELECT a FROM t").rows == [(41,)]
    assert contents(tmp_path / "left") == before
    assert [p.name for p in (tmp_path / "live").iterdir()] == ["log.sqlite"]


def test_steps_stop_a_query_at_the_same_place_every_time(towns):
    sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {}) SELECT count(*) FROM n"
    limits = Limits(**{**LIMITS.__dict__, "max_steps": 200_000})
    reasons = []
    for workers in (1, 2):
        with Executor(limits, workers=workers) as executor:
            outcomes = executor.run_many([(towns, sql.format(n)) for n in range(8_000, 16_000, 80)] * 2)
            reasons.append([o.reason for o in outcomes])
    assert reasons[0] == reasons[1]
    assert len(set(reasons[0])) == 2


@pytest.mark.slow
def test_a_hundred_cross_joins_end_in_time(towns):
    limits = Limits(**{**LIMITS.__dict__, "max_steps": 10**12, "max_seconds": 0.2})
    started = time.monotonic()
    with Executor(limits, workers=2) as executor:
        outcomes = executor.run_many([(towns, f"{ENDLESS} WHERE a.id > -{n}") for n in range(100)])
    assert time.monotonic() - started < 100 * 0.2 / 2 + 10
    assert {o.reason for o in outcomes} == {Reason.timeout}


@pytest.mark.slow
def test_reasons_are_the_same_while_another_process_burns_all_cores(towns):
    names = ("endless", "cross join", "correlated", "insert", "zeroblob", "nested")
    queries = [(towns, statement(item)) for item in HOSTILE if item["name"].startswith(names)]
    queries += [(towns, f"SELECT count(*) FROM sale a, sale b, sale c WHERE a.id > {n}") for n in range(60)]
    limits = Limits(**{**LIMITS.__dict__, "max_seconds": 60.0})

    def judge() -> list[tuple]:
        with Executor(limits, workers=2) as executor:
            return [(o.rows, o.reason) for o in executor.run_many(queries)]

    quiet = judge()
    burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 2)]
    try:
        assert judge() == quiet
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


def test_two_thousand_small_queries_take_under_a_second(executor, towns):
    executor.run(towns, "SELECT 1")
    started = time.monotonic()
    executor.run_many([(towns, f"SELECT name FROM town WHERE people > {n}") for n in range(2000)])
    assert time.monotonic() - started < 1.0


def test_a_caller_that_takes_its_time_over_an_answer_loses_none(towns):
    limits = Limits(**{**LIMITS.__dict__, "max_seconds": 0.3})
    wide = "SELECT hex(zeroblob(100000)), {} FROM sale LIMIT 20"
    with Executor(limits, workers=2) as executor:
        found = []
        for _, outcome in executor.stream([(towns, wide.format(n)) for n in range(12)]):
            if not found:
                time.sleep(3)
            found.append(outcome.reason)
    assert found == [None] * 12


def test_breaking_off_a_stream_leaves_the_executor_usable(executor, towns):
    for _ in executor.stream([(towns, f"SELECT {n}") for n in range(100)]):
        break
    assert executor.run(towns, "SELECT 5").rows == [(5,)]


def test_equal_queries_run_once_unless_they_are_timed(executor, towns):
    same = [(towns, "SELECT hex(randomblob(8))")] * 10
    assert len({o.rows[0] for o in executor.run_many(same)}) == 1
    timed = executor.time_many(same)
    assert len(timed) == 10
    assert all(o.rows == [] and o.seconds > 0 for o in timed)
