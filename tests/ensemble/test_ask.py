"""Questions of one's own: what is served answers them about any SQLite file, alone or many at a time."""

import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from oraclecoder.ask import ask, find_database, read_questions
from oraclecoder.ensemble.asked import GENERATION, LINKING
from oraclecoder.ensemble.desk import Desk
from oraclecoder.errors import ConfigError, DatabaseError, DataError, RunError
from oraclecoder.merge import merge

QUESTIONS = ["What is sold in Rome?", "How many items are there?", "Which [item] costs most?"]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "shop.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, town TEXT);"
            "INSERT INTO item VALUES (1, 'pen', 'Rome'), (2, 'book', 'Oslo');"
        )
    return path


def ensemble(make_runs, conf, folder: Path, *tasks: str) -> Path:
    for task in tasks:
        make_runs(folder, task, [0.1, 0.3])
    return merge(conf.merge(folder, "ensemble=merged", "ensemble.gate=false"))


def piped(text: str, encoding: str = "utf-8") -> io.TextIOWrapper:
    """What stands in a file that is read as input."""
    return io.TextIOWrapper(io.BytesIO(text.encode(encoding)))


def test_questions_of_a_file_are_answered_as_each_is_alone(make_runs, conf, shop, tmp_path, monkeypatch, capsys):
    folder = ensemble(make_runs, conf, tmp_path, LINKING, GENERATION)
    config = conf.ask(tmp_path, shop, "limits.workers=1")
    desk = Desk(folder, shop, config.answer, config.limits, config.base)
    alone = desk.answer(QUESTIONS[:1])
    num_read = desk.kept.misses
    alone += [answer for question in QUESTIONS[1:] for answer in desk.answer([question])]
    assert desk.kept.misses == num_read > 0  # each schema is read once
    assert desk.kept.hits > 0
    fresh = Desk(folder, shop, config.answer, config.limits, config.base)
    together = fresh.answer(QUESTIONS)
    assert [prediction.question for prediction, _ in together] == QUESTIONS
    assert [(p.sql, p.links) for p, _ in together] == [(p.sql, p.links) for p, _ in alone]
    assert all(prediction.links.tables == ("item",) for prediction, _ in together if prediction.links)
    capsys.readouterr()
    monkeypatch.setattr("sys.stdin", piped("\n\n".join(QUESTIONS)))
    ask(config)
    said = capsys.readouterr().out
    assert f"database: {shop}\ntables: item\n" in said
    for prediction, _ in together:
        assert f"{prediction.question}\n" in said
        assert f"  SQL   {prediction.sql}" in said
    assert "gold" not in said
    assert [path.name for path in shop.parent.iterdir()] == ["shop.db"]


def test_without_a_linker_the_whole_schema_is_shown(make_runs, conf, shop, tmp_path, monkeypatch, capsys):
    ensemble(make_runs, conf, tmp_path, GENERATION)
    monkeypatch.setattr("sys.stdin", piped(QUESTIONS[0]))
    ask(conf.ask(tmp_path, shop, "limits.workers=1"))
    assert "links none: full schema" in capsys.readouterr().out


def test_what_writes_no_sql_is_refused_by_name(make_runs, conf, shop, tmp_path):
    folder = ensemble(make_runs, conf, tmp_path, LINKING)
    with pytest.raises(RunError, match="holds schema_linking and writes no SQL; train task=sql_generation"):
        ask(conf.ask(tmp_path, shop, f"ensemble_dir={folder}"))


def test_a_database_is_a_file_or_one_of_the_demo(shop, conf, tmp_path):
    assert find_database(str(shop)) == shop
    assert find_database("hotel").name == "hotel.sqlite"
    with pytest.raises(DatabaseError, match="database=nowhere is neither a file nor a database of the demo"):
        find_database("nowhere")
    with pytest.raises(ConfigError, match="there is no database to ask about; set database=FILE"):
        conf.ask(tmp_path, "")


def test_questions_in_another_encoding_than_utf8_are_refused_and_a_byte_order_mark_is_passed_over(monkeypatch):
    monkeypatch.setattr("sys.stdin", piped("Wie heißt er?", "latin-1"))
    with pytest.raises(DataError, match=r"are not UTF-8 .* convert them with iconv -t UTF-8"):
        list(read_questions())
    monkeypatch.setattr("sys.stdin", piped("Wie heißt er?", "utf-8-sig"))
    assert list(read_questions()) == [["Wie heißt er?"]]


def test_typed_questions_come_one_by_one_until_the_end(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    lines = iter(["How many?", "   ", " Which? "])

    def typed(_: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", typed)
    assert list(read_questions()) == [["How many?"], ["Which?"]]
