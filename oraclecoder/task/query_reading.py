"""What was read of a query that is being written: the words before, its brackets, its tables and aliases."""

import re
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KEYWORDS = _words(
    """
        select distinct from where group by order having limit offset join left right full outer inner cross natural on
        using as and or not in like glob between is null intersect union all except desc asc exists case when then else
        end cast with recursive over partition window filter rows range preceding following current row unbounded nulls
        first last integer real text numeric float collate nocase escape true false current_date current_time
        current_timestamp rowid
    """
)


def _known_here(functions: frozenset[str]) -> frozenset[str]:
    """Those of which this SQLite has been built with."""
    with closing(sqlite3.connect(":memory:")) as connection:
        return functions & {str(name) for (name,) in connection.execute("SELECT name FROM pragma_function_list")}


FUNCTIONS = _known_here(
    _words(
        """
            count sum avg min max total group_concat string_agg concat concat_ws abs round sign floor ceil ceiling mod
            sqrt power pow exp ln log log10 random length lower upper substr substring instr replace trim ltrim rtrim
            strftime date time datetime julianday unixepoch coalesce ifnull nullif iif typeof printf json_extract
            json_array_length row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value
            nth_value
        """
    )
)
WORDS = KEYWORDS | FUNCTIONS
"""Words of a SELECT and the usual functions of SQLite."""
CLAUSES = ("where", "group", "having", "order", "limit", "union", "intersect", "except")
"""Words that end a FROM."""
SOURCES = ("from", "join")
PIECE = re.compile(
    r"(?P<text>'(?:[^']|'')*'|\"[^\"]*\")|(?P<open_text>['\"].*)|(?P<quoted>`(?:[^`]|``)*`)|(?P<open_quoted>`.*)"
    r"|(?P<word>[^\W\d]\w*)|(?P<number>\d+(?:\.\d*)?)|(?P<sign>[ ().,*+\-/=<>!|%])",
    re.DOTALL,
)
"""Words, values, numbers and signs; the last piece of a text may be open."""


class Scope(NamedTuple):
    """A SELECT, or brackets in it: tables named without an alias, whether its FROM is over, and owners of columns."""

    tables: tuple[str, ...] = ()
    is_closed: bool = False
    is_query: bool = False
    owners: frozenset[str] = frozenset()


class Reading(NamedTuple):
    """The words before, open brackets, and which table an alias stands for (none for that of a sub-query)."""

    before: str = ""
    last: str = ""
    owner: str = ""
    first: str = ""
    scopes: tuple[Scope, ...] = (Scope(),)
    named: Mapping[str, str] = {}

    @property
    def is_closed(self) -> bool:
        """Whether a column that no table has so far can no longer get its table."""
        return all(scope.is_closed for scope in self.scopes)

    @property
    def keeps_its_name(self) -> bool:
        """Whether the table just read owns a column written before, which an alias would leave without its table."""
        around = any(self.last in scope.tables for scope in self.scopes[:-1])
        return self.before in SOURCES and self.last in self.scopes[-1].owners and not around

    @property
    def may_define_alias(self) -> bool:
        """Whether an alias may stand next that is defined later."""
        if not self.first or self.is_closed or self.keeps_its_name or self.last in (".", *SOURCES):
            return False
        return self.last != "(" or self.before not in SOURCES

    def after_sign(self, sign: str) -> "Reading":
        """Having read a sign, a number or a value; without a scope if a bracket closes that none has opened."""
        scopes = self.scopes
        if sign == "(":
            scopes = (*scopes, Scope(is_closed=scopes[-1].is_closed))
        elif sign == ")":
            scopes = self._without_last()
        elif sign == ".":
            scopes = (*scopes[:-1], scopes[-1]._replace(owners=scopes[-1].owners | {self.last}))
        owner = self.last if sign == "." else ""
        return Reading(self.last, sign, owner, self.first, scopes, self.named)

    def _without_last(self) -> tuple[Scope, ...]:
        """The open scopes once a bracket closes; one that is no query itself leaves its owners to the one around it."""
        *outer, last = self.scopes
        if outer and not last.is_query:
            outer[-1] = outer[-1]._replace(owners=outer[-1].owners | last.owners)
        return tuple(outer)

    def after_word(self, name: str, tables: Collection[str]) -> "Reading":
        """Having read a word in small letters: an alias, one of these tables, the end of a FROM, or any other."""
        scope, named = self.scopes[-1], self.named
        stands_for = self.last if self.last in tables else ""
        follows_table = self.before in SOURCES and (bool(stands_for) or self.last not in WORDS)
        if self.last in ("as", "with"):
            named = {**named, name: self.before if self.before in tables else ""}
        elif name not in WORDS and (follows_table or self.last == ")"):
            named = {**named, name: stands_for}
        if self.last in SOURCES and name in tables:
            scope = scope._replace(tables=(*scope.tables, name))
        elif follows_table and (name == "as" or name not in WORDS):
            scope = scope._replace(tables=tuple(table for table in scope.tables if table != self.last))
        elif name == "select":
            scope = Scope(is_query=True)
        elif name in CLAUSES:
            scope = scope._replace(is_closed=True)
        return Reading(self.last, name, "", self.first or name, (*self.scopes[:-1], scope), named)
