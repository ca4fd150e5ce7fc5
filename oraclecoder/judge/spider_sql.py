"""The nouns of the official Spider evaluator: its view of a schema, and the structure that it reads a query into."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from oraclecoder.errors import DatabaseError, DataError

STAR = "*"
NONE = "none"


@dataclass(frozen=True, eq=False)
class SpiderSchema:
    """Tables with their columns in lower case, and for each column of a foreign key the column that stands for it.

    Columns are written `table.column`. Two schemas are equal only if they are the same object.
    """

    tables: Mapping[str, frozenset[str]]
    merged: Mapping[str, str]
    names: frozenset[str]


class ColumnUnit(NamedTuple):
    """A column under an aggregate; `distinct` is None once it has been dropped."""

    aggregate: str
    column: str
    distinct: bool | None


class ValueUnit(NamedTuple):
    """A column, or two joined by an arithmetic operator."""

    operator: str
    first: ColumnUnit
    second: ColumnUnit | None


class Condition(NamedTuple):
    """One comparison; `between` has a second value. Values are None once they have been dropped."""

    negated: bool
    operator: str
    unit: ValueUnit
    value: "Value"
    second_value: "Value"


@dataclass(frozen=True)
class SpiderQuery:
    """A query as Spider sees it.

    Conditions are a row of Condition, "and"/"or", Condition, ... Tables are names or queries. `order_by` is the
    direction of its last column and the columns, or None. `select` pairs an aggregate with a value unit. `combined`
    is a set operation and the query behind it.
    """

    select: tuple[tuple[str, ValueUnit], ...] = ()
    tables: "tuple[str | SpiderQuery, ...]" = ()
    join_conditions: tuple[Condition | str, ...] = ()
    where: tuple[Condition | str, ...] = ()
    group_by: tuple[ColumnUnit, ...] = ()
    having: tuple[Condition | str, ...] = ()
    order_by: tuple[str, tuple[ValueUnit, ...]] | None = None
    limited: bool = False
    distinct: bool | None = None
    combined: "tuple[str, SpiderQuery] | None" = None


Value = str | float | ColumnUnit | SpiderQuery | None


def read_spider_schema(path: Path, entry: Mapping[str, Any] | None = None) -> SpiderSchema:
    """The schema as the official script reads it: tables from the SQLite file, foreign keys from tables.json.

    Raises:
        DatabaseError: if the file is missing or is not a database.
    """
    # `immutable` keeps SQLite from making side files; with a log beside the file, only plain `mode=ro` reads it.
    logged = path.with_name(f"{path.name}-wal").exists()
    uri = f"file:{quote(str(path))}?mode=ro" + ("" if logged else "&immutable=1")
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            names = [str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
            tables = {name: [row[1] for row in connection.execute(table_info(name))] for name in names}
    except sqlite3.Error as error:
        raise DatabaseError(f"{path} cannot be read as an SQLite database ({error}); fetch it again") from None
    return build_schema(tables, entry)


def table_info(table: str) -> str:
    """The statement that lists the columns of a table."""
    return "PRAGMA table_info('{}')".format(table.replace("'", "''"))


def spider_schema_from_tables(entry: Mapping[str, Any]) -> SpiderSchema:
    """The schema from one entry of tables.json alone, for a database that is not there.

    Raises:
        DataError: if the entry is malformed.
    """
    with refusing_malformed():
        names = entry["table_names_original"]
        tables: dict[str, list[str]] = {name: [] for name in names}
        for table, column in entry["column_names_original"]:
            if table >= 0:
                tables[names[table]].append(column)
    return build_schema(tables, entry)


@contextmanager
def refusing_malformed() -> Iterator[None]:
    """Turns what goes wrong in reading an entry of tables.json into a DataError."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"an entry of tables.json is malformed ({error!r}); fetch tables.json again") from None


def build_schema(tables: Mapping[str, Iterable[str]], entry: Mapping[str, Any] | None) -> SpiderSchema:
    """The schema of these tables, with the foreign keys of an entry of tables.json if there is one."""
    lower = {table.lower(): frozenset(column.lower() for column in columns) for table, columns in tables.items()}
    names = {STAR, *lower, *(f"{table}.{column}" for table, columns in lower.items() for column in columns)}
    with refusing_malformed():
        merged = merge_keys(entry) if entry is not None else {}
    return SpiderSchema(lower, merged, frozenset(names))


def merge_keys(entry: Mapping[str, Any]) -> dict[str, str]:
    """For each column of a foreign key the first column of its group.

    A key joins the first group that holds one of its ends; groups that a later key would connect stay apart.
    """
    groups: list[set[int]] = []
    for first, second in entry["foreign_keys"]:
        group = next((group for group in groups if first in group or second in group), None)
        if group is None:
            groups.append(group := set())
        group |= {first, second}
    tables, columns = entry["table_names_original"], entry["column_names_original"]
    names = [f"{tables[table]}.{column}".lower() if table >= 0 else STAR for table, column in columns]
    return {names[index]: names[min(group)] for group in groups for index in sorted(group)}
