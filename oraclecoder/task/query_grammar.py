"""Which texts a query may begin with (PICARD, arXiv 2109.05093): what SQLite's parser takes, over names in reach.

What a small model gets wrong most often is the spelling of a name, the table that a column is in, and a table that it
forgot to join. All are seen while the query is being written, at the word at which they happen.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from oraclecoder.database.schema import Schema
from oraclecoder.task.describe import letters_beyond_ascii, quote_name
from oraclecoder.task.links import compiler_of
from oraclecoder.task.query_reading import CLAUSES, FUNCTIONS, PIECE, SOURCES, WORDS, Reading

STARTS = frozenset(("select", "with"))
ALIAS = re.compile(r"[a-z]{1,2}\d{0,2}")
"""What an alias looks like before it is defined, as in `SELECT T1.name FROM singer AS T1`."""
JOINS = frozenset(("join", "left", "right", "full", "inner", "outer", "cross", "natural"))
AFTER_SOURCE = JOINS | {*CLAUSES, "on", "using"}
ROW_NUMBER = frozenset(("rowid",))
COMMENTS = ("--", "/*")
NAME_ERRORS = ("no such column", "ambiguous column", "misuse of aggregate")
LONGEST_NUMBER = 16
MAX_KNOWN = 20_000


class QueryGrammar:
    """Queries over the tables of one schema."""

    max_corrections = 8  # 16 find no more right answers and take longer (experiments/demo)

    def __init__(self, schema: Schema) -> None:
        self._compiler = compiler_of(schema)
        self.letters = letters_beyond_ascii(schema) | {"é"}  # which stands for any letter of a value
        self._columns = {
            table.name.lower(): _written(column.name for column in table.columns) for table in schema.tables
        }
        self._any_column = frozenset(name for columns in self._columns.values() for name in columns)
        self._tables = _written(self._columns)
        self._words = WORDS | self._any_column | self._tables
        self._words_but_joins = self._words - JOINS
        self._last = ("", Reading())
        self._errors: dict[str, str] = {}

    def begins(self, text: str) -> bool:
        """Whether a query may begin with this text."""
        return self._read(text) is not None

    def ends(self, text: str) -> bool:
        """Whether SQLite compiles this text over the schema."""
        reading = self._read(text + " ")
        return reading is not None and len(reading.scopes) == 1 and not self._error(text)

    def _read(self, text: str) -> Reading | None:
        """What the text says, or None where no query goes on from it.

        The last text is remembered but for its last two pieces, as many continuations of one text are asked in a row;
        the last but one may go on where the last one differs.
        """
        known, reading = self._last if text.startswith(self._last[0]) else ("", Reading())
        place, before = len(known), (known, reading)
        while place < len(text):
            match = PIECE.match(text, place)
            if match is None:
                return None
            is_open = match.end() == len(text)
            if is_open:
                self._last = before
            before = (text[:place], reading)
            found = self._take(reading, match, is_open=is_open)
            if found is None:
                return None
            reading, place = found, match.end()
        return reading

    def _take(self, reading: Reading, match: re.Match[str], *, is_open: bool) -> Reading | None:
        """What is read after one more piece, if it may stand there; an open one may be longer than it is so far."""
        kind, piece = str(match.lastgroup), match.group()
        if kind in ("word", "quoted", "open_quoted"):
            may_stand = self._word_may_stand(reading, match, is_open=is_open and kind != "quoted")
            return reading.after_word(piece.lower(), self._tables) if may_stand else None
        if piece == " ":
            return reading
        if kind == "number" and len(piece) > LONGEST_NUMBER:
            return None
        if kind == "sign" and match.string[: match.end()].endswith(COMMENTS):
            return None
        if piece == "." and not self._may_own(reading):
            return None
        after = reading.after_sign(piece)
        written = "''" if kind == "open_text" else piece if piece != "!" else "!="
        return after if after.scopes and self._stands(match.string[: match.start()] + written, after) else None

    def _may_own(self, reading: Reading) -> bool:
        """Whether the word just read is a table or what may stand for one; no table is called by its database."""
        name = reading.last
        known = name in self._tables or name in reading.named or self._may_stand_for_a_table(name)
        return known and reading.before not in SOURCES

    def _may_stand_for_a_table(self, name: str) -> bool:
        """Whether a name looks like an alias before it is defined: T1, or the beginning of a table's name."""
        return ALIAS.fullmatch(name) is not None or any(table.startswith(name) for table in self._tables)

    def _word_may_stand(self, reading: Reading, match: re.Match[str], *, is_open: bool) -> bool:
        name, before = match.group().lower(), match.string[: match.start()]
        words = [word for known in self._allowed(reading) for word in _fitting(known, name, is_open=is_open)]
        following = match.string[match.end() : match.end() + 1]
        goes_on = following in (".", "(")
        names_table = following == "." or reading.before in SOURCES
        may_be_alias = self._may_stand_for_a_table(name) if names_table else ALIAS.fullmatch(name) is not None
        if reading.last in ("as", "with") or (reading.may_define_alias and may_be_alias):
            words.append(name)
        return any(self._stands(before + word, reading, word=word, goes_on=goes_on) for word in words)

    def _allowed(self, reading: Reading) -> tuple[frozenset[str], ...]:
        """The words that may stand after what was read, in small letters."""
        if not reading.first:
            return (STARTS,)
        if reading.owner:
            table = reading.named.get(reading.owner, reading.owner).strip("`")
            return self._columns.get(table, self._any_column), ROW_NUMBER
        if reading.last == "(" and reading.before in SOURCES:
            return (STARTS,)
        named, tables = frozenset(reading.named), reading.scopes[-1].tables
        if reading.last in SOURCES:
            return self._tables.difference(tables), STARTS, named
        words = self._words if len(tables) < len(self._columns) else self._words_but_joins
        return (words & AFTER_SOURCE,) if reading.keeps_its_name else (words, named)

    def _stands(self, text: str, reading: Reading, *, word: str = "", goes_on: bool = False) -> bool:
        """Whether SQLite takes this text, which ends with a whole word or sign, for the beginning of a query.

        A name may wait for its table until the FROM is over; `goes_on` is a word before a full stop or a bracket.
        """
        error = self._error(text)
        if "syntax error" in error or "unrecognized token" in error:
            return False
        if word in CLAUSES and all(scope.is_closed for scope in reading.scopes[:-1]):
            text = text[: -len(word)]
        elif not reading.is_closed or goes_on or word in reading.named or word in FUNCTIONS:
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


@lru_cache(maxsize=10_000)
def _fitting(words: frozenset[str], name: str, *, is_open: bool) -> Collection[str]:
    """The words that begin with this name, or are it."""
    return tuple(word for word in words if word.startswith(name)) if is_open else {name} & words
