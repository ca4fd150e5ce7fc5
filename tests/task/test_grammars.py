"""Grammars take every beginning of a right answer, and refuse the first letter that makes it wrong."""

import json
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from oraclecoder.database.schema import Column, ForeignKey, Schema, Table, read_schema
from oraclecoder.dataset.demo import build_databases, read_questions
from oraclecoder.errors import DataError
from oraclecoder.task.links import gold_links, write_links
from oraclecoder.task.links_grammar import LinksGrammar
from oraclecoder.task.query import write_query
from oraclecoder.task.query_grammar import QueryGrammar

SCHEMA = Schema(
    "fleet",
    (
        Table("ship", (Column("id", "INTEGER"), Column("name", "TEXT"), Column("home port", "TEXT")), ("id",)),
        Table("voyage", (Column("ship_id", "INTEGER"), Column("miles", "REAL"), Column("order", "TEXT"))),
        Table("Crew List", (Column("ship_id", "INTEGER"), Column("sailor", "TEXT"))),
    ),
    (ForeignKey("voyage", "ship_id", "ship", "id"),),
)
QUERIES = (
    "SELECT name FROM ship WHERE `home port` = 'Lands''End' ORDER BY name DESC LIMIT 3",
    "SELECT T1.name, count(*) FROM ship AS T1 JOIN voyage AS T2 ON T1.id = T2.ship_id GROUP BY T1.id HAVING 1 < 2",
    "SELECT ship.name, AVG(voyage.miles) FROM ship JOIN voyage ON ship.id = voyage.ship_id GROUP BY ship.id",
    "SELECT sailor FROM `Crew List` WHERE ship_id NOT IN (SELECT ship_id FROM voyage WHERE miles >= 12.5)",
    "SELECT name FROM ship EXCEPT SELECT s.name FROM ship s JOIN voyage v ON s.id = v.ship_id WHERE v.`order` IS NULL",
    "WITH far AS (SELECT ship_id, sum(miles) AS total FROM voyage GROUP BY ship_id) SELECT max(total) FROM far",
    "SELECT count(*) FROM (SELECT DISTINCT ship_id FROM voyage)",
    "SELECT a.name FROM ship AS a JOIN ship AS b ON a.`home port` = b.`home port` WHERE NOT a.id = b.id - 1",
    "SELECT name FROM ship WHERE (SELECT SUM(miles) FROM voyage WHERE ship_id = ship.id) > 5 LIMIT 1",
    "SELECT (SELECT COUNT(*) FROM voyage WHERE voyage.ship_id = ship.id), name FROM ship",
    "SELECT (SELECT MAX(ship.id) FROM ship), s.name FROM ship AS s ORDER BY 1",
    "SELECT name FROM ship WHERE ship.id < (SELECT max(ship.id - s.id) FROM ship AS s)",
    "SELECT vo.miles FROM voyage AS vo JOIN ship shi ON vo.ship_id = shi.id WHERE TRUE OR shi.rowid > CURRENT_DATE",
    "SELECT STRFTIME('%Y', CURRENT_TIMESTAMP) - 1, json_extract(`order`, '$.a') FROM voyage ORDER BY RANDOM()",
    "SELECT name FROM ship UNION SELECT sailor FROM `Crew List` WHERE `Crew List`.sailor LIKE '%é -- %'",
)


@pytest.mark.parametrize("sql", QUERIES)
def test_every_beginning_of_a_query_is_allowed_and_its_end_is_an_end(sql):
    grammar = QueryGrammar(SCHEMA)
    assert [place for place in range(len(sql) + 1) if not grammar.begins(sql[:place])] == []
    assert grammar.ends(sql)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("", "D"),  # DROP
        ("SELECT na", "z"),  # no such column
        ("SELECT ship.", "m"),  # miles is in another table
        ("SELECT name FROM ", "n"),  # a column is no table
        ("SELECT name FROM ship AS T1 JOIN voyage AS T2 ON T1.", "m"),  # T1 is ship
        ("SELECT count(*)", ")"),
        ("SELECT name FROM ship", ";"),
        ("SELECT name FROM ship", "\n"),
        ("SELECT name FROM ship ORDER BY name DESC ", "D"),  # a word that SQLite's parser refuses
        ("SELECT name FROM ship WHERE id = 'a'", "x"),
        ("SELECT name FROM ship WHERE id = 1", "x"),
        ("SELECT name FROM ship WHERE id = 1.5", "."),
        ("SELECT name FROM ship WHERE id = 1 -", "-"),  # a comment
        ("SELECT name FROM ship LIMIT 1000000000000000", "0"),
        ("SELECT name FROM ship WHERE m", "il"),  # miles, of a table that is not read
        ("SELECT name FROM voyage ", "WHE"),  # name is in no table that is read
        ("SELECT name FROM ship WHERE id IN (SELECT ship_id FROM voyage WHERE s", "a"),
        ("SELECT ship.name FROM ship JOIN ", "s"),  # ship again, and no alias on the first
        ("SELECT ship.name FROM ship ", "A"),  # an alias leaves ship.name without its table
        ("SELECT COUNT(DISTINCT ship.name), 1 FROM ship ", "b"),
        ("SELECT name FROM ship JOIN (", "v"),
        ("SELECT name FROM ship JOIN voyage JOIN `Crew List` JO", "I"),  # no table is left
        ("SELECT name FROM ship", "."),
        ("SELECT name FROM ship WHERE name", "."),  # a column owns nothing
        ("SELECT `home", "s"),
        ("SELECT voy", " "),  # what may stand for voyage is no column
        ("SELECT voy", "x"),
    ],
)
def test_a_query_ends_being_allowed_at_the_letter_that_makes_it_wrong(right, wrong):
    grammar = QueryGrammar(SCHEMA)
    assert grammar.begins(right)
    assert not grammar.begins(right + wrong)


def test_what_was_asked_before_changes_nothing():
    """Continuations of one text are read from where they part; a name may go on where another one ended."""
    asked = QueryGrammar(SCHEMA)
    for sql in QUERIES:
        for place in range(len(sql) + 1):
            for letter in "a_1 .,(`'":
                text = sql[:place] + letter
                assert asked.begins(text) == QueryGrammar(SCHEMA).begins(text), text


def test_a_query_whose_reading_doubles_with_each_of_its_parts_ends_being_allowed_before_it_takes_long():
    parts = ["c0 AS (SELECT id FROM ship)"]
    parts += [f"c{n} AS (SELECT a.id FROM c{n - 1} a, c{n - 1} b GROUP BY 1)" for n in range(1, 40)]
    sql = f"WITH {', '.join(parts)} SELECT id FROM c39"
    started = time.process_time()
    assert not QueryGrammar(SCHEMA).begins(sql)
    assert not QueryGrammar(SCHEMA).ends(sql)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "sql",
    ["", "SELECT", "SELECT name", "SELECT name FROM ship WHERE (id = 1", "SELECT miles FROM ship", "SELECT 'a"],
)
def test_what_sqlite_does_not_compile_is_no_whole_query(sql):
    assert not QueryGrammar(SCHEMA).ends(sql)


def test_every_beginning_of_gold_links_is_allowed():
    grammar = LinksGrammar(SCHEMA)
    for sql in QUERIES:
        answer = write_links(gold_links(sql, SCHEMA))
        assert all(grammar.begins(answer[:place]) for place in range(len(answer) + 1))
        assert grammar.ends(answer)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("", "x"),
        ("ship: na", "n"),
        ("ship: name", ", id"),  # not in alphabetical order
        ("ship: name", ", name"),
        ("ship: name\n", "`"),  # Crew List comes before ship
        ("voyage: ship_id", ","),  # no column is left
        ("ship: name", "\n\n"),
    ],
)
def test_links_end_being_allowed_where_a_name_is_unknown_repeated_or_out_of_order(right, wrong):
    grammar = LinksGrammar(SCHEMA)
    assert grammar.begins(right)
    assert not grammar.begins(right + wrong)


def test_links_end_only_after_a_whole_line():
    grammar = LinksGrammar(SCHEMA)
    assert grammar.ends("ship:\nvoyage: miles")
    assert not any(grammar.ends(text) for text in ("", "ship", "ship: na", "ship: name,", "ship: id\n"))


def _refused(golds: Iterable[tuple[str, Path]]) -> tuple[int, list[str]]:
    """How many golds compile, and of these the answers of which a grammar refuses a beginning or the end."""
    count, refused = 0, []
    for sql, path in golds:
        schema = read_schema(path)
        try:
            links = gold_links(sql, schema)
        except DataError:
            continue
        count += 1
        for grammar, text in (
            (QueryGrammar(schema), write_query(sql)), (LinksGrammar(schema), write_links(links)),
        ):  # fmt: skip
            if not (all(grammar.begins(text[:place]) for place in range(len(text) + 1)) and grammar.ends(text)):
                refused.append(text)
    return count, refused


@pytest.mark.slow
def test_the_grammars_take_all_golds_of_the_demo_but_one():
    """One writes an alias of more than two letters before it says what it stands for."""
    databases = build_databases()
    count, refused = _refused((question.gold_sql, databases[question.database]) for question in read_questions("train"))
    assert count == 1268
    assert [text[:10] for text in refused] == ["SELECT jun"]


@pytest.mark.slow
def test_the_grammars_take_all_golds_of_spider_train(shared_data: Path):
    rows = [row for file in ("train_spider", "train_others")
            for row in json.loads((shared_data / f"spider/{file}.json").read_text(encoding="utf-8"))]  # fmt: skip
    paths = [(row["query"], shared_data / f"spider/database/{row['db_id']}/{row['db_id']}.sqlite") for row in rows]
    assert _refused((sql, path) for sql, path in paths if path.exists()) == (8560, [])


@pytest.mark.slow
def test_the_grammars_take_all_golds_of_superhero(shared_data: Path):
    path = shared_data / "bird/dev_databases/superhero/superhero.sqlite"
    rows = json.loads((shared_data / "bird/dev.json").read_text(encoding="utf-8"))
    assert _refused((row["SQL"], path) for row in rows if row["db_id"] == "superhero") == (129, [])
