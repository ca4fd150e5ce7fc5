"""Spider, BIRD and questions of one's own: read, counted, split and told apart."""

import json
import logging
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from oraclecoder.config import DatasetConfig, DatasetName, SplitBy
from oraclecoder.dataset import (
    database_paths,
    evaluation_databases,
    load_dataset,
    load_evaluation,
    load_split,
)
from oraclecoder.dataset.sources import table_files
from oraclecoder.errors import DataError

CONFIG = DatasetConfig(
    name=DatasetName.spider,
    root=".",
    questions=None,
    train_splits=["train"],
    split="dev",
    split_by=SplitBy.database,
    choose_fraction=0.2,
    accept_fraction=0.2,
    validation_limit=None,
    limit=None,
    train_limit=None,
    fold=None,
    seed=1,
)


def row(database: str, number: int) -> dict[str, Any]:
    return {
        "db_id": database,
        "question": f"What is {number}?",
        "query": f"SELECT {number} FROM t",
        "query_toks": ["x"],
    }


@pytest.fixture
def spider(tmp_path: Path) -> DatasetConfig:
    """Ten training databases of four questions each, the last one empty; two more for dev; `lost` has no file."""
    train = [row(f"train_{n}", 10 * n + k) for n in range(10) for k in range(4)]
    (tmp_path / "train_spider.json").write_text(json.dumps(train[:30]))
    (tmp_path / "train_others.json").write_text(json.dumps([*train[30:], row("lost", 1)]))
    (tmp_path / "dev.json").write_text(json.dumps([row("lost", 1), row("dev_0", 1), row("lost", 2), row("dev_1", 1)]))
    for name in [*(f"train_{n}" for n in range(10)), "dev_0", "dev_1", "unused"]:
        path = tmp_path / "database" / name / f"{name}.sqlite"
        path.parent.mkdir(parents=True)
        connection = sqlite3.connect(path)
        connection.executescript(
            "CREATE TABLE t (a); INSERT INTO t VALUES (1);" if name != "train_9" else "CREATE TABLE t (a)"
        )
        connection.close()
    return replace(CONFIG, root=str(tmp_path))


def databases_of(examples: Any) -> set[str]:
    return {example.database for example in examples}


def test_four_parts_share_no_database(spider: DatasetConfig) -> None:
    data = load_dataset(spider)
    parts = [data.train, data.choose, data.accept, data.evaluation]
    assert [len(part) for part in parts] == [24, 8, 8, 2]
    assert sum(len(databases_of(part)) for part in parts) == len(set().union(*map(databases_of, parts))) == 12
    assert data.databases.keys() == set().union(*map(databases_of, parts))
    assert all(path.is_file() for path in data.databases.values())


def test_every_split_that_is_there_and_not_for_training_counts_as_evaluated(spider: DatasetConfig) -> None:
    assert evaluation_databases(spider) == {"lost", "dev_0", "dev_1"}
    (Path(str(spider.root)) / "test.json").write_text(json.dumps([row("unused", 1)]))
    assert evaluation_databases(spider) == {"lost", "dev_0", "dev_1", "unused"}


def test_examples_keep_the_row_of_their_file_in_sequence(spider: DatasetConfig) -> None:
    train = load_split(spider, "train")
    assert [example.index for example in train] == list(range(41))
    assert (train[31].id, train[31].database, train[31].gold_sql) == ("spider-train-31", "train_7", "SELECT 73 FROM t")
    assert [example.id for example in load_dataset(spider).evaluation] == ["spider-dev-1", "spider-dev-3"]
    assert [example.database for example in load_split(spider, "dev")] == ["lost", "dev_0", "lost", "dev_1"]


def test_a_missing_database_is_reported_with_the_rows_that_it_costs(
    spider: DatasetConfig, caplog: pytest.LogCaptureFixture
) -> None:
    data = load_dataset(spider)
    assert data.missing == {"train": {"lost": 1}, "dev": {"lost": 2}}
    assert load_evaluation(spider).missing == {"lost": 2}
    assert "spider dev: 2 of 4 questions lack their database: lost (2)" in caplog.messages


def test_a_count_that_is_not_the_official_one_is_named_with_both_numbers(
    spider: DatasetConfig, caplog: pytest.LogCaptureFixture
) -> None:
    load_split(spider, "train")
    assert caplog.messages == ["spider train has 41 questions, the release has 8659"]


def test_validation_is_never_on_a_database_without_rows(spider: DatasetConfig) -> None:
    for seed in range(20):
        data = load_dataset(replace(spider, seed=seed))
        assert "train_9" in databases_of(data.train)


def test_the_seed_decides_and_nothing_else(spider: DatasetConfig) -> None:
    first, again, other = (load_dataset(replace(spider, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert databases_of(first.choose) != databases_of(other.choose)
    assert first.fingerprint != other.fingerprint


def test_limits_keep_a_seeded_sample_in_order_and_the_first_of_evaluation(spider: DatasetConfig) -> None:
    whole = load_dataset(spider)
    data = load_dataset(replace(spider, train_limit=10, validation_limit=3, limit=1))
    assert [len(part) for part in (data.train, data.choose, data.accept, data.evaluation)] == [10, 3, 3, 1]
    assert set(data.train) < set(whole.train)
    assert [example.index for example in data.train] == sorted(example.index for example in data.train)
    assert data.train != whole.train[:10]
    assert data.evaluation == whole.evaluation[:1]


def test_the_fingerprint_follows_questions_golds_and_database_contents_not_places(
    spider: DatasetConfig, tmp_path: Path
) -> None:
    before = load_dataset(spider).fingerprint
    copy = tmp_path / "elsewhere"
    shutil.copytree(tmp_path, copy, ignore=shutil.ignore_patterns("elsewhere"))
    moved = replace(spider, root=str(copy))
    assert load_dataset(moved).fingerprint == before
    connection = sqlite3.connect(copy / "database/train_0/train_0.sqlite")
    connection.executescript("UPDATE t SET a = 2")
    connection.close()
    after = load_dataset(moved).fingerprint
    assert after != before
    rows = json.loads((copy / "train_spider.json").read_text())
    changed = [r | {"query": f"SELECT {n} + 1 FROM t"} for n, r in enumerate(rows)]
    (copy / "train_spider.json").write_text(json.dumps(changed))
    assert load_dataset(moved).fingerprint not in {before, after}
    assert load_dataset(replace(spider, limit=1)).fingerprint == before


def test_training_questions_that_evaluation_asks_are_dropped_even_below_its_limit(
    spider: DatasetConfig, caplog: pytest.LogCaptureFixture
) -> None:
    root = Path(str(spider.root))
    asked = [row("train_3", 30) | {"question": "what  is 30?", "query": "SELECT 99 FROM t"},
             row("train_4", 41) | {"question": "Tell me 41"}]  # fmt: skip
    (root / "dev.json").write_text(json.dumps([row("dev_0", 1), *asked]))
    data = load_dataset(replace(spider, limit=1))
    questions = {(e.database, e.question) for part in (data.train, data.choose, data.accept) for e in part}
    assert data.num_repeated == 2
    assert len(questions) == 38
    assert ("train_3", "What is 30?") not in questions
    assert ("train_4", "What is 41?") not in questions
    assert "2 training questions stand in dev too and are dropped" in caplog.messages


def test_one_database_is_split_by_question_with_a_warning(
    spider: DatasetConfig, caplog: pytest.LogCaptureFixture
) -> None:
    root = Path(str(spider.root))
    twice = [row("train_0", k) | {"question": f"{word} {k}"} for k in range(10) for word in ("give", "show")]
    (root / "train_spider.json").write_text(json.dumps(twice))
    single = replace(spider, train_splits=["train_spider"])
    with pytest.raises(DataError, match=r"1 training databases .* dataset.split_by=question"):
        load_dataset(single)
    data = load_dataset(replace(single, split_by=SplitBy.question))
    assert [len(part) for part in (data.train, data.choose, data.accept)] == [12, 4, 4]
    queries = [{example.gold_sql for example in part} for part in (data.train, data.choose, data.accept)]
    assert sum(map(len, queries)) == len(set().union(*queries)) == 10
    assert any("shares databases with training" in message for message in caplog.messages)


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        (["train_others.json", "dev.json"], r"dataset.root=.* lacks dev.json, train_others.json; give the folder"),
        (["database"], r"dataset.root=.* lacks database and test_database"),
    ],
)
def test_all_that_a_folder_lacks_is_named_at_once(spider: DatasetConfig, gone: list[str], message: str) -> None:
    for name in gone:
        path = Path(str(spider.root)) / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(DataError, match=message):
        load_dataset(spider)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"root": "/nowhere/at/all"}, "dataset.root=/nowhere/at/all is not a folder"),
        ({"split": "final"}, "no split 'final'; choose one of train, train_spider"),
    ],
)
def test_a_wrong_setting_is_named(spider: DatasetConfig, change: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        load_dataset(replace(spider, **change))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[", "dev.json is not valid JSON"),
        ("{}", "dev.json holds a dict, not a list"),
        ("[3]", "dev.json row 0 is a int, not an object"),
        ('[{"db_id": "dev_0", "query": "SELECT 1"}]', "dev.json row 0 has no text under 'question'"),
        ('[{"db_id": "dev_0", "question": "?"}]', "dev.json row 0 has no text under 'query'"),
        ('[{"db_id": "lost", "question": "?", "query": ""}]', "none of 1 questions has its database"),
    ],
)
def test_a_malformed_file_is_named_with_its_row(spider: DatasetConfig, content: str, message: str) -> None:
    (Path(str(spider.root)) / "dev.json").write_text(content)
    with pytest.raises(DataError, match=message):
        load_dataset(spider)


def test_evaluation_alone_needs_no_training_file(spider: DatasetConfig) -> None:
    for name in ("train_spider.json", "train_others.json"):
        (Path(str(spider.root)) / name).unlink()
    questions = load_evaluation(replace(spider, limit=1))
    assert [example.id for example in questions.examples] == ["spider-dev-1"]
    assert questions.missing == {"lost": 2}
    assert "unused" in database_paths(spider)


def test_bird_is_found_in_the_folders_of_its_release(tmp_path: Path) -> None:
    rows = [{"question_id": 7, "db_id": "zoo", "question": "How many?", "SQL": "SELECT 1", "evidence": "one"},
            {"question_id": 8, "db_id": "zoo", "question": "Why?", "SQL": "SELECT 2", "evidence": None,
             "difficulty": "simple"}]  # fmt: skip
    folder = tmp_path / "dev_20240627"
    (folder / "dev_databases/zoo").mkdir(parents=True)
    (folder / "dev.json").write_text(json.dumps(rows))
    sqlite3.connect(folder / "dev_databases/zoo/zoo.sqlite").close()
    config = replace(CONFIG, name=DatasetName.bird, root=str(tmp_path))
    first, second = load_evaluation(config).examples
    assert (first.gold_sql, first.evidence, first.difficulty) == ("SELECT 1", "one", "")
    assert (second.evidence, second.difficulty) == ("", "simple")


def test_questions_come_from_the_hub_by_the_name_of_the_split_or_its_usual_one(
    spider: DatasetConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "hub_cache")
    hub = tmp_path / "hub"
    hub.mkdir()
    for split, rows in (("train", [row("train_1", 5)]), ("validation", [row("dev_1", 6), row("lost", 7)])):
        (hub / f"{split}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in rows))
    config = replace(spider, questions=str(hub))
    assert [example.id for example in load_split(config, "train")] == ["spider-train-0"]
    assert [example.gold_sql for example in load_evaluation(config).examples] == ["SELECT 6 FROM t"]
    with pytest.raises(DataError, match=r"dataset.questions=.* gives no split 'final'"):
        load_split(config, "final")


def test_official_spider_has_its_official_counts(shared_data: Path, caplog: pytest.LogCaptureFixture) -> None:
    config = replace(CONFIG, root=str(shared_data / "spider"), choose_fraction=0.08, accept_fraction=0.08)
    data = load_dataset(replace(config, validation_limit=300))
    assert (len(data.train), len(data.choose), len(data.accept), len(data.evaluation)) == (7523, 300, 300, 972)
    assert data.missing == {"train": {"baseball_1": 82, "soccer_1": 14}, "dev": {"wta_1": 62}}
    assert (data.num_repeated, len(data.databases)) == (0, 163)
    assert not any("the release has" in message for message in caplog.messages)
    assert len(load_split(config, "dev")) == 1034


def test_superhero_trains_on_the_dev_questions_that_mini_dev_leaves_over(
    shared_data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = replace(
        CONFIG,
        name=DatasetName.bird,
        root=str(shared_data / "bird"),
        train_splits=["dev"],
        split="mini_dev",
        split_by=SplitBy.question,
    )
    caplog.set_level(logging.WARNING)
    data = load_dataset(config)
    assert len(data.evaluation) == 52
    assert len(data.train) + len(data.choose) + len(data.accept) == 129 - data.num_repeated == 77
    assert not {e.question for e in data.train + data.choose + data.accept} & {e.question for e in data.evaluation}
    assert sum(data.missing["dev"].values()) == 1534 - 129
    assert not any("the release has" in message for message in caplog.messages)


def test_spiders_files_of_schemas_are_found_where_its_questions_are(tmp_path):
    assert table_files(tmp_path) == []
    for name in ("tables.json", "test_tables.json"):
        (tmp_path / "spider").mkdir(exist_ok=True)
        (tmp_path / "spider" / name).write_text("[]")
    assert table_files(tmp_path) == table_files(tmp_path / "spider")
    assert [path.name for path in table_files(tmp_path)] == ["tables.json", "test_tables.json"]
