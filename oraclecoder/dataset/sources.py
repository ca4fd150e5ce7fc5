"""Spider and BIRD as they are released: question files, database folders, and how many questions there ought to be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from oraclecoder.config import DatasetName
from oraclecoder.errors import DataError


@dataclass(frozen=True)
class Source:
    """The layout of a release: files and official number of questions by split, and folders of databases."""

    files: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, int]
    folders: tuple[str, ...]

    def files_of(self, split: str) -> tuple[str, ...]:
        """The question files of a split.

        Raises:
            DataError: if there is no such split.
        """
        if split not in self.files:
            raise DataError(f"there is no split {split!r}; choose one of {', '.join(self.files)}")
        return self.files[split]


SPIDER = Source(
    files={
        "train": ("train_spider.json", "train_others.json"),
        "train_spider": ("train_spider.json",),
        "train_others": ("train_others.json",),
        "dev": ("dev.json",),
        "test": ("test.json",),
    },
    counts={"train": 8659, "train_spider": 7000, "train_others": 1659, "dev": 1034, "test": 2147},
    folders=("database", "test_database"),
)
"""Spider 1.0 (arXiv 1809.08887)."""

BIRD = Source(
    files={
        "train": ("train.json",),
        "mini_train": ("mini_train_1000.json",),
        "dev": ("dev.json",),
        "mini_dev": ("mini_dev_sqlite.json",),
    },
    counts={"train": 9428, "mini_train": 1000, "dev": 1534, "mini_dev": 500},
    folders=("train_databases", "dev_databases"),
)
"""BIRD (arXiv 2305.03111) and its mini-dev."""

SOURCES: Mapping[DatasetName, Source] = {DatasetName.spider: SPIDER, DatasetName.bird: BIRD}


def locate(root: Path, name: str) -> Path | None:
    """A file or folder of that name in `root` or in one of its folders, as releases nest them; None if absent."""
    return next((path for path in [root / name, *sorted(root.glob(f"*/{name}"))] if path.exists()), None)


def table_files(root: Path) -> list[Path]:
    """Spider's files of schemas that are there: that of train and dev, and that of test."""
    return [path for name in ("tables.json", "test_tables.json") if (path := locate(root, name)) is not None]


def question_files(root: Path, source: Source, splits: Iterable[str]) -> dict[str, tuple[Path, ...]]:
    """The question files of some splits.

    Raises:
        DataError: names every file that is missing.
    """
    names = {split: source.files_of(split) for split in splits}
    found = {name: locate(root, name) for files in names.values() for name in files}
    missing = sorted(name for name, path in found.items() if path is None)
    if missing:
        raise DataError(f"dataset.root={root} lacks {', '.join(missing)}; give the folder that holds them")
    return {split: tuple(path for name in files if (path := found[name])) for split, files in names.items()}


def find_databases(root: Path, source: Source) -> dict[str, Path]:
    """The SQLite file of every database that is there, by name: FOLDER/NAME/NAME.sqlite.

    Raises:
        DataError: if none of the folders exists.
    """
    folders = [folder for name in source.folders if (folder := locate(root, name)) is not None]
    if not folders:
        raise DataError(f"dataset.root={root} lacks {' and '.join(source.folders)}; give the folder that holds one")
    databases: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/*.sqlite")):
            if path.stem == path.parent.name:
                databases.setdefault(path.stem, path)
    return databases
