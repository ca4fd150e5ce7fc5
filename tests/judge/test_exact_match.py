"""Exact match on a small schema with the official habits, and on real predictions with official verdicts."""

import csv
import json
import sqlite3
import time

import pytest

from oraclecoder.errors import DatabaseError, DataError
from oraclecoder.judge.exact_match import COMPONENTS, exact_match
from oraclecoder.judge.spider_sql import merge_keys, read_spider_schema, spider_schema_from_tables

ENTRY = {
    "db_id": "music",
    "table_names_original": ["Singer", "Song", "Award"],
    "column_names_original": [
        [-1, "*"],
        [0, "Singer_ID"],
        [0, "Name"],
        [0, "Age"],
        [0, "default_value"],
        [1, "Song_ID"],
        [1, "Singer_ID"],
        [1, "Title"],
        [1, "Sales"],
        [2, "Song_ID"],
        [2, "Year"],
    ],
    "foreign_keys": [[6, 1], [9, 5]],
}
SCHEMA = spider_schema_from_tables(ENTRY)
JOINED = "FROM singer AS t1 JOIN song AS t2 ON t1.singer_id = t2.singer_id"

SAME = {
    "values": ("SELECT name FROM singer WHERE age > 30", "SELECT name FROM singer WHERE age > 'x'"),
    "distinct": ("SELECT count(DISTINCT name) FROM singer", "SELECT DISTINCT count(name) FROM singer"),
    "limit": ("SELECT name FROM singer ORDER BY age LIMIT 1", "SELECT name FROM singer ORDER BY age LIMIT 99 more"),
    "on": (f"SELECT t1.name {JOINED}", f"SELECT t1.name {JOINED.replace('t2.singer_id', 't2.song_id')}"),
    "key": (f"SELECT t1.singer_id {JOINED}", f"SELECT t2.singer_id {JOINED}"),
    "order of parts": ("SELECT name, age FROM singer", "SELECT age, name FROM singer"),
    "and or": (
        "SELECT name FROM singer WHERE age > 1 AND age < 2 OR name = 'x'",
        "SELECT name FROM singer WHERE age < 2 OR name = 'x' AND age > 1",
    ),
    "one direction for all": (
        "SELECT name FROM singer ORDER BY age DESC, name",
        "SELECT name FROM singer ORDER BY age, name DESC",
    ),
    "swallowed or": (
        f"SELECT t1.name {JOINED} OR t1.age = 3",
        f"SELECT t1.name {JOINED}",
    ),
    "semicolons": ("SELECT name FROM singer", "SELECT name FROM singer ; ;"),
    "unread rest": ("SELECT name FROM singer GROUP BY name", "SELECT name FROM singer GROUP BY name nonsense"),
    "parentheses": ("SELECT name FROM singer", "( SELECT name FROM singer )"),
    "value": ("SELECT name FROM singer WHERE age > 1", "SELECT name FROM singer WHERE age > value"),
    "set operation": (
        "SELECT name FROM singer UNION SELECT title FROM song WHERE sales > 1",
        "SELECT name FROM singer UNION SELECT title FROM song WHERE sales > 2",
    ),
    "no comma": ("SELECT name, age FROM singer", "SELECT name age FROM singer"),
}

DIFFERENT = {
    "aggregate": ("SELECT max(age) FROM singer", "SELECT min(age) FROM singer"),
    "tables": ("SELECT name FROM singer", f"SELECT t1.name {JOINED}"),
    "limit there": ("SELECT name FROM singer ORDER BY age LIMIT 1", "SELECT name FROM singer ORDER BY age"),
    "nested distinct": (
        "SELECT name FROM singer WHERE singer_id IN (SELECT DISTINCT singer_id FROM song)",
        "SELECT name FROM singer WHERE singer_id IN (SELECT singer_id FROM song)",
    ),
    "value in from": (
        "SELECT count(*) FROM (SELECT name FROM singer WHERE age > 1)",
        "SELECT count(*) FROM (SELECT name FROM singer WHERE age > 2)",
    ),
    "group table": (
        "SELECT count(*) FROM singer AS t1 JOIN award AS t2 JOIN song AS t3 GROUP BY t2.song_id",
        "SELECT count(*) FROM singer AS t1 JOIN award AS t2 JOIN song AS t3 GROUP BY t1.name",
    ),
    "operation": (
        "SELECT name FROM singer UNION SELECT title FROM song",
        "SELECT name FROM singer EXCEPT SELECT title FROM song",
    ),
    "value in a name": ("SELECT default_value FROM singer", "SELECT default_value FROM singer"),
}

UNPARSED = (
    "",
    "NA",
    "SELECT name FROM nowhere",
    "SELECT nothing FROM singer",
    "SELECT count(*) AS n FROM singer",
    "SELECT name FROM singer, song",
    "SELECT t1.name FROM singer t1",
    "SELECT name FROM singer LEFT JOIN song",
    "SELECT singer.name FROM singer AS singer",
    "SELECT name FROM singer WHERE age=1",
    "SELECT name FROM singer WHERE age <> 1",
    "SELECT name FROM singer WHERE age IN (1, 2)",
    "SELECT name FROM singer WHERE age IS NULL",
    "SELECT t1.* FROM singer AS t1",
    "SELECT `name` FROM singer",
    "SELECT name FROM singer WHERE name = 'it's'",
    "SELECT name FROM singer LIMIT",
    "SELECT name FROM singer AS",
    "SELECT name FROM song JOIN (SELECT name FROM singer)",
    "DELETE FROM singer",
    "SELECT name FROM singer\x00WHERE",
)


@pytest.mark.parametrize("case", SAME)
def test_what_does_not_count_is_dropped(case):
    assert exact_match(*SAME[case], SCHEMA).exact is True


@pytest.mark.parametrize("case", DIFFERENT)
def test_what_counts_is_compared(case):
    assert exact_match(*DIFFERENT[case], SCHEMA).exact is False


@pytest.mark.parametrize("sql", UNPARSED)
def test_a_prediction_that_does_not_parse_is_wrong(sql):
    verdict = exact_match("SELECT name FROM singer", sql, SCHEMA)
    assert (verdict.exact, verdict.parsed, verdict.hardness) == (False, False, "easy")
    assert tuple(verdict.partial["select"]) == (1, 0, 0)


def test_a_gold_that_does_not_parse_has_no_verdict():
    verdict = exact_match("SELECT name FROM singer, song", "SELECT name FROM singer", SCHEMA)
    assert (verdict.exact, verdict.hardness, verdict.partial, verdict.parsed) == (None, None, {}, True)


def test_components_are_scored_one_by_one():
    gold = "SELECT name, max(age) FROM singer WHERE age > 1 AND name = 'a' GROUP BY name HAVING count(*) > 1"
    predicted = "SELECT name, min(age) FROM singer WHERE age < 1 OR name = 'b' GROUP BY name HAVING count(*) < 2"
    partial = exact_match(gold, predicted, SCHEMA).partial
    assert list(partial) == list(COMPONENTS)
    assert {name for name, counts in partial.items() if counts.matches} == {
        "select(no AGG)",
        "where(no OP)",
        "group(no Having)",
        "order",
        "IUEN",
    }
    assert tuple(partial["select"]) == (2, 2, 1)
    assert tuple(partial["where"]) == (2, 2, 1)
    assert tuple(partial["keywords"]) == (3, 4, 3)


@pytest.mark.parametrize(
    ("sql", "grade"),
    [
        ("SELECT name FROM singer WHERE age > 1", "easy"),
        ("SELECT name, age FROM singer WHERE age > 1 ORDER BY age", "medium"),
        ("SELECT name FROM singer EXCEPT SELECT title FROM song", "hard"),
        ("SELECT name FROM singer WHERE age > 1 OR age < 0 ORDER BY age LIMIT 1", "extra"),
        ("SELECT name FROM singer GROUP BY name HAVING count(*) > 1 AND count(*) < 9", "easy"),
        ("SELECT count(*) FROM (SELECT name FROM singer WHERE age > 1)", "easy"),
    ],
)
def test_hardness_comes_from_the_gold(sql, grade):
    assert exact_match(sql, "", SCHEMA).hardness == grade


def test_groups_of_keys_that_meet_later_stay_apart():
    entry = ENTRY | {"foreign_keys": [[6, 1], [9, 5], [9, 6]]}
    merged = merge_keys(entry)
    assert merged["song.singer_id"] == "singer.singer_id"
    assert merged["award.song_id"] == "song.song_id"


def test_hostile_predictions_end_at_once():
    deep = "SELECT age FROM singer WHERE age IN (" * 5000 + "SELECT age FROM singer" + ")" * 5000
    unions = "SELECT age FROM singer" + " UNION SELECT age FROM singer" * 3000
    long = [piece * (10**6 // len(piece)) for piece in ("(", "'", ". ", "3. ", ",", " ", '"a" ', "> = ", "\x00")]
    long += [piece * (99_000 // len(piece)) for piece in ("(", ".)", "3. ", ",,", "select ", "select a from ")]
    start = time.perf_counter()
    for sql in (deep, unions, *long):
        assert exact_match("SELECT age FROM singer", sql, SCHEMA).exact is False
    assert time.perf_counter() - start < 20


def test_the_schema_is_read_from_the_file_or_from_tables_json(tmp_path):
    path = tmp_path / "music.sqlite"
    connection = sqlite3.connect(path)
    for table, name in enumerate(ENTRY["table_names_original"]):
        columns = [column for owner, column in ENTRY["column_names_original"] if owner == table]
        connection.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
    connection.close()
    read = read_spider_schema(path, ENTRY)
    assert (read.tables, read.merged, read.names) == (SCHEMA.tables, SCHEMA.merged, SCHEMA.names)
    assert read_spider_schema(path).merged == {}


def test_a_missing_file_and_a_malformed_entry_are_named(tmp_path):
    with pytest.raises(DatabaseError, match=r"absent\.sqlite"):
        read_spider_schema(tmp_path / "absent.sqlite")
    with pytest.raises(DataError, match=r"tables\.json"):
        spider_schema_from_tables({"table_names_original": ["a"], "column_names_original": [[3, "x"]]})
    with pytest.raises(DataError, match=r"tables\.json"):
        spider_schema_from_tables({key: value for key, value in ENTRY.items() if key != "foreign_keys"})


@pytest.fixture(scope="module")
def spider(shared_data):
    """Development questions, and a schema for each database by its name."""
    folder = shared_data / "spider"
    entries = {entry["db_id"]: entry for entry in json.loads((folder / "tables.json").read_text())}
    questions = json.loads((folder / "dev.json").read_text())
    schemas = {}
    for name in {question["db_id"] for question in questions}:
        path = folder / "database" / name / f"{name}.sqlite"
        entry = entries[name]
        schemas[name] = read_spider_schema(path, entry) if path.exists() else spider_schema_from_tables(entry)
    return questions, schemas


@pytest.mark.parametrize("name", ["dts_deepseek", "dts_mistral", "oraclecoder"])
def test_real_predictions_get_the_official_verdict_on_every_item(shared_data, spider, name):
    questions, schemas = spider
    predictions = (shared_data / "predictions/spider" / f"{name}.txt").read_text().splitlines()
    with (shared_data / "predictions/spider" / f"{name}.verdicts.tsv").open() as file:
        official = [(int(row["index"]), row["em"], row["hardness"]) for row in csv.DictReader(file, delimiter="\t")]
    assert len(official) == len(predictions)
    verdicts = []
    for (index, _, _), predicted in zip(official, predictions, strict=True):
        question = questions[index]
        verdict = exact_match(question["query"], predicted, schemas[question["db_id"]])
        verdicts.append((index, str(int(verdict.exact)), verdict.hardness))
    assert [pair for pair in zip(official, verdicts, strict=True) if pair[0] != pair[1]] == []


def test_every_gold_of_spider_is_right_against_itself(spider):
    questions, schemas = spider
    golds = [(question["query"], schemas[question["db_id"]]) for question in questions]
    wrong = [sql for sql, schema in golds if not exact_match(sql, sql, schema).exact]
    assert all("value" in sql for sql in wrong)
    assert len(wrong) < 10
