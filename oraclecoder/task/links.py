"""Gold links of a query, as SQLite itself resolves them; links as an answer that is written and read strictly."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache

from oraclecoder.database.schema import Schema, quoted
from oraclecoder.database.values import Places
from oraclecoder.errors import DataError
from oraclecoder.records import Links
from oraclecoder.task.describe import quote_name

Names = tuple[tuple[str, tuple[str, ...]], ...]
"""Table names with their column names."""

ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE))
SHARED_COLUMNS = re.compile(r"\b(using|natural)\b", re.IGNORECASE)
NAME = r"`(?:[^`]|``)+`|[^`,:\s][^`,:]*"
LINE = re.compile(rf"(?P<table>{NAME}):(?P<columns>(?: *(?:{NAME})(?:, *(?:{NAME}))*)?)")


def gold_links(sql: str, schema: Schema) -> Links:
    """The tables that a query reads and the columns that it names, sorted, in the spelling of the schema.

    SQLite compiles the query (it never runs it) against empty tables of the same names and says what it would read,
    so aliases, correlated queries, CTEs, any case, and "x" as a text value where no column is called x are resolved
    by its own rules. `*` names every column of its tables, `count(*)` none.

    Raises:
        DataError: if SQLite does not compile the query.
    """
    try:
        reads = compiler_of(schema).reads(sql)
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        raise DataError(f"{schema.database}: SQLite refuses the query {sql!r} ({error}); mend or drop it") from None
    if SHARED_COLUMNS.search(sql):
        reads |= set(_shared_columns(sql, _names_of(schema)))
    return _sorted_links(reads)


def _sorted_links(pairs: Iterable[tuple[str, str]]) -> Links:
    """Links of (table, column) pairs, where column "" stands for the table alone."""
    unique = sorted(set(pairs), key=lambda pair: (pair[0].lower(), pair[1].lower()))
    return Links(tuple(dict.fromkeys(table for table, _ in unique)), tuple(pair for pair in unique if pair[1]))


def with_values(links: Links, values: Iterable[Places]) -> Links:
    """The links with the column of each value that stands in one table only, and with that table."""
    alone = [places for places in values if len({value.table for value in places}) == 1]
    sure = [(value.table, value.column) for places in alone for value in places]
    tables = [(table, "") for table, _ in sure] + [(table, "") for table in links.tables]
    return _sorted_links([*tables, *sure, *links.columns])


QUERY = re.compile(r"\bselect\b", re.IGNORECASE)
MOST_QUERIES = 16
"""Of one statement: where each reads the one before twice, compiling takes twice as long with each."""


class Compiler:
    """Empty tables in memory, and a record of what each compiled query would read from them."""

    def __init__(self, names: Names) -> None:
        self._tables = {table.lower(): (table, columns) for table, columns in names}
        self._reads: set[tuple[str, str]] = set()
        # Without the statement cache, as a query that is already compiled reports nothing.
        self._connection = sqlite3.connect(":memory:", check_same_thread=False, cached_statements=0)
        for table, columns in names:
            self._connection.execute(f"CREATE TABLE {quoted(table)} ({', '.join(map(quoted, columns))})")
        self._connection.set_authorizer(self._authorize)

    def _authorize(self, action: int, table: str | None, column: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and table is not None and table.lower() in self._tables:
            name, columns = self._tables[table.lower()]
            self._reads.add((name, column if column in columns else ""))
        return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY

    def reads(self, sql: str) -> set[tuple[str, str]]:
        """(table, column) pairs, column "" where the query needs only the table."""
        if len(QUERY.findall(sql)) > MOST_QUERIES:
            raise sqlite3.ProgrammingError(f"syntax error: more than {MOST_QUERIES} queries in one")
        self._reads = set()
        self._connection.execute(f"EXPLAIN {sql}").close()
        return self._reads

    def error(self, sql: str) -> str:
        """What SQLite says against a query or the beginning of one; nothing where it compiles.

        Its parser stops at the first word that is wrong: at "incomplete input" all words were right.
        """
        try:
            self.reads(sql)
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            return str(error) or type(error).__name__
        return ""


@lru_cache(maxsize=256)
def _compiler(names: Names) -> Compiler:
    return Compiler(names)


def compiler_of(schema: Schema) -> Compiler:
    """SQLite over the empty tables of a schema."""
    return _compiler(_names_of(schema))


def _names_of(schema: Schema) -> Names:
    return tuple((table.name, tuple(column.name for column in table.columns)) for table in schema.tables)


def _shared_columns(sql: str, names: Names) -> Iterator[tuple[str, str]]:
    """What USING and NATURAL compare, which SQLite does not report as read."""
    import sqlglot  # takes a quarter of a second and is seldom needed
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    known = {table.lower(): (table, columns) for table, columns in names}
    try:
        selects = list(sqlglot.parse_one(sql, read="sqlite").find_all(exp.Select))
    except SqlglotError as error:
        raise DataError(f"sqlglot does not parse {sql!r} ({error}); write the join with ON") from None
    for select in selects:
        joins = select.args.get("joins") or []
        sources = [join.this for join in joins] + [source.this for source in select.find_all(exp.From)][:1]
        tables = [known[s.name.lower()] for s in sources if isinstance(s, exp.Table) and s.name.lower() in known]
        shared = {column.name.lower() for join in joins for column in join.args.get("using") or ()}
        if any(join.method.upper() == "NATURAL" for join in joins):
            everything = [column.lower() for _, columns in tables for column in columns]
            shared |= {column for column in everything if everything.count(column) > 1}
        for table, columns in tables if shared else ():
            yield table, ""
            yield from ((table, column) for column in columns if column.lower() in shared)


def write_links(links: Links) -> str:
    """One line `table: column, column` per table, sorted; a table that is needed without a column ends in its colon."""
    lines = []
    for table in sorted(set(links.tables) | {table for table, _ in links.columns}, key=str.lower):
        columns = sorted({column for owner, column in links.columns if owner == table}, key=str.lower)
        lines.append(f"{quote_name(table)}: {', '.join(map(quote_name, columns))}".rstrip())
    return "\n".join(lines)


def read_links(text: str, schema: Schema) -> Links | None:
    """The links that an answer names, sorted, in the schema's spelling; None unless every line and name is right."""
    pairs: list[tuple[str, str]] = []
    for line in text.strip().splitlines():
        match = LINE.fullmatch(line.strip())
        table = schema.table(_unquote(match["table"])) if match else None
        if match is None or table is None:
            return None
        columns = [table.column(_unquote(name)) for name in re.findall(NAME, match["columns"])]
        if None in columns:
            return None
        pairs += [(table.name, "")] + [(table.name, column.name) for column in columns if column is not None]
    return _sorted_links(pairs) if pairs else None


def _unquote(name: str) -> str:
    name = name.strip()
    return name[1:-1].replace("``", "`") if name.startswith("`") else name
