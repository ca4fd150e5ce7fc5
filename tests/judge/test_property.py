"""Random small queries on random small databases agree with themselves and with rewrites exactly as the rules say."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oraclecoder.database.execute import Executor, Limits, Reason
from oraclecoder.judge.bird import bird_agree, soft_f1
from oraclecoder.judge.execution import judge_execution, plan_execution

LIMITS = Limits(max_steps=2_000_000, max_seconds=5, max_rows=5000, max_bytes=10**7, max_memory=400_000_000)
COLUMNS = ("a", "b", "c")


@dataclass(frozen=True)
class Query:
    """SELECT columns FROM t WHERE conditions [ORDER BY columns], to be written in several ways."""

    columns: tuple[str, ...]
    conditions: tuple[str, ...]
    ordered: bool
    distinct: bool

    def write(self, *, alias: str = "", rename: bool = False, turn: int = 0, commute: bool = False) -> str:
        """The SQL: with a table alias, columns renamed, columns turned round by so many places, AND commuted."""
        prefix = f"{alias}." if alias else ""
        turned = [prefix + column for column in self.columns[turn:] + self.columns[:turn]]
        selected = ", ".join(f"{c} AS out{i}" if rename else c for i, c in enumerate(turned))
        conditions = self.conditions[::-1] if commute else self.conditions
        where = " AND ".join(prefix + condition for condition in conditions)
        order = " ORDER BY " + ", ".join(prefix + c for c in (*self.columns, "id")) if self.ordered else ""
        keyword = "DISTINCT " if self.distinct else ""
        return f"SELECT {keyword}{selected} FROM t {alias} WHERE {where or '1'}{order}"


cells = st.one_of(st.none(), st.integers(-2, 2), st.sampled_from([0.5, 1.0, 2.0]), st.sampled_from(["", "x", "1"]))
tables = st.lists(st.tuples(cells, cells, cells), max_size=8)
conditions = st.builds(
    "{} {} {}".format,
    st.sampled_from(COLUMNS),
    st.sampled_from(["=", "<>", "<", ">="]),
    st.sampled_from(["0", "1", "0.5", "'x'", "a", "c"]),
)
queries = st.builds(
    Query,
    columns=st.permutations(COLUMNS).flatmap(lambda c: st.integers(1, 3).map(lambda n: tuple(c[:n]))),
    conditions=st.lists(conditions, max_size=3).map(tuple),
    ordered=st.booleans(),
    distinct=st.booleans(),
)
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def executor():
    with Executor(LIMITS, workers=2) as executor:
        yield executor


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("random")


def write_database(folder: Path, rows: list[tuple]) -> Path:
    """Table t with these rows in a file of its own."""
    path = folder / f"{len(list(folder.iterdir()))}.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c)")
        connection.executemany("INSERT INTO t (a, b, c) VALUES (?, ?, ?)", rows)
        connection.commit()
    return path


def spider(executor: Executor, path: Path, gold: str, predicted: str, **flags: bool) -> Reason:
    return judge_execution(plan_execution(gold, predicted, (path,), **flags), executor.run).reason


@many
@given(rows=tables, query=queries)
def test_itself_aliases_and_commuted_conditions_are_right_by_both_rules(executor, folder, rows, query):
    path = write_database(folder, rows)
    gold = query.write()
    rewrites = [gold, query.write(alias="T1"), query.write(alias="T1", rename=True), query.write(commute=True)]
    for rewrite in rewrites:
        assert spider(executor, path, gold, rewrite) is Reason.correct
        assert spider(executor, path, gold, rewrite, plug_value=True, keep_distinct=True) is Reason.correct
    outcomes = executor.run_many([(path, sql) for sql in rewrites])
    for outcome in outcomes:
        assert bird_agree(outcomes[0].rows, outcome.rows)
        assert outcome.rows != outcomes[0].rows or soft_f1(outcomes[0].rows, outcome.rows) == pytest.approx(1)


@many
@given(rows=tables, query=queries, turn=st.integers(0, 2))
def test_columns_in_another_order_are_right_in_spider_and_in_bird_only_if_the_rows_are_the_same(
    executor, folder, rows, query, turn
):
    path = write_database(folder, rows)
    gold, turned = query.write(), query.write(turn=turn % len(query.columns))
    assert spider(executor, path, gold, turned) is Reason.correct
    first, second = executor.run_many([(path, gold), (path, turned)])
    assert bird_agree(first.rows, second.rows) == (set(first.rows) == set(second.rows))


@many
@given(rows=tables, query=queries)
def test_a_repeated_row_is_wrong_in_spider_and_right_in_bird(executor, folder, rows, query):
    path = write_database(folder, rows)
    gold = Query(query.columns, query.conditions, ordered=False, distinct=False).write()
    doubled = f"{gold} UNION ALL {gold}"
    expected = Reason.correct if not executor.run(path, gold).rows else Reason.wrong_rows
    assert spider(executor, path, gold, doubled) is expected
    first, second = executor.run_many([(path, gold), (path, doubled)])
    assert bird_agree(first.rows, second.rows)


@many
@given(rows=tables, query=queries)
def test_distinct_counts_only_where_it_is_kept(executor, folder, rows, query):
    path = write_database(folder, rows)
    with_it = Query(query.columns, query.conditions, ordered=False, distinct=True).write()
    without = Query(query.columns, query.conditions, ordered=False, distinct=False).write()
    assert spider(executor, path, without, with_it) is Reason.correct
    repeated = len(executor.run(path, with_it).rows) < len(executor.run(path, without).rows)
    kept = spider(executor, path, without, with_it, keep_distinct=True)
    assert kept is (Reason.wrong_rows if repeated else Reason.correct)


@many
@given(rows=tables, query=queries)
def test_the_other_way_round_is_wrong_exactly_where_order_matters(executor, folder, rows, query):
    path = write_database(folder, rows)
    ordered = Query(query.columns, query.conditions, ordered=True, distinct=False).write()
    reverse = (
        ordered.split(" ORDER BY ")[0] + " ORDER BY " + ", ".join(f"{column} DESC" for column in (*query.columns, "id"))
    )
    first, second = executor.run_many([(path, ordered), (path, reverse)])
    same = list(map(repr, first.rows)) == list(map(repr, second.rows))
    reason = spider(executor, path, ordered, reverse)
    assert same <= (reason is Reason.correct)
    assert reason in (Reason.correct, Reason.wrong_order)
    assert spider(executor, path, ordered.split(" ORDER BY ")[0], reverse) is Reason.correct
    assert bird_agree(first.rows, second.rows)
