"""Every form of predictions file is read, and one that does not fit is refused in a sentence."""

import json

import pytest

from oraclecoder.errors import DataError
from oraclecoder.judge.predictions import read_predictions
from oraclecoder.records import Example

EXAMPLES = [
    Example(id=f"dev-{i}", index=i, question="?", database=database, gold_sql="SELECT 1")
    for i, database in enumerate(["cars", "cars", "pets", "pets"])
]


def read(tmp_path, text, *, name="predictions.txt", limit=None):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [(p.example.index, p.sql) for p in read_predictions(path, EXAMPLES, limit=limit)]


def test_lines_answer_in_order_and_blank_ones_answer_with_nothing(tmp_path):
    assert read(tmp_path, "SELECT 1\n\nSELECT 3\n  \n") == [(0, "SELECT 1"), (1, ""), (2, "SELECT 3"), (3, "")]


def test_a_newline_at_the_end_is_no_line(tmp_path):
    assert read(tmp_path, "a\nb\nc\nd\n") == read(tmp_path, "a\nb\nc\nd") == read(tmp_path, "a\nb\nc\nd\n\n\n")
    assert read(tmp_path, "a\r\nb\r\nc\r\nd\r\n") == read(tmp_path, "a\nb\nc\nd")


def test_the_name_of_the_database_may_stand_behind_a_tab(tmp_path):
    text = "SELECT 1\tcars\nSELECT\t2\nSELECT 3\tpets\n\tpets\n"
    assert read(tmp_path, text) == [(0, "SELECT 1"), (1, "SELECT\t2"), (2, "SELECT 3"), (3, "")]


def test_another_database_than_that_of_the_question_is_refused(tmp_path):
    with pytest.raises(DataError, match="line 2 is for database pets, but question 1 is about cars"):
        read(tmp_path, "a\tcars\nb\tpets\nc\nd\n")


@pytest.mark.parametrize("text", ["a\nb\nc\n", "a\nb\nc\nd\ne\n"])
def test_another_number_of_lines_is_refused_with_both_numbers(tmp_path, text):
    with pytest.raises(DataError, match=rf"has {text.count(chr(10))} predictions for 4 questions"):
        read(tmp_path, text)


def test_a_limit_takes_the_first_questions(tmp_path):
    assert read(tmp_path, "a\nb\n", limit=2) == [(0, "a"), (1, "b")]
    assert read(tmp_path, "a\nb\nc\nd\n", limit=2) == [(0, "a"), (1, "b")]
    with pytest.raises(DataError, match="has 2 predictions for 3 questions"):
        read(tmp_path, "a\nb\n", limit=3)


def test_json_lines_answer_by_row_or_by_id(tmp_path):
    rows = [{"id": "dev-3", "sql": "d"}, {"index": 1, "id": "x", "sql": "b", "candidates": []}]
    assert read(tmp_path, "\n".join(map(json.dumps, rows)) + "\n") == [(1, "b"), (3, "d")]
    assert read(tmp_path, json.dumps(rows[0])) == [(3, "d")]
    assert read(tmp_path, json.dumps(rows)) == [(1, "b"), (3, "d")]
    assert read(tmp_path, "\n".join(map(json.dumps, rows)), limit=2) == [(1, "b")]


def test_json_by_row_number_holds_the_rows_that_it_holds(tmp_path):
    given = {"2": "SELECT 3\t----- bird -----\tpets", "0": "SELECT\n 1", "1": 0}
    assert read(tmp_path, json.dumps(given, indent=1)) == [(0, "SELECT\n 1"), (1, ""), (2, "SELECT 3")]
    assert read(tmp_path, json.dumps(given), limit=1) == [(0, "SELECT\n 1")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"4": "a"}', "answers question 4, which the 4 questions lack"),
        ('{"four": "a"}', "answers question 'four'"),
        ('{"index": 0, "sql": "a"}\n{"index": 0, "sql": "b"}', "answers question 0 a second time"),
        ('{"index": 0, "sql": "a"}\n{"index": 1, "query": "b"}', "entry 2 is not an object with sql"),
        ('{"index": 0, "sql": "a"}\n{"index": 1', "line 2 is not valid JSON"),
        ('{"0": "a\\t----- bird -----\\tpets"}', "is for database pets, but question 0 is about cars"),
        ("[1, 2]", "entry 1 is not an object"),
        ('{"index": 1, "query": "b"}', "entry 1 is not an object with sql"),
    ],
)
def test_json_that_does_not_fit_is_refused(tmp_path, text, message):
    with pytest.raises(DataError, match=message):
        read(tmp_path, text)


def test_an_answer_that_names_another_question_or_database_is_refused_whatever_its_row_number(tmp_path):
    assert read(tmp_path, '{"index": "0", "id": "my own", "database": "Cars", "sql": "a"}') == [(0, "a")]
    with pytest.raises(DataError, match="entry 1 has database pets, but question 0 has cars"):
        read(tmp_path, '{"index": 0, "database": "pets", "sql": "a"}')
    with pytest.raises(DataError, match=r"entry 1 has id spider-train-0, but question 0 has dev-0; .* dataset\.split"):
        read(tmp_path, '{"index": 0, "id": "spider-train-0", "sql": "a"}')


def test_a_tab_ends_a_line_of_text_if_the_rules_say_so_and_never_json(tmp_path):
    path = tmp_path / "predictions.txt"
    path.write_text("SELECT 1\tno_such\nSELECT\t2\tcars\nc\nd\n")
    assert [p.sql for p in read_predictions(path, EXAMPLES, tab_ends=True)] == ["SELECT 1", "SELECT", "c", "d"]
    path.write_text(json.dumps({"0": "SELECT\t1\tcars"}))
    assert [p.sql for p in read_predictions(path, EXAMPLES, tab_ends=True)] == ["SELECT\t1"]


def test_bytes_that_are_no_text_do_not_stop_the_reading(tmp_path):
    found = read(tmp_path, b"\xef\xbb\xbfSELECT 1\nSELECT '\xff'\nc\nd\n")
    assert found[0] == (0, "SELECT 1")
    assert found[1] == (1, "SELECT '\ufffd'")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"absent\.txt cannot be read"):
        read_predictions(tmp_path / "absent.txt", EXAMPLES)
