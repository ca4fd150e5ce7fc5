"""SQL generation: the linked part of a schema and a question are read, one query is answered."""

from collections.abc import Sequence
from random import Random

from oraclecoder.config import TaskConfig
from oraclecoder.database.schema import Schema, key_path
from oraclecoder.database.values import Places
from oraclecoder.records import Example, Links, Prompt
from oraclecoder.task.fit import SchemaText, Window, fit_prompt, schema_texts
from oraclecoder.task.query import read_query, write_query
from oraclecoder.task.query_grammar import QueryGrammar
from oraclecoder.task.question import shown_values, write_question

PROMPT_VERSION = "generation-3"
INSTRUCTION = """\
Write one SQLite query that answers the question about this database. Answer with the query only, on one line.

"""


def write_prompt(
    example: Example,
    schema: Schema,
    config: TaskConfig,
    *,
    links: Links | None,
    asking: bool,
    values: Sequence[Places] = (),
    window: Window | None = None,
    seed: int = 0,
) -> Prompt:
    """The prompt over the linked part of the schema; the answer is the gold query on one line, or "" when asking.

    Asking shows what `linked_schema` gives. Training adds noise tables (`add_noise`), so that the model learns to
    pass over links that are too many.

    Raises:
        DataError: if the prompt cannot be made to fit the window.
    """
    tables = links.tables if links is not None else ()
    shown = linked_schema(schema, links, cut_columns=config.cut_columns)
    if not asking:
        shown = add_noise(shown, schema, max_tables=config.max_noise_tables, seed=seed)
    answer = "" if asking else write_query(example.gold_sql)

    def write(text: SchemaText) -> Prompt:
        prefix = f"{INSTRUCTION}{text.text}\n"
        named = shown_values(values, text.shown, most=config.max_values)
        return Prompt(example.id, prefix, write_question(example, "SQL", named), answer, text.num_dropped)

    return fit_prompt(write, schema_texts(shown, config, tables), window=window, max_new_tokens=config.max_new_tokens)


def linked_schema(schema: Schema, links: Links | None, *, cut_columns: bool) -> Schema:
    """The linked tables and those on a shortest key path that joins them; the full schema if nothing is linked.

    With `cut_columns` only linked columns and keys are left in them.
    """
    if links is None or not links.tables:
        return schema
    return schema.keep(key_path(schema, links.tables), links.columns if cut_columns else None)


def add_noise(shown: Schema, schema: Schema, *, max_tables: int, seed: int) -> Schema:
    """The shown schema plus 0 to `max_tables` whole tables of the full one.

    Drawn once per (seed, database, shown tables): questions over the same tables keep one prefix.
    """
    names = [table.name for table in shown.tables]
    others = [table.name for table in schema.tables if table.name not in names]
    draw = Random(f"{seed}/{schema.database}/{'/'.join(names)}")
    noise = draw.sample(others, draw.randint(0, min(max_tables, len(others))))
    columns = [(table.name, column.name) for table in shown.tables for column in table.columns]
    columns += [(table.name, column.name) for table in schema.tables if table.name in noise for column in table.columns]
    return schema.keep([*names, *noise], columns)


def grammar(schema: Schema, config: TaskConfig, *, links: Links | None) -> QueryGrammar:
    """Queries over the tables and columns that asking shows."""
    return QueryGrammar(linked_schema(schema, links, cut_columns=config.cut_columns))


def read_answer(text: str, schema: Schema) -> str:
    """The first statement of a model's answer on one line; whether it fits the schema is for SQLite to say."""
    return read_query(text)
