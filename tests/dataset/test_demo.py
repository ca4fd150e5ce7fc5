"""The embedded demo: its files, and the databases that are built from them."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlglot import parse_one

from experiments.demo.data_card import tables
from oraclecoder.database.schema import connect, read_schema
from oraclecoder.dataset import demo, load_dataset
from oraclecoder.errors import DataError
from oraclecoder.records import Example
from tests.test_settings import composed

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


@pytest.fixture(scope="module")
def whole() -> tuple[Example, ...]:
    """All questions of the demo that is shipped."""
    return tuple(example for split in demo.SPLITS for example in demo.read_questions(split))


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Its databases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ORACLECODER_CACHE", str(tmp_path_factory.mktemp("cache")))
        return demo.build_databases()


def test_the_demo_has_1_500_questions_or_more_400_of_them_of_test_and_asks_none_twice(whole) -> None:
    assert len(whole) >= 1500
    assert len(demo.read_questions("test")) >= 400
    assert len({(example.database, " ".join(example.question.lower().split())) for example in whole}) == len(whole)


def test_every_question_of_the_demo_has_an_answer_that_a_wrong_query_does_not_give_by_chance(whole, databases) -> None:
    """A query that finds nothing, NULL or no rows to count is right too easily."""
    for example in whole:
        with closing(connect(databases[example.database])) as connection:
            rows = connection.execute(example.gold_sql).fetchall()
        assert any(value is not None for row in rows for value in row), example
        assert rows != [(0,)], example


def test_nothing_ties_at_a_limit(whole, databases) -> None:
    num_limits = 0
    for example in whole:
        query = parse_one(example.gold_sql, read="sqlite")
        if (limit := query.args.get("limit")) is None:
            continue
        num_limits += 1
        keys, number = [key.this for key in query.args["order"].expressions], int(limit.expression.name)
        with_next = query.select(*keys).limit(number + 1).sql("sqlite")
        with closing(connect(databases[example.database])) as connection:
            rows = [row[-len(keys) :] for row in connection.execute(with_next).fetchall()]
        assert len(rows) <= number or rows[number] != rows[number - 1], example
    assert num_limits > 200


def test_the_data_card_has_the_counts_that_are_counted() -> None:
    card = (demo.FOLDER / "README.md").read_text(encoding="utf-8")
    for table in tables().split("\n\n"):
        assert table in card


def test_the_demo_is_split_by_database() -> None:
    config = composed("train").dataset
    data = load_dataset(config)
    parts = {name: {example.database for example in getattr(data, name)} for name in ("train", "choose", "accept")}
    assert parts["choose"] == {"gym", "newspaper"}
    assert parts["accept"] == {"library", "school"}
    assert len(parts["train"]) == 13
    assert {example.database for example in data.evaluation} == set(demo.TEST_DATABASES)
    assert set(demo.TEST_DATABASES) == {"airline", "clinic", "film_festival", "football_league", "hotel"}
    assert sorted(set(demo.TEST_DATABASES).union(*parts.values())) == list(demo.database_names())
    assert [len(part) for part in (data.train, data.choose, data.accept, data.evaluation)] == [972, 148, 148, 432]
    assert data.missing == {"train": {}, "test": {}}
    assert load_dataset(config).fingerprint == data.fingerprint
