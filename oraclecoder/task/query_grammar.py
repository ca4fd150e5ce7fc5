"""Which texts a query may begin with: words of SQL and names of the schema (the lexical level of PICARD, 2109.05093).

What a small model gets wrong most often is the spelling of a name, or the table that a column is in. Both are seen
while the query is being written, at the word at which they happen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from oraclecoder.database.schema import Schema
from oraclecoder.errors import DataError
from oraclecoder.task.describe import quote_name
from oraclecoder.task.links import gold_links

WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        select distinct from where group by order having limit offset join left right full outer inner cross natural on
        using as and or not in like glob between is null intersect union all except desc asc exists case when then else
        end cast with recursive over partition filter rows range preceding following current row unbounded nulls first
        last integer real text numeric float collate nocase escape
        count sum avg min max total group_concat abs round length lower upper substr substring instr replace trim ltrim
        rtrim strftime date time datetime julianday coalesce ifnull nullif iif typeof printf row_number rank dense_rank
        ntile lag lead first_value last_value
        """,
    )
)
"""Words of a SELECT and SQLite's usual functions."""
STARTS = ("select", "with")
PIECE = re.compile(
    r"(?P<text>'(?:[^']|'')*'|\"[^\"]*\")|(?P<open_text>['\"].*)|(?P<quoted>`(?:[^`]|``)*`)|(?P<open_quoted>`.*)"
    r"|(?P<word>[^\W\d]\w*)|(?P<number>\d+(?:\.\d*)?)|(?P<sign>[ ().,*+\-/=<>!|%])",
    re.DOTALL,
)
ALIAS = re.compile(r"[a-z]{1,2}\d{0,2}")
"""What an alias looks like before it is defined, as in `SELECT T1.name FROM singer AS T1`."""


@dataclass
class _Reading:
    """What was read so far: the words before, open brackets, and which table an alias stands for."""

    before: str = ""
    last: str = ""
    owner: str = ""
    depth: int = 0
    first: str = ""
    named: dict[str, str] = field(default_factory=dict)


class QueryGrammar:
    """Queries over the tables of one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._columns = {
            table.name.lower(): _written(column.name for column in table.columns) for table in schema.tables
        }
        self._any_column = frozenset(name for columns in self._columns.values() for name in columns)
        tables = _written(self._columns)
        self._sources = tables | {"select"}
        self._words = WORDS | self._any_column | tables

    def begins(self, text: str) -> bool:
        """Whether a query may begin with this text."""
        return self._read(text) is not None

    def ends(self, text: str) -> bool:
        """Whether SQLite compiles this text over the schema."""
        reading = self._read(text + " ")
        if reading is None or reading.depth:
            return False
        try:
            gold_links(text, self.schema)
        except DataError:
            return False
        return True

    def _read(self, text: str) -> _Reading | None:
        """What the text says, or None where no query goes on from it."""
        reading, place = _Reading(), 0
        while place < len(text):
            match = PIECE.match(text, place)
            if match is None or not self._take(reading, match, is_open=match.end() == len(text)):
                return None
            place = match.end()
        return reading

    def _take(self, reading: _Reading, match: re.Match[str], *, is_open: bool) -> bool:
        kind, piece = str(match.lastgroup), match.group()
        if kind in ("word", "quoted", "open_quoted"):
            return self._take_name(reading, piece.lower(), is_open=is_open and kind != "quoted")
        if kind == "open_text":
            return True
        if piece == " ":
            return True
        reading.owner = reading.last if piece == "." else ""
        reading.depth += {"(": 1, ")": -1}.get(piece, 0)
        reading.before, reading.last = reading.last, piece
        return reading.depth >= 0 and (reading.first != "" or piece == "(")

    def _take_name(self, reading: _Reading, name: str, *, is_open: bool) -> bool:
        """Whether this word may stand here; one that is still open may be the beginning of such a word."""
        may_be_alias = reading.first and reading.last not in (".", "from", "join")
        is_free = reading.last in ("as", "with") or (may_be_alias and ALIAS.fullmatch(name))
        if not is_free and not any(_fits(name, known, is_open=is_open) for known in self._allowed(reading)):
            return False
        if reading.last == "as":
            reading.named[name] = reading.before if reading.before in self._columns else ""
        elif reading.last == "with":
            reading.named[name] = ""
        reading.first = reading.first or name
        reading.before, reading.last, reading.owner = reading.last, name, ""
        return True

    def _allowed(self, reading: _Reading) -> tuple[Iterable[str], ...]:
        """The words that may stand after what was read, in small letters."""
        if not reading.first:
            return (STARTS,)
        if reading.owner:
            table = reading.named.get(reading.owner, reading.owner).strip("`")
            return (self._columns.get(table, self._any_column),)
        if reading.last in ("from", "join"):
            return self._sources, reading.named
        return self._words, reading.named


def _written(names: Iterable[str]) -> frozenset[str]:
    """Names in small letters, as they are and as a query must quote them."""
    return frozenset(written for name in names for written in (name.lower(), quote_name(name.lower())))


def _fits(name: str, known: Iterable[str], *, is_open: bool) -> bool:
    return any(word.startswith(name) for word in known) if is_open else name in known
