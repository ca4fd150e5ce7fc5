"""Training and the two parts of validation, carved out of the training questions by a seed."""

import logging
from collections.abc import Collection, Sequence
from random import Random
from typing import TypeVar

from oraclecoder.config import DatasetConfig, SplitBy
from oraclecoder.errors import DataError
from oraclecoder.records import Example

logger = logging.getLogger(__name__)
Parts = tuple[tuple[Example, ...], tuple[Example, ...], tuple[Example, ...]]
Item = TypeVar("Item")


def without_repeats(train: Sequence[Example], evaluation: Sequence[Example]) -> tuple[Example, ...]:
    """The training examples of which evaluation has neither the question nor the gold query on the same database.

    Case and spacing do not matter. The query counts as well, because revisions of a data set reword questions.
    """
    asked = {_question(example) for example in evaluation} | {_query(example) for example in evaluation}
    return tuple(example for example in train if not {_question(example), _query(example)} & asked)


def carve(examples: Sequence[Example], config: DatasetConfig, filled: Collection[str]) -> Parts:
    """(train, choose, accept) parts that share no database, or, by question, no gold query.

    Only databases among `filled` are validated on: without a row in them every query is right. `validation_limit`
    and `train_limit` keep a seeded sample in the order of the file.

    Raises:
        DataError: if there are too few databases or questions for three parts.
    """
    by_database = config.split_by is SplitBy.database
    if not by_database:
        logger.warning("validation shares databases with training, as dataset.split_by=question; it reads too well")
    key = _database if by_database else _query
    groups = sorted({key(example) for example in examples if example.database in filled})
    num_choose = max(1, round(config.choose_fraction * len(groups)))
    num_accept = max(1, round(config.accept_fraction * len(groups)))
    if len(groups) <= num_choose + num_accept:
        kind = "databases that hold rows" if by_database else "different queries"
        remedy = "set dataset.split_by=question" if by_database else "give more questions"
        raise DataError(f"{len(groups)} training {kind} are too few to carve two validation parts from; {remedy}")
    Random(f"{config.seed}/validation").shuffle(groups)
    choose, accept = set(groups[:num_choose]), set(groups[num_choose : num_choose + num_accept])
    train = [example for example in examples if key(example) not in choose | accept]
    parts = [[example for example in examples if key(example) in part] for part in (choose, accept)]
    return (
        sample(train, config.train_limit, f"{config.seed}/train"),
        sample(parts[0], config.validation_limit, f"{config.seed}/choose"),
        sample(parts[1], config.validation_limit, f"{config.seed}/accept"),
    )


def hold_out(train: Sequence[Example], config: DatasetConfig) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """(kept, held out) by `dataset.fold`: whole databases, or whole queries where validation is carved so.

    The folds of one n share nothing and together are everything, whatever k.
    """
    if config.fold_of is None:
        return tuple(train), ()
    number, count = config.fold_of
    key = _database if config.split_by is SplitBy.database else _query
    groups = sorted({key(example) for example in train})
    if len(groups) < count:
        raise DataError(f"dataset.fold={config.fold}: {len(groups)} groups are too few for {count} folds; take fewer")
    Random(f"{config.seed}/folds").shuffle(groups)
    away = set(groups[number - 1 :: count])
    parts: tuple[list[Example], list[Example]] = ([], [])
    for example in train:
        parts[key(example) in away].append(example)
    return tuple(parts[0]), tuple(parts[1])


def _database(example: Example) -> str:
    return example.database


def _question(example: Example) -> str:
    return f"{example.database}\n{' '.join(example.question.lower().split())}"


def _query(example: Example) -> str:
    return f"{example.database}\n{' '.join(example.gold_sql.lower().split())}"


def sample(items: Sequence[Item], limit: int | None, seed: str) -> tuple[Item, ...]:
    """At most `limit` of the items, drawn by the seed, in their old order."""
    if limit is None or limit >= len(items):
        return tuple(items)
    return tuple(items[place] for place in sorted(Random(seed).sample(range(len(items)), limit)))
