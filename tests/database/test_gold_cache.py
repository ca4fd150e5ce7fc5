"""Gold results are remembered by what the database holds, and never where they may change."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from oraclecoder.database.execute import Executor, Limits, Outcome, Reason
from oraclecoder.database.gold_cache import GoldCache

LIMITS = Limits(max_steps=10**6, max_seconds=5, max_rows=1000, max_bytes=10**6, max_memory=300_000_000)


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "towns.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE town (name TEXT)")
        connection.execute("INSERT INTO town VALUES ('Ghent')")
        connection.commit()
    return path


class Counting(Executor):
    """An executor that counts the queries that reach it."""

    num_run = 0

    def run_many(self, queries, *, progress=None) -> list[Outcome]:
        self.num_run += len(queries)
        return super().run_many(queries, progress=progress)


@pytest.fixture
def executor():
    with Counting(LIMITS, workers=1) as executor:
        yield executor


def test_a_known_result_is_not_run_again_not_even_from_a_copy_or_a_new_process(executor, database, tmp_path):
    query = "SELECT name, 1, 2.5, NULL, x'00' FROM town"
    first = GoldCache(tmp_path / "cache").run_many(executor, [(database, query)])
    copy = shutil.copy(database, tmp_path / "copy.sqlite")
    again = GoldCache(tmp_path / "cache").run_many(executor, [(copy, query)])
    assert executor.num_run == 1
    assert again == first
    assert again[0].rows == [("Ghent", 1, 2.5, None, b"\x00")]


def test_a_changed_database_is_read_anew(executor, database, tmp_path):
    cache = GoldCache(tmp_path / "cache")
    cache.run_many(executor, [(database, "SELECT count(*) FROM town")])
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO town VALUES ('Bruges')")
        connection.commit()
    assert cache.run_many(executor, [(database, "SELECT count(*) FROM town")])[0].rows == [(2,)]


def test_chance_time_and_failure_are_not_remembered(executor, database):
    cache = GoldCache()
    unsteady = ("random()", "datetime('now')", "CURRENT_DATE", "towm", "date()", "datetime( )", "strftime('%Y')")
    for what in unsteady:
        for _ in range(2):
            cache.run_many(executor, [(database, f"SELECT {what} FROM town")])
    assert executor.num_run == 2 * len(unsteady)
    for _ in range(2):
        cache.run_many(executor, [(database, "SELECT strftime('%Y', '2020-01-01'), date('2020-01-01')")])
    assert executor.num_run == 2 * len(unsteady) + 1


def test_a_folder_that_cannot_be_written_costs_a_warning_and_no_result(executor, database, tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    cache = GoldCache(tmp_path / "file" / "golds")
    for sql in ("SELECT 1", "SELECT 2"):
        assert len(cache.run_many(executor, [(database, sql)])) == 1
    assert caplog.text.count("set ORACLECODER_CACHE to a folder that can") == 1


def test_a_damaged_file_is_as_good_as_none(executor, database, tmp_path):
    GoldCache(tmp_path / "cache").run_many(executor, [(database, "SELECT 1")])
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(b"\x00damaged")
    assert GoldCache(tmp_path / "cache").run_many(executor, [(database, "SELECT 1")])[0].rows == [(1,)]


def test_a_missing_database_keeps_its_place_in_the_order(executor, database, tmp_path):
    queries = [(tmp_path / "absent.sqlite", "SELECT 1"), (database, "SELECT 2"), (database, "SELECT 2")]
    found = GoldCache().run_many(executor, queries)
    assert [(o.rows, o.reason) for o in found] == [(None, Reason.no_database), ([(2,)], None), ([(2,)], None)]
