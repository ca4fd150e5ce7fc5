"""A configuration's questions and databases, in the four parts that training, merging and evaluation use."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from oraclecoder.config import DatasetConfig, DatasetName
from oraclecoder.database.schema import read_schema
from oraclecoder.dataset import demo
from oraclecoder.dataset.digest import digest_database
from oraclecoder.dataset.rows import read_files, read_hub
from oraclecoder.dataset.sources import SOURCES, find_databases, locate, question_files
from oraclecoder.dataset.split import carve, hold_out, without_repeats
from oraclecoder.errors import DataError
from oraclecoder.fingerprint import digest_value
from oraclecoder.records import Example

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Questions:
    """The examples whose database is there, in row order; `missing` says how many rows each absent database costs."""

    examples: tuple[Example, ...]
    missing: dict[str, int]


@dataclass(frozen=True)
class Dataset:
    """What a run learns from, is chosen on, is accepted on, and is evaluated on.

    `databases` are those of the four parts. `missing` is by split and database. `num_repeated` training questions
    were dropped because evaluation has their question or query too. `fingerprint` is a hash of what a run learns from
    and is chosen and accepted on, with the contents of those databases; it does not change with what is evaluated.
    `held_out` is the fold of the training questions that is not learnt, if any.
    """

    name: str
    train: tuple[Example, ...]
    choose: tuple[Example, ...]
    accept: tuple[Example, ...]
    evaluation: tuple[Example, ...]
    databases: dict[str, Path]
    missing: dict[str, dict[str, int]]
    num_repeated: int
    fingerprint: str
    held_out: tuple[Example, ...] = ()

    @property
    def validation(self) -> str:
        """A hash of which questions a run is chosen and accepted on, and so kept from."""
        return digest_value([[example.id, example.database] for example in (*self.choose, *self.accept)])


def load_dataset(config: DatasetConfig) -> Dataset:
    """The four parts of the configured data set; what is lost on the way is counted and logged.

    Raises:
        DataError: if question files are missing (all are named), no example has a database, or a split is unknown.
        DatabaseError: if a training database does not open.
    """
    _check_files(config, (*config.train_splits, config.split))
    databases = database_paths(config)
    asked = load_split(config, config.split)
    evaluation = _keep_answerable(config, config.split, asked, databases)
    parts_of_train = {split: _read_answerable(config, split, databases) for split in config.train_splits}
    learnt = tuple(example for part in parts_of_train.values() for example in part.examples)
    fresh = without_repeats(learnt, asked)
    num_repeated = len(learnt) - len(fresh)
    if num_repeated:
        logger.warning("%d training questions stand in %s too and are dropped", num_repeated, config.split)
    filled = {name for name in {example.database for example in fresh} if _has_rows(databases[name])}
    whole, choose, accept = carve(fresh, config, filled)
    train, held_out = hold_out(whole, config)
    parts = (train, choose, accept, evaluation.examples[: config.limit])
    used = {example.database for part in (*parts, held_out) for example in part}
    paths = {name: path for name, path in databases.items() if name in used}
    missing = {split: part.missing for split, part in parts_of_train.items()} | {config.split: evaluation.missing}
    fingerprint = _fingerprint(config, parts[:3], paths)
    return Dataset(config.name.value, *parts, paths, missing, num_repeated, fingerprint, held_out)


def load_evaluation(config: DatasetConfig) -> Questions:
    """The evaluation split alone, cut to `limit`; no training file needs to be there.

    Raises:
        DataError: as `load_dataset`.
    """
    _check_files(config, (config.split,))
    questions = _read_answerable(config, config.split, database_paths(config))
    return Questions(questions.examples[: config.limit], questions.missing)


def load_split(config: DatasetConfig, split: str) -> tuple[Example, ...]:
    """All examples of a split in row order, also those whose database is absent.

    Raises:
        DataError: if the split is unknown, or its files are missing or malformed.
    """
    split_id = f"{config.name.value}-{split}"
    if config.questions is not None:
        examples = read_hub(config.questions, split, split_id)
    elif config.name is DatasetName.demo:
        return demo.read_questions(split)
    else:
        files = question_files(_root(config), SOURCES[config.name], [split])
        examples = read_files(files[split], split_id)
    official = SOURCES[config.name].counts.get(split) if config.name in SOURCES else None
    if official is not None and official != len(examples):
        logger.warning("%s %s has %d questions, the release has %d", config.name.value, split, len(examples), official)
    return examples


def evaluation_databases(config: DatasetConfig) -> set[str]:
    """The databases of every split of the data set that is there and not for training, not of the configured one alone.

    Raises:
        DataError: as `load_split`.
    """
    splits = {config.split}
    if config.questions is None and config.name in SOURCES:
        root = _root(config)
        splits |= {
            split
            for split, names in SOURCES[config.name].files.items()
            if "train" not in split and all(locate(root, name) for name in names)
        }
    return {example.database for split in splits for example in load_split(config, split)}


def database_paths(config: DatasetConfig) -> dict[str, Path]:
    """The SQLite files of the databases that are there, by name; the demo's are built where need be.

    Raises:
        DataError: if there is no folder of databases.
    """
    if config.name is DatasetName.demo:
        return demo.build_databases()
    return find_databases(_root(config), SOURCES[config.name])


def _root(config: DatasetConfig) -> Path:
    root = Path(str(config.root)).expanduser()
    if not root.is_dir():
        raise DataError(f"dataset.root={config.root} is not a folder; give the folder of the release")
    return root


def _check_files(config: DatasetConfig, splits: Iterable[str]) -> None:
    """Name all files that are missing at once, not only those of the first split."""
    if config.questions is None and config.name is not DatasetName.demo:
        question_files(_root(config), SOURCES[config.name], splits)


def _read_answerable(config: DatasetConfig, split: str, databases: Mapping[str, Path]) -> Questions:
    return _keep_answerable(config, split, load_split(config, split), databases)


def _keep_answerable(
    config: DatasetConfig, split: str, examples: Sequence[Example], databases: Mapping[str, Path]
) -> Questions:
    """The examples whose database is there; what the others cost is logged."""
    there = tuple(example for example in examples if example.database in databases)
    missing = dict(Counter(example.database for example in examples if example.database not in databases))
    if not there:
        raise DataError(
            f"{config.name.value} {split}: none of {len(examples)} questions has its database; check dataset.root"
        )
    if missing:
        costs = ", ".join(f"{name} ({count})" for name, count in sorted(missing.items()))
        lost = len(examples) - len(there)
        logger.warning(
            "%s %s: %d of %d questions lack their database: %s", config.name.value, split, lost, len(examples), costs
        )
    return Questions(there, missing)


def _has_rows(path: Path) -> bool:
    return any(table.rows for table in read_schema(path).tables)


def _fingerprint(config: DatasetConfig, parts: Iterable[tuple[Example, ...]], databases: Mapping[str, Path]) -> str:
    kept = list(parts)
    used = {example.database for part in kept for example in part}
    contents = {
        name: demo.digest_database(name) if config.name is DatasetName.demo else digest_database(path)
        for name, path in databases.items()
        if name in used
    }
    return digest_value([[[astuple(example) for example in part] for part in kept], contents])
