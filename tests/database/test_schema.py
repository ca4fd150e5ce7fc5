"""What is reflected from databases of every kind, and the paths that join their tables."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from oraclecoder.database.schema import ForeignKey, Schema, Table, key_path, read_schema
from oraclecoder.database.values import named_values
from oraclecoder.errors import DatabaseError


def build(folder: Path, script: str, name: str = "town") -> Path:
    path = folder / f"{name}.sqlite"
    with sqlite3.connect(path) as connection:
        connection.executescript(script)
    connection.close()
    return path


def joined(*links: tuple[str, str]) -> Schema:
    """A schema of empty tables, one key per pair; tables in the order of their first mention."""
    names = dict.fromkeys(name for pair in links for name in pair)
    keys = tuple(ForeignKey(table, "id", other, "id") for table, other in links)
    return Schema("made", tuple(Table(name, ()) for name in names), keys)


def test_tables_columns_types_keys_and_rows_are_read_in_order(tmp_path: Path) -> None:
    path = build(
        tmp_path,
        """
        CREATE TABLE town (id INTEGER PRIMARY KEY, name varchar(20), area REAL);
        CREATE TABLE street (town_id int REFERENCES town (id), number TEXT, PRIMARY KEY (number, town_id));
        INSERT INTO town VALUES (1, 'Ulm', 118.7), (2, 'Bern', NULL), (3, 'Ulm', 1.5), (4, 'Pau', 31.5);
        """,
    )
    schema = read_schema(path, num_rows=2)
    assert schema.database == "town"
    town, street = schema.tables
    assert [(column.name, column.type) for column in town.columns] == [
        ("id", "INTEGER"),
        ("name", "VARCHAR(20)"),
        ("area", "REAL"),
    ]
    assert (town.primary_key, street.primary_key) == (("id",), ("number", "town_id"))
    assert town.rows == ((1, "Ulm", 118.7), (2, "Bern", None))
    assert [column.values for column in town.columns] == [("1", "2"), ("Ulm", "Bern"), ("118.7", "1.5")]
    assert schema.foreign_keys == (ForeignKey("street", "town_id", "town", "id"),)


def test_keys_are_read_without_target_in_any_case_to_oneself_and_not_to_nowhere(tmp_path: Path) -> None:
    path = build(
        tmp_path,
        """
        CREATE TABLE Person (Id INTEGER PRIMARY KEY, boss INT REFERENCES person, house INT REFERENCES nowhere (id));
        CREATE TABLE pair (a INT, b INT, PRIMARY KEY (a, b));
        CREATE TABLE visit (
          who INT REFERENCES PERSON (ID), lost INT REFERENCES pair, a INT, b INT, FOREIGN KEY (a, b) REFERENCES pair
        );
        """,
    )
    assert set(read_schema(path).foreign_keys) == {
        ForeignKey("Person", "boss", "Person", "Id"),
        ForeignKey("visit", "who", "Person", "Id"),
        ForeignKey("visit", "a", "pair", "a"),
        ForeignKey("visit", "b", "pair", "b"),
    }


def test_odd_names_types_bytes_and_generated_columns_are_read(tmp_path: Path) -> None:
    path = build(
        tmp_path,
        """
        CREATE TABLE "order items" ("free meals (K-12)" tinyint unsigned, `say "hi"` , x GENERATED ALWAYS AS (2));
        CREATE TABLE plain (photo BLOB, note YEAR) ;
        INSERT INTO "order items" VALUES (7, CAST(x'41ff42' AS TEXT));
        INSERT INTO plain VALUES (x'00ff', '  ');
        """,
    )
    items, plain = read_schema(path).tables
    assert [(column.name, column.type) for column in items.columns] == [
        ("free meals (K-12)", "INTEGER"),
        ('say "hi"', ""),
        ("x", ""),
    ]
    assert items.rows == ((7, "AB", 2),)
    assert plain.rows == ((b"\x00\xff", "  "),)
    assert [column.values for column in plain.columns] == [(), ()]


def test_of_large_cells_no_more_are_read_than_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "photos.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photo (name TEXT, picture BLOB)")
        connection.executemany("INSERT INTO photo VALUES (?, zeroblob(4000000))", [(f"n{n}",) for n in range(60)])
        connection.commit()
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom oraclecoder.database.schema import read_schema\n"
        "def most(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before, table = most(), read_schema(Path(sys.argv[1])).tables[0]\n"
        "print(len(table.rows), *table.columns[0].values, most() - before)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    *told, grown = done.stdout.split()
    assert told == ["3", "n0", "n1", "n2"]
    assert int(grown) < 60_000  # KiB; all sixty would be 240 MB


def test_reading_leaves_no_file_behind_and_needs_no_right_to_write(tmp_path: Path) -> None:
    path = build(tmp_path, "PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1);")
    tmp_path.chmod(0o555)
    try:
        assert read_schema(path).tables[0].rows == ((1,),)
    finally:
        tmp_path.chmod(0o755)
    assert [file.name for file in tmp_path.iterdir()] == ["town.sqlite"]


def test_rows_that_still_stand_in_a_log_are_read(tmp_path: Path) -> None:
    path = tmp_path / "busy.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (a); INSERT INTO t VALUES (5);")
    assert path.with_name("busy.sqlite-wal").stat().st_size > 0
    assert read_schema(path).tables[0].rows == ((5,),)
    connection.close()


def test_a_log_that_grows_is_read_again_and_gains_no_file_also_through_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "busy.sqlite", tmp_path / "links" / "busy.sqlite"
    link.parent.mkdir()
    link.symlink_to(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (a TEXT);")
        assert [table.name for table in read_schema(link).tables] == ["t"]
        connection.executescript("CREATE TABLE u (a TEXT); INSERT INTO u VALUES ('Milan');")
        assert [table.name for table in read_schema(link).tables] == ["t", "u"]
        assert [value.table for (value,) in named_values("Milan", link)] == ["u"]
        left = tmp_path / "left"
        left.mkdir()
        for name in ("busy.sqlite", "busy.sqlite-wal"):
            shutil.copy(tmp_path / name, left / name)
    assert [table.name for table in read_schema(left / "busy.sqlite").tables] == ["t", "u"]
    assert sorted(file.name for file in left.iterdir()) == ["busy.sqlite", "busy.sqlite-wal"]


def test_a_virtual_table_is_shown_without_those_it_keeps_its_rows_in_and_left_out_without_its_module(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    script = """
        CREATE TABLE t (a); CREATE VIRTUAL TABLE f USING fts5(x); PRAGMA writable_schema = 1;
        INSERT INTO sqlite_master VALUES ('table', 'm', 'm', 0, 'CREATE VIRTUAL TABLE m USING no_such(x)');"""
    assert [table.name for table in read_schema(build(tmp_path, script)).tables] == ["t", "f"]
    assert "town: table m is left out" in caplog.text
    with pytest.raises(DatabaseError, match="has no tables, and views are not shown to a model"):
        read_schema(build(tmp_path, "CREATE VIEW v AS SELECT 1 AS a;", "views"))


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = build(tmp_path, "CREATE TABLE t (a);")
    assert read_schema(path) is read_schema(path)
    build(tmp_path, "CREATE TABLE u (a);")
    assert [table.name for table in read_schema(path).tables] == ["t", "u"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "does not exist"),
        (b"this is no database, whatever its name says" * 40, "does not open as a SQLite database"),
        (b"", "has no tables"),
    ],
)
def test_what_is_no_database_is_named(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "broken.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DatabaseError, match=message) as caught:
        read_schema(path)
    assert str(path) in str(caught.value)
    assert path.exists() == (content is not None)


def test_descriptions_are_read_in_any_encoding_and_say_nothing_twice(tmp_path: Path) -> None:
    path = build(tmp_path, "CREATE TABLE Town (town_id INT, Höhe INT, kind TEXT, other TEXT);")
    folder = tmp_path / "database_description"
    folder.mkdir()
    head = "original_column_name,column_name,column_description,data_format,value_description\n"
    rows = 'town_id ,,"town id",integer,\nHöhe,height,"metres\n above sea",,"commonsense evidence: 0 means unknown"\n'
    (folder / "town.csv").write_bytes((head + rows + "kind,,,text,a: alpine\n").encode("latin-1"))
    assert [c.description for c in read_schema(path).tables[0].columns] == [
        "",
        "metres above sea; 0 means unknown",
        "a: alpine",
        "",
    ]
    (folder / "town.csv").write_bytes((head + "other,,what else,,\n").encode("utf-8-sig"))
    read_schema.__globals__["_read_schema"].cache_clear()
    assert [c.description for c in read_schema(path).tables[0].columns] == ["", "", "", "what else"]


def test_keeping_tables_keeps_their_keys_and_cutting_columns_keeps_the_keys_columns(tmp_path: Path) -> None:
    path = build(
        tmp_path,
        """
        CREATE TABLE a (id INTEGER PRIMARY KEY, x, y);
        CREATE TABLE b (a_id REFERENCES a (id), x, c_id REFERENCES c (id));
        CREATE TABLE c (id INTEGER PRIMARY KEY);
        CREATE TABLE d (x, y);
        INSERT INTO b VALUES (1, 2, 3);
        """,
    )
    schema = read_schema(path)
    assert schema.table("B") is schema.tables[1]
    assert schema.table("e") is None
    kept = schema.keep(["B", "a"])
    assert [table.name for table in kept.tables] == ["a", "b"]
    assert kept.foreign_keys == (ForeignKey("b", "a_id", "a", "id"),)
    cut = schema.keep(["a", "b", "d"], [("A", "Y")])
    assert [[column.name for column in table.columns] for table in cut.tables] == [["id", "y"], ["a_id"], ["x", "y"]]
    assert cut.tables[1].rows == ((1,),)


def test_the_tables_between_two_linked_ones_join_them() -> None:
    schema = joined(("hero", "power"), ("power", "kind"), ("hero", "colour"), ("island", "island"))
    assert key_path(schema, ["KIND", "hero"]) == ("hero", "power", "kind")
    assert key_path(schema, ["hero", "power"]) == ("hero", "power")
    assert key_path(schema, ["kind"]) == ("kind",)
    assert key_path(schema, ["colour", "kind"]) == ("hero", "power", "kind", "colour")


def test_tables_that_no_path_reaches_and_names_unknown_stay_apart_and_out() -> None:
    schema = joined(("a", "b"), ("c", "d"))
    assert key_path(schema, ["a", "d", "nowhere"]) == ("a", "d")
    assert key_path(schema, []) == ()


def test_of_two_ways_the_shorter_one_is_taken_and_of_equal_ones_the_first() -> None:
    schema = joined(("a", "far1"), ("far1", "far2"), ("far2", "z"), ("a", "near2"), ("near2", "z"), ("a", "near1"),
                    ("near1", "z"))  # fmt: skip
    assert key_path(schema, ["a", "z"]) == ("a", "z", "near2")


def test_every_spider_and_bird_database_opens(shared_data: Path) -> None:
    paths = [*shared_data.glob("spider/database/*/*.sqlite"), *shared_data.glob("bird/dev_databases/*/*.sqlite")]
    schemas = [read_schema(path) for path in paths]
    assert len(schemas) == 164
    assert sum(len(schema.tables) for schema in schemas) == 848
    superhero = next(schema for schema in schemas if schema.database == "superhero")
    assert sum(bool(c.description) for t in superhero.tables for c in t.columns) == 31
