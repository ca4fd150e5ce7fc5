"""What the tests of runs share: a small data set in Spider's files, and configurations composed from conf/."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir

from oraclecoder.config import TrainConfig
from oraclecoder.settings import CONF, register_schemas, to_config


@pytest.fixture(scope="session")
def small_spider(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten training databases and two for dev, of two tables and four questions each."""
    root = tmp_path_factory.mktemp("small-spider")
    names = [*(f"train_{n}" for n in range(10)), "dev_0", "dev_1"]
    rows = {name: [] for name in names}
    for name in names:
        path = root / "database" / name / f"{name}.sqlite"
        path.parent.mkdir(parents=True)
        connection = sqlite3.connect(path)
        connection.executescript(
            f"CREATE TABLE {name}_item (id INTEGER PRIMARY KEY, name TEXT, price REAL);"
            f"CREATE TABLE shop (id INTEGER PRIMARY KEY, item INTEGER REFERENCES {name}_item (id), town TEXT);"
            f"INSERT INTO {name}_item VALUES (1, 'pen', 2.5), (2, 'book', 9); INSERT INTO shop VALUES (1, 2, 'Rome');"
        )
        connection.close()
        for question, query in (
            ("What is sold?", f"SELECT name FROM {name}_item"),
            ("How many shops are there?", "SELECT count(*) FROM shop"),
            ("Where is the book sold?", f"SELECT s.town FROM shop s JOIN {name}_item i ON s.item = i.id"),
            ("What costs more than 3?", f"SELECT name FROM {name}_item WHERE price > 3"),
        ):
            rows[name].append({"db_id": name, "question": f"{question} ({name})", "query": query})
    train = [row for name in names[:10] for row in rows[name]]
    (root / "train_spider.json").write_text(json.dumps(train[:30]))
    (root / "train_others.json").write_text(json.dumps(train[30:]))
    (root / "dev.json").write_text(json.dumps([row for name in names[10:] for row in rows[name]]))
    return root


@pytest.fixture
def train_config(
    tiny_model: Path, small_spider: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., TrainConfig]:
    """Makes a configuration of a run that takes seconds: the random model, the small data, files only."""
    monkeypatch.setenv("ORACLECODER_CACHE", str(tmp_path / "cache"))
    usual = [
        f"model.name={tiny_model}", "model.quantization=none", "model.compute_dtype=float32", "model.max_length=1024",
        "dataset=spider", f"dataset.root={small_spider}", "task.max_new_tokens=4", "task.num_sample_rows=1",
        "lora.r=2", "lora.lr=2e-4", "lora.lr_ratio=16", "lora.trunk.fraction=0", "training.group_size=4",
        "training.max_steps=4", "training.evaluations=2", "training.bf16=false",
        "tracking=none", f"output_dir={tmp_path / 'outputs'}",
    ]  # fmt: skip

    def make(*overrides: str) -> TrainConfig:
        register_schemas()
        with initialize_config_dir(str(CONF), version_base="1.3"):
            return to_config(compose("train", overrides=[*usual, *overrides]), TrainConfig)

    return make
