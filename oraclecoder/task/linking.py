"""Schema linking: the whole schema and a question are read, the tables and columns that it needs are answered."""

from collections.abc import Sequence

from oraclecoder.config import TaskConfig
from oraclecoder.database.schema import Schema
from oraclecoder.database.values import Places
from oraclecoder.errors import DataError
from oraclecoder.records import Example, Links, Prompt
from oraclecoder.task.fit import SchemaText, Window, fit_prompt, schema_texts
from oraclecoder.task.links import read_links, write_links
from oraclecoder.task.links_grammar import LinksGrammar
from oraclecoder.task.question import shown_values, write_question

PROMPT_VERSION = "linking-3"
INSTRUCTION = """\
Which tables and columns of this SQLite database does a query need that answers the question?
Answer with one line per table, `table: column, column`, tables and columns in alphabetical order.

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
    """The prompt over the whole schema; the answer is the gold links, or "" when asking.

    Nothing is drawn, so `seed` changes nothing.

    Raises:
        DataError: if the prompt cannot be made to fit the window, or only without a column that its answer names.
    """
    answer = "" if asking or links is None else write_links(links)

    def write(text: SchemaText) -> Prompt:
        prefix = f"{INSTRUCTION}{text.text}\n"
        if answer and read_links(answer, text.shown) is None:
            raise DataError(f"{example.id}: a linked column does not fit the window; raise model.max_length")
        named = shown_values(values, text.shown, most=config.max_values)
        question = write_question(example, "Tables and columns", named)
        return Prompt(example.id, prefix, question, answer, text.num_dropped)

    # Which tables are linked is what is asked for, so it cannot decide what is left out.
    return fit_prompt(write, schema_texts(schema, config), window=window, max_new_tokens=config.max_new_tokens)


def grammar(schema: Schema, config: TaskConfig, *, links: Links | None) -> LinksGrammar:
    """Sorted lines of tables and columns of the schema; nothing depends on `links`."""
    return LinksGrammar(schema)


def read_answer(text: str, schema: Schema) -> Links | None:
    """The links of a model's answer; None if it does not parse, and the caller takes the full schema."""
    return read_links(text, schema)


def score(predicted: Links | None, gold: Links) -> dict[str, float]:
    """Four cheap signals for watching a training run; tables and columns over whole splits are the judge's matter.

    For tables and for columns: are they exactly the gold ones, and are all gold ones among them (strict recall).
    """
    if predicted is None:
        return {"tables_exact": 0.0, "tables_recalled": 0.0, "columns_exact": 0.0, "columns_recalled": 0.0}
    tables, columns = set(predicted.tables), set(predicted.columns)
    return {
        "tables_exact": float(tables == set(gold.tables)),
        "tables_recalled": float(tables >= set(gold.tables)),
        "columns_exact": float(columns == set(gold.columns)),
        "columns_recalled": float(columns >= set(gold.columns)),
    }
