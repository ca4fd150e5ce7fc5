"""Rows of a question file, or of a data set of the hub, as examples."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from oraclecoder.errors import DataError
from oraclecoder.records import Example, read_json

QUERY_FIELDS = ("query", "SQL")
"""What Spider and BIRD call the gold query."""
HUB_NAMES = {"dev": "validation"}
"""Hub data sets often rename splits; tried where the name itself is not there."""


def read_files(paths: Iterable[Path], split_id: str) -> tuple[Example, ...]:
    """The examples of the files in sequence; ids are `split_id` with a running number.

    Raises:
        DataError: names the file and the row that is not as it should be.
    """
    examples: list[Example] = []
    for path in paths:
        rows = read_json(path)
        if not isinstance(rows, list):
            raise DataError(f"{path} holds a {type(rows).__name__}, not a list of questions; fetch it again")
        for number, row in enumerate(rows):
            examples.append(_read_row(row, f"{path} row {number}", split_id, len(examples)))
    return tuple(examples)


def read_hub(name: str, split: str, split_id: str) -> tuple[Example, ...]:
    """The examples of one split of a hub data set (or of a local folder that the datasets library reads).

    Raises:
        DataError: if the hub does not give it, it has no such split, or a row is not as it should be.
    """
    import datasets  # takes a second to import and is seldom needed

    try:
        names = datasets.get_dataset_split_names(name)
        if split not in names:
            split = HUB_NAMES.get(split, split)
        rows = datasets.load_dataset(name, split=split)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise DataError(f"dataset.questions={name} gives no split {split!r} ({reason}); check id and network") from None
    return tuple(_read_row(row, f"{name} {split} row {i}", split_id, i) for i, row in enumerate(rows))


def _read_row(row: Any, place: str, split_id: str, index: int) -> Example:
    if not isinstance(row, Mapping):
        raise DataError(f"{place} is a {type(row).__name__}, not an object; mend or remove it")
    query = next((field for field in QUERY_FIELDS if field in row), QUERY_FIELDS[0])
    for field in ("question", "db_id", query):
        if not isinstance(row.get(field), str):
            raise DataError(f"{place} has no text under {field!r}; mend or remove it")
    return Example(
        id=f"{split_id}-{index}",
        index=index,
        question=row["question"],
        database=row["db_id"],
        gold_sql=row[query],
        evidence=row.get("evidence") or "",
        difficulty=row.get("difficulty") or "",
    )
