"""Composed questions: nothing that a query tests is left unsaid, and paths of tables are joined."""

import re
import sqlite3
from collections import Counter
from itertools import islice
from random import Random

import pytest

from oraclecoder.config import SchemaStyle
from oraclecoder.dataset.invented import World
from oraclecoder.dataset.invented_against import none_linked, one_list, than_all, two_links
from oraclecoder.dataset.invented_asker import Asked, Asker
from oraclecoder.dataset.invented_composed import first_rows, rows_counted, rows_shown, rows_totalled
from oraclecoder.dataset.invented_corpus import INTENTS
from oraclecoder.dataset.invented_group_paths import grouping_path
from oraclecoder.dataset.invented_grouped import rows_grouped
from oraclecoder.dataset.invented_joins import join_aggregate, join_select
from oraclecoder.dataset.invented_named import (
    first_or_last,
    groups_above_all,
    linked_to_named,
    looked_up,
    most_linked,
)
from oraclecoder.dataset.invented_schemas import Inventor
from oraclecoder.dataset.invented_wording import NUMBERS_IN_WORDS
from oraclecoder.dataset.lexicon import Lexicon
from oraclecoder.task.describe import describe, quote_name

COMPOSED = (
    rows_shown, rows_counted, rows_totalled, first_rows, rows_grouped, two_links, than_all, none_linked, one_list,
    looked_up, linked_to_named, most_linked, first_or_last, groups_above_all,
)  # fmt: skip


def asked_of(intent, seed: int, count: int = 120) -> list[Asked]:
    random = Random(seed)
    inventor = Inventor(random, Lexicon(random, invented=0.1))
    worlds = [inventor.world(random.randint(4, 7), num_rows=1, ordinary=0.9) for _ in range(12)]
    tries = (intent(Asker(random, random.choice(worlds), aliased=False)) for _ in range(50 * count))
    return list(islice((asked for asked in tries if asked), count))


def said(number: str, question: str) -> bool:
    words = {"1": "once", "2": "twice"}
    word = NUMBERS_IN_WORDS[int(number)] if number.isdigit() and int(number) <= 10 else number
    return any(one in question for one in (number, word, words.get(number, number)))


@pytest.mark.parametrize("intent", INTENTS)
def test_whatever_a_query_tests_is_said(intent):
    for asked in asked_of(intent, seed=1):
        question = asked.question.lower()
        for text in re.findall(r"'((?:[^']|'')*)'", asked.sql):
            value = text.replace("''", "'").strip("%").lower()
            assert value in question or (re.fullmatch(r"\d{4}-(01-01|12-31)", value) and value[:4] in question), asked
        for number in re.findall(
            r"(?:[<>=] |BETWEEN |AND |LIMIT )(\d+(?:\.\d+)?)\b", re.sub(r"'[^']*'", "''", asked.sql)
        ):
            assert said(number, question) or (number == "1" and "LIMIT 1" in asked.sql), asked


JOINED = re.compile(r"SELECT ((?:(?!FROM|SELECT).)*) (FROM (`[^`]+`|\w+) JOIN .*?)( ORDER BY .*)?")
"""What is shown, the joined tables under their conditions, and the first of them; no GROUP BY here."""


def filled(world: World) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(describe(world.schema, SchemaStyle.ddl, 0))
    for table in world.schema.tables:
        places = ", ".join("?" for _ in table.columns)
        connection.executemany(f"INSERT OR IGNORE INTO {quote_name(table.name)} VALUES ({places})", table.rows)
    return connection


@pytest.mark.parametrize("intent", [rows_counted, rows_totalled, first_rows, join_aggregate, join_select])
def test_no_row_is_counted_totalled_or_ranked_twice(intent):
    """A join has as many rows as different ones of the table that is asked about: what is computed is the same."""
    random, num_joined, num_once = Random(5), 0, 0
    inventor = Inventor(random, Lexicon(random, invented=0.1))
    for _ in range(30):
        world = inventor.world(random.randint(3, 6), num_rows=9, ordinary=0.9)
        connection, asker = filled(world), Asker(random, world, aliased=False)
        for sql in (asked.sql for asked in (intent(asker) for _ in range(10)) if asked):
            connection.execute(sql)
            num_once += " IN (SELECT " in sql or "count(DISTINCT " in sql
            joined = JOINED.fullmatch(sql)
            if joined and "DISTINCT" not in sql and ("(" in joined[1] or intent is first_rows):
                num_joined += 1
                counts = connection.execute(f"SELECT count(*), count(DISTINCT {joined[3]}.rowid) {joined[2]}")
                assert len(set(counts.fetchone())) == 1, sql
    assert num_joined > 10
    assert num_once > 10 or intent in (join_aggregate, join_select)


def test_paths_join_up_to_four_tables():
    sqls = [asked.sql for intent in COMPOSED[:6] for asked in asked_of(intent, seed=2)]
    joins = Counter(len(re.findall(r" JOIN | IN \(SELECT ", sql)) for sql in sqls)
    assert min(joins[number] for number in (0, 1, 2)) > 60
    assert joins[3] > 5


def test_what_is_counted_by_group_is_on_the_side_of_many():
    """So each row of the start is in one group, unless a table of pairs links it to several."""
    random, num_pairs = Random(5), 0
    for _ in range(300):
        world = Inventor(random, Lexicon(random, invented=0.1)).world(random.randint(2, 6), ordinary=1.0)
        asker = Asker(random, world)
        path, joins = grouping_path(asker, asker.entity() or world.entities[0])
        down = [left.key is column for left, column, *_ in joins]
        assert sum(down) <= 1
        if any(down):
            num_pairs += 1
            assert down == [True, False]
            assert len(path[1].links) > 1
    assert num_pairs > 10


def test_every_sort_of_combination_is_asked():
    sqls = {intent.__name__: [asked.sql for asked in asked_of(intent, seed=3)] for intent in COMPOSED}
    wanted = {
        "rows_shown": ("SELECT DISTINCT", " ORDER BY ", " IS NULL", " OR "),
        "rows_counted": ("count(*)", "count(DISTINCT "),
        "rows_totalled": ("sum(", "avg(", "count(*), "),
        "first_rows": ("LIMIT 1", "LIMIT 3", "LIMIT 5", " DESC "),
        "rows_grouped": ("HAVING ", "LIMIT 1", "count(*), ", "sum("),
        "two_links": ("INTERSECT", "EXCEPT", "UNION"),
        "than_all": ("(SELECT max(", "(SELECT min(", "(SELECT avg("),
        "none_linked": ("NOT IN (SELECT ",),
        "one_list": (" UNION ",),
        "looked_up": (" WHERE ", " AND "),
        "linked_to_named": (" JOIN ", " WHERE "),
        "most_linked": (" DESC LIMIT 1", " JOIN "),
        "first_or_last": ("max(", "min("),
        "groups_above_all": ("> (SELECT avg(", "< (SELECT avg("),
    }
    for name, parts in wanted.items():
        for part in parts:
            assert any(part in sql for sql in sqls[name]), (name, part)
