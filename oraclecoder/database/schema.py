"""What a database holds: tables, columns, keys, first rows and sample values, reflected without ever writing."""

import logging
import os
import sqlite3
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Inspector, NullPool, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import NullType, TypeEngine

from oraclecoder.database.description import Descriptions, read_descriptions
from oraclecoder.database.settle import Settled, Stamp, stamp
from oraclecoder.errors import DatabaseError

logger = logging.getLogger(__name__)
NO_MODULE = "no such module"
KNOWS_SHADOWS = (3, 37)
"""The version of SQLite that tells which tables serve a virtual one."""

SETTLED = Settled()
"""Copies of databases that are being written, for as long as the process lives."""

NUM_ROWS_SEARCHED = 200
"""Sample values come from so many first rows, as a search for distinct values reads whole tables."""


@dataclass(frozen=True)
class Column:
    """One column: type in capitals ("" if none is declared), description, a few sample values as text."""

    name: str
    type: str
    description: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table; `rows` are its first rows, in the order of `columns`."""

    name: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()

    def column(self, name: str) -> Column | None:
        """The column of that name in any case, or None."""
        return next((column for column in self.columns if column.name.lower() == name.lower()), None)


@dataclass(frozen=True)
class ForeignKey:
    """One column that refers to a column of another (or the same) table; a composite key is several of them."""

    table: str
    column: str
    other_table: str
    other_column: str


@dataclass(frozen=True)
class Schema:
    """The tables of one database in the order of their creation, and the foreign keys whose both ends exist."""

    database: str
    tables: tuple[Table, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    def table(self, name: str) -> Table | None:
        """The table of that name in any case, or None."""
        return next((table for table in self.tables if table.name.lower() == name.lower()), None)

    def keep(self, tables: Iterable[str], columns: Iterable[tuple[str, str]] | None = None) -> "Schema":
        """The schema cut down to these tables, and within them to these (table, column) pairs and the keys.

        A table of which no column would be left keeps all of them. Without `columns` no column is cut.
        """
        names = {name.lower() for name in tables}
        kept = tuple(table for table in self.tables if table.name.lower() in names)
        keys = tuple(k for k in self.foreign_keys if {k.table.lower(), k.other_table.lower()} <= names)
        if columns is not None:
            wanted = {(table.lower(), column.lower()) for table, column in columns}
            wanted |= {(key.table.lower(), key.column.lower()) for key in keys}
            wanted |= {(key.other_table.lower(), key.other_column.lower()) for key in keys}
            kept = tuple(_cut_columns(table, wanted) for table in kept)
        return replace(self, tables=kept, foreign_keys=keys)


def _cut_columns(table: Table, wanted: set[tuple[str, str]]) -> Table:
    """The table with its primary key and the wanted (lower-case table, column) pairs."""
    key = {name.lower() for name in table.primary_key}
    places = [
        place
        for place, column in enumerate(table.columns)
        if column.name.lower() in key or (table.name.lower(), column.name.lower()) in wanted
    ]
    if not places:
        return table
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in places), rows=rows)


def read_schema(path: Path, num_rows: int = 3) -> Schema:
    """The schema of a SQLite file with `num_rows` first rows and as many sample values; the file is never touched.

    Remembered by path, change of the file or its log, and `num_rows`. A virtual table whose module is not there is left
    out with a warning, tables that serve a virtual one without. Column descriptions come from a folder
    `database_description` beside the file, as BIRD ships it.

    Raises:
        DatabaseError: if there is no such file, it is no SQLite database, or it has no table.
    """
    if not path.exists():
        raise DatabaseError(f"{path} does not exist; check dataset.root")
    return _read_schema(path.resolve(), num_rows, changed_at(path))


@lru_cache(maxsize=2048)
def _read_schema(path: Path, num_rows: int, changed: Stamp) -> Schema:
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=NullPool)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SQLAlchemy warns of every type that it does not know
            schema = _reflect(engine, path.stem, read_descriptions(path.parent / "database_description"), num_rows)
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = str(error).splitlines()[0]
        raise DatabaseError(f"{path} does not open as a SQLite database ({reason}); fetch it again") from None
    finally:
        engine.dispose()
    if not schema.tables:
        raise DatabaseError(f"{path} has no tables, and views are not shown to a model; give a database that has some")
    return schema


def changed_at(path: Path) -> Stamp:
    """What changes when the contents of a database do."""
    return stamp(os.path.realpath(path))


def connect(path: Path) -> sqlite3.Connection:
    """A connection that cannot write and leaves no -wal, -shm or -journal file behind."""
    settled = SETTLED.path(path) or str(path)
    connection = sqlite3.connect(f"file:{quote(settled)}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.text_factory = lambda raw: raw.decode("utf-8", "ignore")
    return connection


def quoted(name: str) -> str:
    """A name as SQLite reads it whatever letters it has."""
    return '"' + name.replace('"', '""') + '"'


def _reflect(engine: Engine, database: str, descriptions: Descriptions, num_rows: int) -> Schema:
    with engine.connect() as connection:
        inspector = inspect(connection)
        tables = []
        for name in _table_names(connection):
            try:
                rows = connection.exec_driver_sql(f"SELECT * FROM {quoted(name)} LIMIT {num_rows}").fetchall()
            except SQLAlchemyError as error:
                if NO_MODULE not in str(error):
                    raise
                logger.warning("%s: table %s is left out (%s)", database, name, str(error).splitlines()[0])
                continue
            table = _reflect_table(connection, inspector, name, descriptions.get(name.lower(), {}), num_rows)
            tables.append(replace(table, rows=tuple(map(tuple, rows))))
        by_name = {table.name.lower(): table for table in tables}
        return Schema(database, tuple(tables), tuple(_foreign_keys(inspector, by_name)))


def _table_names(connection: Connection) -> list[str]:
    """Tables in the order of their creation, without SQLite's own and those in which a virtual table keeps its rows."""
    listing = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY rowid"
    )
    names = [str(row[0]) for row in connection.exec_driver_sql(listing)]
    if sqlite3.sqlite_version_info < KNOWS_SHADOWS:
        return names
    kinds = {str(name): kind for _, name, kind, *_ in connection.exec_driver_sql("PRAGMA table_list")}
    return [name for name in names if kinds.get(name) != "shadow"]


def _reflect_table(
    connection: Connection, inspector: Inspector, name: str, descriptions: Mapping[str, str], num_values: int
) -> Table:
    found = inspector.get_columns(name)
    values = _sample_values(connection, name, [column["name"] for column in found], num_values)
    columns = tuple(
        Column(
            name=column["name"],
            type=_write_type(column["type"]),
            description=descriptions.get(column["name"].strip().lower(), ""),
            values=own,
        )
        for column, own in zip(found, values, strict=True)
    )
    return Table(name, columns, tuple(inspector.get_pk_constraint(name)["constrained_columns"]))


def _write_type(kind: TypeEngine[Any]) -> str:
    return "" if isinstance(kind, NullType) else str(kind)


def _sample_values(
    connection: Connection, table: str, columns: Sequence[str], num_values: int
) -> list[tuple[str, ...]]:
    """The first distinct values of each column as text, without NULL, blobs (which are not read) and empty text."""
    found: list[dict[str, None]] = [{} for _ in columns]
    if not num_values:
        return [()] * len(columns)
    cells = (f"CASE typeof({quoted(name)}) WHEN 'blob' THEN NULL ELSE {quoted(name)} END" for name in columns)
    query = f"SELECT {', '.join(cells)} FROM {quoted(table)} LIMIT {NUM_ROWS_SEARCHED}"
    with connection.exec_driver_sql(query) as rows:
        for row in rows:
            for own, value in zip(found, row, strict=True):
                if len(own) < num_values and value is not None and str(value).strip():
                    own[str(value)] = None
            if all(len(own) == num_values for own in found):
                break
    return [tuple(own) for own in found]


def _foreign_keys(inspector: Inspector, tables: Mapping[str, Table]) -> list[ForeignKey]:
    """Keys in the spelling and order of the tables; one without a named target means the other's primary key."""
    found: set[ForeignKey] = set()
    for table in tables.values():
        for key in inspector.get_foreign_keys(table.name):
            other = tables.get(key["referred_table"].lower())
            if other is None:
                continue
            targets = key["referred_columns"] or list(other.primary_key)
            if len(targets) != len(key["constrained_columns"]):
                continue
            for name, target in zip(key["constrained_columns"], targets, strict=True):
                here, there = table.column(name), other.column(target)
                if here is not None and there is not None:
                    found.add(ForeignKey(table.name, here.name, other.name, there.name))
    columns = [(table.name, column.name) for table in tables.values() for column in table.columns]
    order = {pair: place for place, pair in enumerate(columns)}
    return sorted(found, key=lambda key: (order[key.table, key.column], order[key.other_table, key.other_column]))


def key_path(schema: Schema, tables: Iterable[str]) -> tuple[str, ...]:
    """These tables plus those on a shortest foreign-key path that joins them, in the order of the schema.

    Names that the schema does not know are left out; tables that no path reaches stay apart. Where several paths are
    equally short, the one through tables that come first in the schema is taken.
    """
    wanted = {name.lower() for name in tables}
    waiting = [table.name for table in schema.tables if table.name.lower() in wanted]
    joined: list[str] = []
    while waiting:
        path = _shortest_path(schema, joined, waiting) or waiting[:1]
        joined += [name for name in path if name not in joined]
        waiting = [name for name in waiting if name not in joined]
    return tuple(table.name for table in schema.tables if table.name in joined)


def _shortest_path(schema: Schema, starts: list[str], ends: list[str]) -> list[str]:
    """The tables of a shortest key path from any start to the nearest end, or nothing."""
    came_from: dict[str, str | None] = dict.fromkeys(starts)
    queue = list(starts)
    for name in queue:
        if name in ends:
            path = [name]
            while (previous := came_from[path[-1]]) is not None:
                path.append(previous)
            return path
        for neighbour in _neighbours(schema, name):
            if neighbour not in came_from:
                came_from[neighbour] = name
                queue.append(neighbour)
    return []


def _neighbours(schema: Schema, name: str) -> list[str]:
    near = {key.other_table for key in schema.foreign_keys if key.table == name}
    near |= {key.table for key in schema.foreign_keys if key.other_table == name}
    return [table.name for table in schema.tables if table.name in near]
