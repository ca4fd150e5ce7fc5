"""Which cells of a database a question names: the columns that hold a word or phrase of it.

Text-to-SQL systems call this value linking or content matching (BRIDGE, arXiv 2012.12627; CodeS, arXiv 2402.16347).
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from oraclecoder.database.schema import Schema, changed_at, connect, quoted, read_schema
from oraclecoder.database.settle import Stamp
from oraclecoder.errors import DatabaseError

NUM_ROWS_READ = 50_000
"""Values come from so many first rows of each table."""
MOST_PIECES = 10
"""A value of more words is prose, which no question repeats."""
MOST_DIGITS = 4
"""A longer number is a code and no count or year."""
PIECE = re.compile(r"[^\W_]+")
QUOTES = "'\"‘’“”`"
Pieces = tuple[str, ...]


@dataclass(frozen=True)
class CellValue:
    """A value as it stands in a column."""

    table: str
    column: str
    text: str


Places = tuple[CellValue, ...]
"""All columns that hold one phrase."""
Index = dict[Pieces, list[CellValue]]


def named_values(text: str, path: Path) -> tuple[Places, ...]:
    """The text values of a SQLite file that a question names, in the order of the question, the longest phrase first.

    For each phrase all columns that hold it, in the order of the schema. Letters may differ in case, and what is
    between words is passed over. A word of up to three letters must be written as in the database, and a single letter
    or a number of up to four digits must stand in quotes. Values come from the first 50,000 rows of each table.

    Raises:
        DatabaseError: if the file does not open.
    """
    read_schema(path, 0)
    return _named(text, path.resolve(), changed_at(path))


@lru_cache(maxsize=10_000)
def _named(text: str, path: Path, changed: Stamp) -> tuple[Places, ...]:
    """Each question is asked of many models."""
    index = _index(path, changed)
    found = list(PIECE.finditer(text))
    folded = [piece.group().casefold() for piece in found]
    phrases: list[Places] = []
    start = 0
    while start < len(found):
        part = slice(start, start + MOST_PIECES)
        size, own = _longest(index, text, found[part], folded[part])
        phrases += [own] if own else []
        start += size
    return tuple(dict.fromkeys(phrases))


def _longest(index: Index, text: str, found: list[re.Match[str]], folded: list[str]) -> tuple[int, Places]:
    """How many of the pieces the longest value beginning here takes (1 if there is none), and where it stands."""
    for size in range(len(found), 0, -1):
        held = index.get(tuple(folded[:size]))
        if held is None:
            continue
        pieces = tuple(piece.group() for piece in found[:size])
        is_quoted = text[: found[0].start()][-1:] in QUOTES and text[found[size - 1].end() :][:1] in QUOTES
        own = tuple(value for value in held if is_quoted or _is_telling(pieces, value))
        if own:
            return size, own
    return 1, ()


def _is_telling(pieces: Pieces, value: CellValue) -> bool:
    """Whether words without quotes mean this value: 'in' is no state, and 12 no house number."""
    if len(pieces) > 1:
        return any(piece.isalpha() for piece in pieces) or len(pieces) > 2
    (piece,) = pieces
    letters = sum(letter.isalpha() for letter in piece)
    return letters > 3 or (letters > 1 and piece in value.text) or len(piece) > MOST_DIGITS


@lru_cache(maxsize=64)
def _index(path: Path, changed: Stamp) -> Index:
    """The places of each value by its words."""
    index: Index = {}
    try:
        with closing(connect(path)) as connection:
            for value in _values(connection, read_schema(path, 0)):
                pieces = tuple(piece.casefold() for piece in PIECE.findall(value.text))
                if 0 < len(pieces) <= MOST_PIECES:
                    index.setdefault(pieces, []).append(value)
    except sqlite3.Error as error:
        raise DatabaseError(f"{path} does not open as a SQLite database ({error}); fetch it again") from None
    return index


def _values(connection: sqlite3.Connection, schema: Schema) -> Iterator[CellValue]:
    """The different texts of each column."""
    for table in schema.tables:
        for column in table.columns:
            name = quoted(column.name)
            rows = f"SELECT {name} FROM {quoted(table.name)} LIMIT {NUM_ROWS_READ}"
            texts = f"SELECT DISTINCT {name} FROM ({rows}) WHERE typeof({name}) = 'text'"
            for (text,) in connection.execute(texts):
                yield CellValue(table.name, column.name, text)
