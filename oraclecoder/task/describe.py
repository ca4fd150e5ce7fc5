"""The schema as text, in one of three styles; every text ends in a newline and depends on its arguments only."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from oraclecoder.config import SchemaStyle
from oraclecoder.database.schema import Column, ForeignKey, Schema, Table

MAX_VALUE_LENGTH = 40
MAX_DESCRIPTION_LENGTH = 160
PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
RESERVED = frozenset(
    re.findall(
        r"\w+",
        """
        add all alter and as autoincrement between case cast check collate commit constraint create current_date
        current_time current_timestamp default deferrable delete distinct drop else escape except exists foreign
        from group having if in index insert intersect into is isnull join limit not nothing notnull null on or
        order primary raise references returning select set table then to transaction union unique update using
        values when where
        """,
    )
)
"""Words that SQLite does not take for a name unless they are quoted."""
NUMBER_TYPES = frozenset(
    ("integer", "bigint", "smallint", "real", "float", "double", "decimal", "numeric", "boolean", "blob")
)


def describe(schema: Schema, style: SchemaStyle, num_rows: int) -> str:
    """The schema in that style with up to `num_rows` sample rows per table (ddl) or sample values per column."""
    return STYLES[style](schema, num_rows)


def quote_name(name: str) -> str:
    """A table or column name as a query must write it: in backticks where SQLite needs quotes."""
    # A misspelt name in backticks is an error; in double quotes SQLite would silently take it for a text value.
    if PLAIN_NAME.fullmatch(name) and name.lower() not in RESERVED:
        return name
    return "`" + name.replace("`", "``") + "`"


def clip(text: str, max_length: int) -> str:
    """The text on one line, cut to that many characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= max_length else line[: max_length - 3].rstrip() + "..."


def write_value(value: Any) -> str:
    """A value of a row as SQL writes it; long text is clipped, a blob gives only its size."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, str):
        return "'" + clip(value, MAX_VALUE_LENGTH).replace("'", "''") + "'"
    return str(value)


def write_ddl(schema: Schema, num_rows: int) -> str:
    """CREATE TABLE statements with types, keys and descriptions, each followed by its first rows in comments."""
    return "".join(_create_table(table, schema.foreign_keys, num_rows) for table in schema.tables)


def _create_table(table: Table, foreign_keys: tuple[ForeignKey, ...], num_rows: int) -> str:
    single_key = table.primary_key if len(table.primary_key) == 1 else ()
    lines = []
    for column in table.columns:
        key = " PRIMARY KEY" if column.name in single_key else ""
        lines.append((f"{quote_name(column.name)} {column.type}".rstrip() + key, _description(column)))
    if len(table.primary_key) > 1:
        lines.append((f"PRIMARY KEY ({', '.join(map(quote_name, table.primary_key))})", ""))
    for foreign in foreign_keys:
        if foreign.table == table.name:
            target = f"{quote_name(foreign.other_table)} ({quote_name(foreign.other_column)})"
            lines.append((f"FOREIGN KEY ({quote_name(foreign.column)}) REFERENCES {target}", ""))
    ends = [","] * (len(lines) - 1) + [""]
    body = "".join(
        f"  {text}{end}{' -- ' + comment if comment else ''}\n"
        for (text, comment), end in zip(lines, ends, strict=True)
    )
    rows = "".join(f"-- {', '.join(map(write_value, row))}\n" for row in table.rows[:num_rows])
    return f"CREATE TABLE {quote_name(table.name)} (\n{body});\n{rows}"


def _description(column: Column) -> str:
    return clip(column.description, MAX_DESCRIPTION_LENGTH)


def write_m_schema(schema: Schema, num_rows: int) -> str:
    """M-Schema as XiYan-SQL introduced it (arXiv 2411.08599): one line per column with type, key and examples."""
    tables = "".join(_m_schema_table(table, num_rows) for table in schema.tables)
    keys = "".join(f"{key.table}.{key.column}={key.other_table}.{key.other_column}\n" for key in schema.foreign_keys)
    return f"【DB_ID】 {schema.database}\n【Schema】\n{tables}" + (f"【Foreign keys】\n{keys}" if keys else "")


def _m_schema_table(table: Table, num_rows: int) -> str:
    lines = []
    for column in table.columns:
        parts = [f"{column.name}:{column.type or 'ANY'}", _description(column)]
        parts.append("Primary Key" if column.name in table.primary_key else "")
        examples = ", ".join(clip(value, MAX_VALUE_LENGTH) for value in column.values[:num_rows])
        parts.append(f"Examples: [{examples}]" if examples else "")
        lines.append(f"({', '.join(part for part in parts if part)})")
    return f"# Table: {table.name}\n[\n" + ",\n".join(lines) + "\n]\n"


def write_compact(schema: Schema, num_rows: int) -> str:
    """One line per table, one per foreign key; types without lengths; sample values of text columns only; no
    descriptions."""
    tables = "".join(f"{quote_name(table.name)}({_compact_columns(table, num_rows)})\n" for table in schema.tables)
    return tables + "".join(
        f"{_dotted(k.table, k.column)} = {_dotted(k.other_table, k.other_column)}\n" for k in schema.foreign_keys
    )


def _compact_columns(table: Table, num_rows: int) -> str:
    written = []
    for column in table.columns:
        kind = column.type.split("(")[0].strip().lower()
        words = [quote_name(column.name), kind, "key" if column.name in table.primary_key else ""]
        if kind not in NUMBER_TYPES and num_rows:
            words += [f"[{', '.join(map(write_value, column.values[:num_rows]))}]"] if column.values else []
        written.append(" ".join(word for word in words if word))
    return ", ".join(written)


def _dotted(table: str, column: str) -> str:
    return f"{quote_name(table)}.{quote_name(column)}"


STYLES: Mapping[SchemaStyle, Callable[[Schema, int], str]] = {
    SchemaStyle.ddl: write_ddl,
    SchemaStyle.m_schema: write_m_schema,
    SchemaStyle.compact: write_compact,
}


def letters_beyond_ascii(schema: Schema) -> frozenset[str]:
    """Characters of its names that are not ASCII, so that a tokenizer may spell them in several tokens."""
    names = [name for table in schema.tables for name in (table.name, *(column.name for column in table.columns))]
    return frozenset(letter for name in names for letter in name if not letter.isascii())
