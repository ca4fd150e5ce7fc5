"""The part of a prompt that differs between the questions of one schema."""

from collections.abc import Sequence
from pathlib import Path

from oraclecoder.database.schema import Schema
from oraclecoder.database.values import CellValue, Places, named_values
from oraclecoder.records import Example
from oraclecoder.task.describe import quote_name

MOST_PLACES = 3
"""So many columns are told of one phrase; what stands in more says little."""


def write_question(example: Example, cue: str, values: Sequence[CellValue] = ()) -> str:
    """Question, evidence and the values that it names on a line each, then the cue, after which the answer starts."""
    lines = [f"Question: {_one_line(example.question)}"]
    if example.evidence.strip():
        lines.append(f"Evidence: {_one_line(example.evidence)}")
    if values:
        lines.append(f"Values: {', '.join(map(_written, values))}")
    return "\n".join([*lines, f"{cue}:\n"])


def values_of(example: Example, path: Path) -> tuple[Places, ...]:
    """The values of its database that a question or its evidence names, each with all columns that hold it."""
    return named_values(f"{example.question}\n{example.evidence}", path)


def shown_values(values: Sequence[Places], shown: Schema, *, most: int) -> list[CellValue]:
    """The first so many values of columns that are shown, each phrase in its first three columns.

    One of several lines is not told, as a query of one line could not name it.
    """
    told = dict.fromkeys(v for places in values for v in places[:MOST_PLACES] if len(v.text.splitlines()) == 1)
    return [value for value in told if (table := shown.table(value.table)) and table.column(value.column)][:most]


def _written(value: CellValue) -> str:
    """As a condition of a query."""
    text = value.text.replace("'", "''")
    return f"{quote_name(value.table)}.{quote_name(value.column)} = '{text}'"


def _one_line(text: str) -> str:
    return " ".join(text.split())
