"""Values of a database that a question names."""

import sqlite3
from contextlib import closing

import pytest

from oraclecoder.database.schema import read_schema
from oraclecoder.database.values import CellValue, named_values
from oraclecoder.errors import DatabaseError
from oraclecoder.records import Example
from oraclecoder.task.question import MOST_PLACES, shown_values, write_question

SCRIPT = """
CREATE TABLE station (id INT, city TEXT, state TEXT, "opened on" TEXT, grade TEXT);
INSERT INTO station VALUES (1, 'New York', 'NY', '1999-04-01', 'A'), (2, 'New York City', 'IN', '2003-10-12', 'B'),
                           (3, 'St. Louis', 'MO', NULL, '12'), (4, 'O''Hare', 'IL', '', '7'),
                           (5, 'Nome', 'AK', '99762', '2004');
CREATE TABLE train (name TEXT, home TEXT, about TEXT);
INSERT INTO train VALUES ('Silver Arrow', 'New York', 'one two three four five six seven eight nine ten eleven'),
                         ('Night Owl', 'St. Louis', 'late');
"""


@pytest.fixture
def railway(tmp_path):
    path = tmp_path / "railway.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCRIPT)
    return path


def named(question, path):
    return [(value.table, value.column, value.text) for places in named_values(question, path) for value in places]


def test_a_phrase_is_found_in_each_column_that_holds_it_in_any_case(railway):
    both = [("station", "city", "New York"), ("train", "home", "New York")]
    assert named("Which trains go to new york?", railway) == both
    assert named("New York's trains", railway) == both
    assert named("Where is the night-owl?", railway) == [("train", "name", "Night Owl")]


def test_the_longest_phrase_is_meant(railway):
    assert named("Trains from New York City", railway) == [("station", "city", "New York City")]


def test_values_come_in_the_order_of_the_question_each_once(railway):
    found = named("Does the Silver Arrow, and only the Silver Arrow, leave O'Hare for St Louis?", railway)
    assert found == [
        ("train", "name", "Silver Arrow"),
        ("station", "city", "O'Hare"),
        ("station", "city", "St. Louis"),
        ("train", "home", "St. Louis"),
    ]


def test_short_words_are_written_as_in_the_database(railway):
    assert named("Stations in no city", railway) == []
    assert named("Stations of state IN", railway) == [("station", "state", "IN")]


def test_letters_and_short_numbers_stand_in_quotes_and_dates_and_codes_need_none(railway):
    assert named("A list of stations of grade B or 12, 7 of them", railway) == []
    assert named("Stations of grade 'A' or \"12\"", railway) == [("station", "grade", "A"), ("station", "grade", "12")]
    assert named("What opened on 1999-04-01 or in 2004?", railway) == [("station", "opened on", "1999-04-01")]
    assert named("Station 99762", railway) == [("station", "opened on", "99762")]


def test_prose_is_no_value_and_empty_text_neither(railway):
    assert named("one two three four five six seven eight nine ten eleven", railway) == []


def test_all_columns_that_hold_a_phrase_are_given_and_the_first_ones_told(tmp_path):
    path = tmp_path / "wide.sqlite"
    names = [f"c{number}" for number in range(6)]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE wide ({', '.join(f'{name} TEXT' for name in names)})")
        connection.execute("INSERT INTO wide VALUES ('blue', 'blue', 'blue', 'blue', 'blue', 'blue')")
        connection.commit()
    values = named_values("blue ones", path)
    assert values == (tuple(CellValue("wide", name, "blue") for name in names),)
    shown = shown_values(values, read_schema(path, 0), most=6)
    assert [value.column for value in shown] == names[:MOST_PLACES]


def test_a_value_is_told_as_it_stands_in_the_database_and_one_of_several_lines_not_at_all(tmp_path):
    path = tmp_path / "odd.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a TEXT)")
        connection.executemany("INSERT INTO t VALUES (?)", [("New  York ",), ("Old\nTown",)])
        connection.commit()
    values = named_values("New York and Old Town", path)
    assert [value.text for (value,) in values] == ["New  York ", "Old\nTown"]
    shown = shown_values(values, read_schema(path, 0), most=6)
    asked = write_question(Example("0", 0, "?", "odd", ""), "SQL", shown)
    assert "Values: t.a = 'New  York '\n" in asked


def test_what_is_written_later_is_found(railway):
    assert named("Where is Lakeside?", railway) == []
    with closing(sqlite3.connect(railway)) as connection:
        connection.execute("INSERT INTO station (city) VALUES ('Lakeside')")
        connection.commit()
    assert named("Where is Lakeside?", railway) == [("station", "city", "Lakeside")]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DatabaseError, match=r"gone\.sqlite does not exist"):
        named_values("anything", tmp_path / "gone.sqlite")
