"""Poorer and poorer texts of a schema, until the prompt fits the model's window; what is dropped is counted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from oraclecoder.config import TaskConfig
from oraclecoder.database.schema import Schema, Table
from oraclecoder.errors import DataError
from oraclecoder.records import Prompt
from oraclecoder.task.describe import describe

ROOM_FOR_QUESTION = 160
"""Tokens kept free for the question even if it is shorter, so that all questions of a schema share one prefix."""


@dataclass(frozen=True)
class Window:
    """The model's window: the length of a text in tokens, and the room for prefix, question and answer together.

    `max_tokens` is what a chat template leaves over.
    """

    count_tokens: Callable[[str], int]
    max_tokens: int


@dataclass(frozen=True)
class SchemaText:
    """A schema as text, the schema that it shows, and how many sample rows, descriptions and columns it leaves out."""

    text: str
    shown: Schema
    num_dropped: int


def schema_texts(schema: Schema, config: TaskConfig, linked_tables: Iterable[str] = ()) -> Iterator[SchemaText]:
    """The schema in the configured style, richest first.

    Sample rows go first, one per table at a time; then descriptions; then, widest table first, the columns of tables
    that are not linked, except keys.
    """
    num_dropped = 0
    for num_rows in range(config.num_sample_rows, -1, -1):
        num_dropped = sum(max(0, min(len(t.rows), config.num_sample_rows) - num_rows) for t in schema.tables)
        yield SchemaText(describe(schema, config.schema_style, num_rows), schema, num_dropped)
    bare, num_descriptions = _without_descriptions(schema)
    num_dropped += num_descriptions
    if num_descriptions:
        yield SchemaText(describe(bare, config.schema_style, 0), bare, num_dropped)
    linked = {name.lower() for name in linked_tables}
    unlinked = [table for table in bare.tables if table.name.lower() not in linked]
    for table in sorted(unlinked, key=lambda table: -len(table.columns)):
        narrow = _narrow(bare, table)
        if narrow != bare:
            num_dropped += _num_columns(bare) - _num_columns(narrow)
            bare = narrow
            yield SchemaText(describe(bare, config.schema_style, 0), bare, num_dropped)


def _num_columns(schema: Schema) -> int:
    return sum(len(table.columns) for table in schema.tables)


def _without_descriptions(schema: Schema) -> tuple[Schema, int]:
    count = sum(bool(column.description) for table in schema.tables for column in table.columns)
    tables = tuple(replace(t, columns=tuple(replace(c, description="") for c in t.columns)) for t in schema.tables)
    return (replace(schema, tables=tables), count) if count else (schema, 0)


def _narrow(schema: Schema, narrowed: Table) -> Schema:
    """The schema with one table cut down to its keys and its first column."""
    kept = [(narrowed.name, narrowed.columns[0].name)]
    kept += [(table.name, column.name) for table in schema.tables if table != narrowed for column in table.columns]
    return schema.keep([table.name for table in schema.tables], kept)


def fit_prompt(
    write: Callable[[SchemaText], Prompt], texts: Iterable[SchemaText], *, window: Window | None, max_new_tokens: int
) -> Prompt:
    """The prompt with the richest schema text that fits the window; without a window, the richest.

    Raises:
        DataError: if not even the poorest text fits.
    """
    if window is None:
        return write(next(iter(texts)))
    num_tokens = 0
    for text in texts:
        prompt = write(text)
        count = window.count_tokens
        room = max(count(prompt.question), ROOM_FOR_QUESTION) + max(count(prompt.answer), max_new_tokens)
        num_tokens = count(prompt.prefix) + room
        if num_tokens <= window.max_tokens:
            return prompt
    raise DataError(
        f"{prompt.example_id}: the shortest prompt takes {num_tokens} tokens and the window holds "
        f"{window.max_tokens}; shorten the question, or train with a larger model.max_length"
    )
