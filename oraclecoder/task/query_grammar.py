"""Which texts a query may begin with: words of SQL and names of the schema (the lexical level of PICARD, 2109.05093).

What a small model gets wrong most often is the spelling of a name, or the table that a column is in. Both are seen
while the query is being written, at the word at which they happen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from oraclecoder.database.schema import Schema
from oraclecoder.task.describe import letters_beyond_ascii, quote_name
from oraclecoder.task.links import compiler_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KEYWORDS = _words(
    """
        select distinct from where group by order having limit offset join left right full outer inner cross natural on
        using as and or not in like glob between is null intersect union all except desc asc exists case when then else
        end cast with recursive over partition filter rows range preceding following current row unbounded nulls first
        last integer real text numeric float collate nocase escape
    """
)
FUNCTIONS = _words(
    """
        count sum avg min max total group_concat abs round length lower upper substr substring instr replace trim ltrim
        rtrim strftime date time datetime julianday coalesce ifnull nullif iif typeof printf row_number rank dense_rank
        ntile lag lead first_value last_value
    """
)
WORDS = KEYWORDS | FUNCTIONS
"""Words of a SELECT and SQLite's usual functions."""
STARTS = ("select", "with")
PIECE = re.compile(
    r"(?P<text>'(?:[^']|'')*'|\"[^\"]*\")|(?P<open_text>['\"].*)|(?P<quoted>`(?:[^`]|``)*`)|(?P<open_quoted>`.*)"
    r"|(?P<word>[^\W\d]\w*)|(?P<number>\d+(?:\.\d*)?)|(?P<sign>[ ().,*+\-/=<>!|%])",
    re.DOTALL,
)
ALIAS = re.compile(r"[a-z]{1,2}\d{0,2}")
"""What an alias looks like before it is defined, as in `SELECT T1.name FROM singer AS T1`."""
NAME_ERRORS = ("no such column", "ambiguous column", "misuse of aggregate")
CLAUSES = ("where", "group", "having", "order", "limit", "union", "intersect", "except")
"""Words that end a FROM."""
SOURCES = ("from", "join")
JOINS = frozenset(("join", "left", "right", "full", "inner", "outer", "cross", "natural"))
COMMENTS = ("--", "/*")
LONGEST_NUMBER = 16
MAX_KNOWN = 20_000


@dataclass
class _Scope:
    """A SELECT, or brackets in it: tables named without an alias, and whether its FROM is over."""

    tables: tuple[str, ...] = ()
    is_closed: bool = False


@dataclass
class _Reading:
    """What was read so far: the words before, open brackets, and which table an alias stands for."""

    before: str = ""
    last: str = ""
    owner: str = ""
    first: str = ""
    scopes: tuple[_Scope, ...] = (_Scope(),)
    named: dict[str, str] = field(default_factory=dict)

    @property
    def is_closed(self) -> bool:
        """Whether a column that no table has so far can no longer get its table."""
        return all(scope.is_closed for scope in self.scopes)


class QueryGrammar:
    """Queries over the tables of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._compiler = compiler_of(schema)
        self.letters = letters_beyond_ascii(schema) | {"é"}  # which stands for any letter of a value
        self._columns = {
            table.name.lower(): _written(column.name for column in table.columns) for table in schema.tables
        }
        self._any_column = frozenset(name for columns in self._columns.values() for name in columns)
        self._tables = _written(self._columns)
        self._words = WORDS | self._any_column | self._tables
        self._last = ("", _Reading())
        self._errors: dict[str, str] = {}

    def begins(self, text: str) -> bool:
        """Whether a query may begin with this text."""
        return self._read(text) is not None

    def ends(self, text: str) -> bool:
        """Whether SQLite compiles this text over the schema."""
        reading = self._read(text + " ")
        return reading is not None and len(reading.scopes) == 1 and not self._error(text)

    def _read(self, text: str) -> _Reading | None:
        """What the text says, or None where no query goes on from it.

        The last text is remembered but for its last two pieces, as many continuations of one text are asked in a row;
        the last but one may go on where the last one differs.
        """
        known, reading = self._last if text.startswith(self._last[0]) else ("", _Reading())
        place, before = len(known), (known, reading)
        while place < len(text):
            match = PIECE.match(text, place)
            is_open = match is not None and match.end() == len(text)
            if is_open:
                self._last = before
            before = (text[:place], reading)
            reading = replace(reading, named=dict(reading.named))
            if match is None or not self._take(reading, match, is_open=is_open):
                return None
            place = match.end()
        return reading

    def _take(self, reading: _Reading, match: re.Match[str], *, is_open: bool) -> bool:
        kind, piece = str(match.lastgroup), match.group()
        if kind in ("word", "quoted", "open_quoted"):
            return self._take_name(reading, match, is_open=is_open and kind != "quoted")
        if piece == " ":
            return True
        if kind == "number" and len(piece) > LONGEST_NUMBER:
            return False
        if kind == "sign" and match.string[: match.end()].endswith(COMMENTS):
            return False
        if piece == "." and reading.before in SOURCES:
            return False  # no table is called by its database
        reading.owner = reading.last if piece == "." else ""
        reading.before, reading.last = reading.last, piece
        if piece == "(":
            reading.scopes = (*reading.scopes, replace(reading.scopes[-1], tables=()))
        elif piece == ")":
            reading.scopes = reading.scopes[:-1]
        written = "''" if kind == "open_text" else piece if piece != "!" else "!="
        return bool(reading.scopes) and self._stands(match.string[: match.start()] + written, reading)

    def _take_name(self, reading: _Reading, match: re.Match[str], *, is_open: bool) -> bool:
        """Whether this word may stand here; one that is still open may be the beginning of such a word."""
        name, before = match.group().lower(), match.string[: match.start()]
        is_free = reading.last in ("as", "with") or (self._may_be_alias(reading) and ALIAS.fullmatch(name))
        words = (word for known in self._allowed(reading) for word in known)
        fitting = [word for word in words if word.startswith(name)] if is_open else [name]
        if not is_free and not is_open and not any(name in known for known in self._allowed(reading)):
            return False
        has_more = match.string[match.end() : match.end() + 1] in (".", "(")
        if not any(
            self._stands(before + word, reading, word=word, has_more=has_more)
            for word in ([*fitting, name] if is_free else fitting)
        ):
            return False
        self._note(reading, name)
        return True

    def _may_be_alias(self, reading: _Reading) -> bool:
        """Whether an alias may stand here that is not defined yet."""
        if not reading.first or reading.is_closed or reading.last in (".", *SOURCES):
            return False
        return reading.last != "(" or reading.before not in SOURCES

    def _note(self, reading: _Reading, name: str) -> None:
        """Remember what this word is: an alias, a table, or the end of a FROM."""
        scope = reading.scopes[-1]
        is_source = reading.last in self._tables or reading.last not in WORDS
        follows_table = is_source and reading.before in SOURCES
        if reading.last in ("as", "with"):
            reading.named[name] = reading.before if reading.before in self._columns else ""
        elif name not in WORDS and (follows_table or reading.last == ")"):
            reading.named[name] = reading.last if reading.last in self._columns else ""
        if reading.last in SOURCES and name in self._tables:
            scope = replace(scope, tables=(*scope.tables, name))
        elif follows_table and (name == "as" or name not in WORDS):
            scope = replace(scope, tables=tuple(table for table in scope.tables if table != reading.last))
        elif name == "select":
            scope = _Scope()
        elif name in CLAUSES:
            scope = replace(scope, is_closed=True)
        reading.scopes = (*reading.scopes[:-1], scope)
        reading.first = reading.first or name
        reading.before, reading.last, reading.owner = reading.last, name, ""

    def _allowed(self, reading: _Reading) -> tuple[Iterable[str], ...]:
        """The words that may stand after what was read, in small letters."""
        if not reading.first:
            return (STARTS,)
        if reading.owner:
            table = reading.named.get(reading.owner, reading.owner).strip("`")
            return (self._columns.get(table, self._any_column),)
        if reading.last in SOURCES:
            return self._tables - set(reading.scopes[-1].tables), ("select",), reading.named
        if reading.last == "(" and reading.before in SOURCES:
            return (STARTS,)
        if len(reading.scopes[-1].tables) == len(self._columns):
            return self._words - JOINS, reading.named
        return self._words, reading.named

    def _stands(self, text: str, reading: _Reading, *, word: str = "", has_more: bool = False) -> bool:
        """Whether SQLite takes this text, which ends with a whole word or sign, for the beginning of a query."""
        error = self._error(text)
        if "syntax error" in error or "unrecognized token" in error:
            return False
        if word in CLAUSES and all(scope.is_closed for scope in reading.scopes[:-1]):
            text = text[: -len(word)]
        elif not reading.is_closed or has_more or word in reading.named or word in FUNCTIONS:
            return True
        ways = [text, f"{text}.rowid"] if word in self._tables and not reading.owner else [text]
        closed = ")" * (len(reading.scopes) - 1)
        return not all(self._error(way + closed).startswith(NAME_ERRORS) for way in ways)

    def _error(self, text: str) -> str:
        if text not in self._errors:
            if len(self._errors) >= MAX_KNOWN:
                self._errors.clear()
            self._errors[text] = self._compiler.error(text)
        return self._errors[text]


def _written(names: Iterable[str]) -> frozenset[str]:
    """Names in small letters, as they are and as a query must quote them."""
    return frozenset(written for name in names for written in (name.lower(), quote_name(name.lower())))
