"""The embedded demo: its files, and the databases that are built from them."""

import sqlite3
from pathlib import Path

import pytest

from oraclecoder.config import DatasetConfig, DatasetName, SplitBy
from oraclecoder.database.schema import read_schema
from oraclecoder.dataset import demo, load_dataset
from oraclecoder.errors import DataError

QUESTIONS = """\
-- A heading that no query follows.

-- How many animals
-- are there?
SELECT count(*)
FROM animal;

-- Which are old?
-- evidence: old means
-- evidence: age > 9
SELECT name FROM animal WHERE age > 9; \n"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORACLECODER_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "zoo.sql").write_text("CREATE TABLE animal (name TEXT, age INT); INSERT INTO animal VALUES ('Bo', 12);")
    (folder / "zoo.questions.sql").write_text(QUESTIONS)
    return folder


def test_questions_are_read_with_evidence_and_without_semicolon(folder: Path) -> None:
    first, second = demo.read_questions("train", folder)
    assert (first.id, first.index, first.database) == ("demo-train-0", 0, "zoo")
    assert (first.question, first.gold_sql) == ("How many animals are there?", "SELECT count(*)\nFROM animal")
    assert (second.evidence, second.gold_sql) == ("old means age > 9", "SELECT name FROM animal WHERE age > 9")
    assert demo.read_questions("test", folder) == ()


@pytest.mark.parametrize("text", ["SELECT 1;\n", "-- Why?\nSELECT 1\n"])
def test_an_entry_without_question_or_semicolon_is_named(folder: Path, text: str) -> None:
    (folder / "zoo.questions.sql").write_text(text)
    with pytest.raises(DataError, match=r"zoo.questions.sql: 'SELECT 1;?' needs"):
        demo.read_questions("train", folder)


def test_a_database_is_built_once_per_content_and_leaves_nothing_else(folder: Path, tmp_path: Path) -> None:
    path = demo.build_databases(folder)["zoo"]
    assert read_schema(path).tables[0].rows == (("Bo", 12),)
    built_at = path.stat().st_mtime_ns
    assert demo.build_databases(folder)["zoo"].stat().st_mtime_ns == built_at
    assert [file.name for file in path.parent.iterdir()] == ["zoo.sqlite"]
    (folder / "zoo.sql").write_text("CREATE TABLE animal (name TEXT);")
    assert demo.build_databases(folder)["zoo"] != path
    assert path.exists()


def test_statements_that_sqlite_refuses_are_named_and_leave_no_database(folder: Path, tmp_path: Path) -> None:
    (folder / "zoo.sql").write_text("CREATE TABLE animal (name TEXT); INSERT INTO plant VALUES (1);")
    with pytest.raises(DataError, match=r"zoo.sql of the demo does not build \(no such table: plant\)"):
        demo.build_databases(folder)
    assert not [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]


def test_an_unknown_split_is_named() -> None:
    with pytest.raises(DataError, match="dataset=demo has no split 'dev'; choose one of train, test"):
        demo.read_questions("dev")


def test_every_question_of_the_demo_has_rows_for_an_answer() -> None:
    databases = demo.build_databases()
    for split in demo.SPLITS:
        for example in demo.read_questions(split):
            connection = sqlite3.connect(f"file:{databases[example.database]}?mode=ro", uri=True)
            assert connection.execute(example.gold_sql).fetchone() is not None, example
            connection.close()


def test_the_demo_is_split_by_database() -> None:
    config = DatasetConfig(
        name=DatasetName.demo,
        root=None,
        questions=None,
        train_splits=["train"],
        split="test",
        split_by=SplitBy.database,
        choose_fraction=0.12,
        accept_fraction=0.12,
        validation_limit=None,
        limit=None,
        train_limit=None,
        fold=None,
        seed=315,
    )
    data = load_dataset(config)
    assert {example.database for example in data.evaluation} <= set(demo.TEST_DATABASES)
    assert not {example.database for example in data.train} & set(demo.TEST_DATABASES)
    assert data.missing == {"train": {}, "test": {}}
    assert load_dataset(config).fingerprint == data.fingerprint
