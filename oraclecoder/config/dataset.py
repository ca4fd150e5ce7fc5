"""Questions and databases."""

from dataclasses import dataclass
from enum import Enum

from oraclecoder.config.checks import require


class DatasetName(Enum):
    """Where questions come from."""

    demo = "demo"
    spider = "spider"
    bird = "bird"


class SplitBy(Enum):
    """What validation is carved out by: whole databases, or single questions where there is one database."""

    database = "database"
    question = "question"


@dataclass
class DatasetConfig:
    """Questions and databases.

    `root` is the folder of question files and databases (unused by demo). `questions` is a hub id whose splits take
    the place of the question files. `split` is the evaluation split, `train_splits` are what training and validation
    are carved from. `limit` and `train_limit` keep the first so many evaluation, and a seeded sample of so many
    training questions. `choose_fraction` and `accept_fraction` are the shares of training databases in the two parts
    of validation; `validation_limit` caps the questions of each. `fold` "k/n" leaves the k-th of n parts of the
    training questions out, so that this member can teach them (see ensemble/distill.py).
    """

    name: DatasetName
    root: str | None
    questions: str | None
    train_splits: list[str]
    split: str
    split_by: SplitBy
    choose_fraction: float
    accept_fraction: float
    validation_limit: int | None
    limit: int | None
    train_limit: int | None
    fold: str | None
    seed: int

    def __post_init__(self) -> None:
        for name in ("choose_fraction", "accept_fraction"):
            value = getattr(self, name)
            require(0 < value < 0.5, f"dataset.{name} must lie between 0 and 0.5, got {value}")
        for name in ("validation_limit", "limit", "train_limit"):
            value = getattr(self, name)
            require(value is None or value >= 1, f"dataset.{name} must be at least 1 or null, got {value}")
        require(
            self.fold is None or self.fold_of is not None,
            f"dataset.fold must be k/n with 1 <= k <= n and n >= 2, or null, got {self.fold}",
        )
        require(bool(self.train_splits), "dataset.train_splits is empty; name at least one split")
        require(
            self.split not in self.train_splits or self.name is DatasetName.bird,
            f"dataset.split={self.split} is also a training split; evaluate on a split that is never trained on",
        )
        require(
            self.name is DatasetName.demo or self.root is not None,
            f"dataset={self.name.value} needs its folder; set dataset.root=DIR",
        )

    @property
    def fold_of(self) -> tuple[int, int] | None:
        """(k, n) of the fold that is left out; None where it is not of that form."""
        number, _, count = str(self.fold).partition("/")
        if not (number.isdecimal() and count.isdecimal()):
            return None
        found = int(number), int(count)
        return found if found[1] >= 2 and 1 <= found[0] <= found[1] else None
