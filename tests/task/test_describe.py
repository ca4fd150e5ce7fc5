"""The exact text of a schema in each style."""

import sqlite3
from pathlib import Path

import pytest

from oraclecoder.config import SchemaStyle
from oraclecoder.database.schema import Schema, read_schema
from oraclecoder.task.describe import RESERVED, clip, describe, quote_name, write_value

SCRIPT = """
CREATE TABLE town (id INTEGER PRIMARY KEY, "free meals (%)" real, name varchar(20), "order" BLOB);
CREATE TABLE street (town_id INT REFERENCES town (id), name TEXT, PRIMARY KEY (town_id, name));
INSERT INTO town VALUES (1, 0.5, 'Ulm', x'00ff'), (2, NULL, 'L''Aquila', NULL), (3, 1.25, 'Ulm', NULL);
INSERT INTO street VALUES (1, 'a road whose name goes on and on, and then around the corner'), (2, 'Via
Appia');
"""

DDL = """\
CREATE TABLE town (
  id INTEGER PRIMARY KEY,
  `free meals (%)` REAL, -- share of pupils; 1 is all of them
  name VARCHAR(20),
  `order` BLOB
);
-- 1, 0.5, 'Ulm', <2 bytes>
-- 2, NULL, 'L''Aquila', NULL
CREATE TABLE street (
  town_id INTEGER,
  name TEXT,
  PRIMARY KEY (town_id, name),
  FOREIGN KEY (town_id) REFERENCES town (id)
);
-- 1, 'a road whose name goes on and on, and...'
-- 2, 'Via Appia'
"""

M_SCHEMA = """\
【DB_ID】 atlas
【Schema】
# Table: town
[
(id:INTEGER, Primary Key, Examples: [1, 2]),
(free meals (%):REAL, share of pupils; 1 is all of them, Examples: [0.5, 1.25]),
(name:VARCHAR(20), Examples: [Ulm, L'Aquila]),
(order:BLOB)
]
# Table: street
[
(town_id:INTEGER, Primary Key, Examples: [1, 2]),
(name:TEXT, Primary Key, Examples: [a road whose name goes on and on, and..., Via Appia])
]
【Foreign keys】
street.town_id=town.id
"""

COMPACT = """\
town(id integer key, `free meals (%)` real, name varchar ['Ulm', 'L''Aquila'], `order` blob)
street(town_id integer key, name text key ['a road whose name goes on and on, and...', 'Via Appia'])
street.town_id = town.id
"""


@pytest.fixture
def atlas(tmp_path: Path) -> Schema:
    path = tmp_path / "atlas.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(SCRIPT)
    connection.close()
    folder = tmp_path / "database_description"
    folder.mkdir()
    (folder / "town.csv").write_text(
        "original_column_name,column_description,value_description\nfree meals (%),share of pupils,1 is all of them\n"
    )
    return read_schema(path, num_rows=2)


@pytest.mark.parametrize(
    ("style", "text"), [(SchemaStyle.ddl, DDL), (SchemaStyle.m_schema, M_SCHEMA), (SchemaStyle.compact, COMPACT)]
)
def test_a_schema_in_each_style(atlas: Schema, style: SchemaStyle, text: str) -> None:
    assert describe(atlas, style, num_rows=2) == text


@pytest.mark.parametrize("style", SchemaStyle)
def test_without_rows_no_value_is_shown(atlas: Schema, style: SchemaStyle) -> None:
    text = describe(atlas, style, num_rows=0)
    assert "Ulm" not in text
    assert "town" in text
    assert text.endswith("\n")


def test_ddl_is_sql_that_makes_the_same_tables(atlas: Schema, tmp_path: Path) -> None:
    path = tmp_path / "again" / "atlas.sqlite"
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.executescript(describe(atlas, SchemaStyle.ddl, num_rows=2))
    connection.close()
    again = read_schema(path)
    assert [[(c.name, c.type) for c in t.columns] for t in again.tables] == [
        [(c.name, c.type) for c in t.columns] for t in atlas.tables
    ]
    assert again.foreign_keys == atlas.foreign_keys


def test_the_ddl_of_every_spider_database_is_sql(shared_data: Path) -> None:
    for path in sorted(shared_data.glob("spider/database/*/*.sqlite")):
        text = describe(read_schema(path), SchemaStyle.ddl, num_rows=3)
        connection = sqlite3.connect(":memory:")
        connection.executescript(text)
        count = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
        assert count == len(read_schema(path).tables)
        connection.close()


KEYWORDS = """
abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case
cast check collate column commit conflict constraint create cross current database default deferrable deferred delete
desc detach distinct do drop each else end escape except exclude exclusive exists explain fail filter first following
for foreign from full generated glob group groups having if ignore immediate in index indexed initially inner insert
instead intersect into is isnull join key last left like limit match natural no not notnull null nulls of offset on or
order others outer over partition plan pragma preceding primary query raise range recursive references regexp reindex
release rename replace restrict right rollback row rows savepoint select set table temp temporary then ties to
transaction trigger unbounded union unique update using vacuum values view virtual when where window with without
"""


def test_the_names_that_are_quoted_are_those_that_sqlite_needs_quoted() -> None:
    connection = sqlite3.connect(":memory:")
    for word in KEYWORDS.split():
        connection.execute(f"SELECT t.{quote_name(word)} FROM (SELECT 1 AS {quote_name(word)}) AS t")
        connection.execute(f"SELECT {quote_name(word)}.x FROM (SELECT 1 AS x) AS {quote_name(word)}")
    assert {"order", "group", "cast", "current_date"} <= RESERVED
    assert not {"name", "year", "date", "user", "key", "end"} & RESERVED - {"end"}


@pytest.mark.parametrize(
    ("name", "written"),
    [("name", "name"), ("Order", "`Order`"), ("2nd", "`2nd`"), ("a b", "`a b`"), ("a`b", "`a``b`"), ("Höhe", "`Höhe`")],
)
def test_a_name_is_quoted_only_where_needed(name: str, written: str) -> None:
    assert quote_name(name) == written


def test_values_are_written_as_sql_on_one_line() -> None:
    assert [write_value(v) for v in (None, 3, 1.5, "it's", "a\n b", b"abc")] == [
        "NULL",
        "3",
        "1.5",
        "'it''s'",
        "'a b'",
        "<3 bytes>",
    ]
    assert clip("x" * 50, 10) == "xxxxxxx..."
