"""The pretraining corpus: an endless stream of invented schemas with short tasks about each, from a seed.

None of it has the form of the two tasks: no instruction, no "Question:", other cues, other ways to write what is read.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from oraclecoder.config import SchemaStyle
from oraclecoder.dataset.invented import Entity, World
from oraclecoder.dataset.invented_against import none_linked, one_list, than_all, two_links
from oraclecoder.dataset.invented_asker import Asked, Asker, Intent
from oraclecoder.dataset.invented_cells import draw_cells
from oraclecoder.dataset.invented_children import childless, children
from oraclecoder.dataset.invented_composed import first_rows, rows_counted, rows_shown, rows_totalled
from oraclecoder.dataset.invented_forms import Drill, ask_drill, draw_form, reads_drill
from oraclecoder.dataset.invented_grouped import rows_grouped
from oraclecoder.dataset.invented_groups import against_average, group_aggregate, group_count, having, sets
from oraclecoder.dataset.invented_joins import bridge, join_aggregate, join_select
from oraclecoder.dataset.invented_named import (
    first_or_last,
    groups_above_all,
    linked_to_named,
    looked_up,
    most_linked,
)
from oraclecoder.dataset.invented_questions import (
    aggregate_column,
    count_rows,
    count_values,
    select_columns,
    superlative,
)
from oraclecoder.dataset.invented_reports import bridge_count, having_aggregate, parent_aggregate, than_row
from oraclecoder.dataset.invented_schemas import Inventor
from oraclecoder.dataset.lexicon import Lexicon
from oraclecoder.task.describe import describe, quote_name

STYLES = (SchemaStyle.ddl, SchemaStyle.ddl, SchemaStyle.ddl, SchemaStyle.ddl, SchemaStyle.compact, SchemaStyle.m_schema)
HEADS = {
    (True, False): "/* T1, count */\n", (True, True): "/* T1, COUNT */\n",
    (False, False): "/* table, count */\n", (False, True): "/* table, COUNT */\n",
}  # fmt: skip
"""How queries are written below a schema: tables by alias or full name, functions in small or capital letters."""

EASY: MappingProxyType[Intent, int] = MappingProxyType(
    {select_columns: 60, count_rows: 20, aggregate_column: 10, superlative: 10}
)
INTENTS: MappingProxyType[Intent, int] = MappingProxyType(
    {
        select_columns: 16, count_rows: 7, count_values: 3, aggregate_column: 6, superlative: 7, group_count: 6,
        group_aggregate: 3, having: 5, against_average: 3, join_select: 14, join_aggregate: 4, children: 15,
        childless: 5, sets: 5, bridge: 9, parent_aggregate: 5, bridge_count: 6, than_row: 2, having_aggregate: 3,
        rows_shown: 28, rows_counted: 12, rows_totalled: 11, first_rows: 16, rows_grouped: 34, two_links: 10,
        than_all: 4, none_linked: 6, one_list: 2, looked_up: 8, linked_to_named: 14, most_linked: 6, first_or_last: 4,
        groups_above_all: 2,
    }
)  # fmt: skip
"""How often each sort of question is asked: on the first lessons, and later."""

QUERIES = 0.52
"""The share of questions whose query is the answer; of nearly all others it is what the query reads."""

MOST_ROWS = 4
"""The longest result that is asked for."""


@dataclass(frozen=True)
class Lesson:
    """One schema text and the drills about it."""

    schema_text: str
    drills: tuple[Drill, ...]


@dataclass(frozen=True)
class Stage:
    """How hard lessons are: most tables, most fields, most sample rows, how often only lookups, and how often long."""

    max_tables: int
    max_fields: int
    max_rows: int
    lookups: float
    easy: float
    long: float


STAGES = (
    (60, 0.3, Stage(max_tables=2, max_fields=4, max_rows=0, lookups=0.5, easy=1.0, long=0.0)),
    (200, 0.5, Stage(max_tables=3, max_fields=5, max_rows=1, lookups=0.35, easy=0.5, long=0.0)),
    (500, 0.7, Stage(max_tables=4, max_fields=6, max_rows=2, lookups=0.15, easy=0.1, long=0.0)),
    (900, 0.9, Stage(max_tables=6, max_fields=7, max_rows=3, lookups=0.08, easy=0.0, long=0.01)),
    (10**15, 1.1, Stage(max_tables=7, max_fields=8, max_rows=3, lookups=0.04, easy=0.0, long=0.05)),
)
"""Stages with the steps, or the share of the training if that is less, after which they end."""


def stage_at(step: int, *, progress: float) -> Stage:
    """The stage of a step of a training of which this share is done."""
    return next(stage for until, share, stage in STAGES if step < until and progress < share)


def lesson(
    random: Random, stage: Stage, *, num_drills: int, unseen: bool = False, invented: float | None = None
) -> Lesson:
    """One invented schema with its drills.

    `unseen` takes only words that training never shows; `invented` is the share of invented words, drawn if None.
    """
    share = random.choice((0.03, 0.03, 0.08, 0.08, 0.3, 0.6)) if invented is None else invented
    lexicon = Lexicon(random, invented=share, unseen=unseen)
    is_long = random.random() < stage.long
    num_tables = random.randint(7, 20) if is_long else random.randint(1, stage.max_tables)
    num_rows = random.randint(0, stage.max_rows)
    ordinary = 0.0 if unseen else random.choice((0.75, 0.9, 1.0) if share < 0.3 else (0.0, 0.3))
    inventor = Inventor(random, lexicon)
    world = inventor.world(num_tables, max_fields=stage.max_fields, num_rows=num_rows, ordinary=ordinary)
    aliased, capitals = random.random() < 0.4, random.random() < 0.65
    asker = Asker(random, world, aliased=aliased, capitals=capitals)
    style = random.choice(STYLES)
    head = HEADS[aliased, capitals] if random.random() < 0.7 else ""
    text = head + describe(world.schema, style, num_rows)
    rows_shown = style is SchemaStyle.ddl and num_rows > 0
    return Lesson(text, tuple(_drill(asker, stage, rows_shown=rows_shown) for _ in range(num_drills)))


def _drill(asker: Asker, stage: Stage, *, rows_shown: bool) -> Drill:
    random = asker.random
    if random.random() < stage.lookups:
        return _lookup(random, asker.world)
    asked = asker.ask(EASY if random.random() < stage.easy else INTENTS)
    draw = random.random()
    if draw < 0.04 and rows_shown and (result := result_drill(asked, asker.world)):
        return result
    if draw >= 0.98:
        return Drill(f"> {asked.sql}\n? ", asked.question)
    write = ask_drill if draw < QUERIES else reads_drill
    return write(asked, draw_form(random), draw_cells(random, asked, asker.world))


def result_drill(asked: Asked, world: World) -> Drill | None:
    """Query in, out what it finds in the rows that the schema shows; None where that is nothing or long."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for table in world.schema.tables:
            columns = ", ".join(f"{quote_name(column.name)} {column.type}" for column in table.columns)
            connection.execute(f"CREATE TABLE {quote_name(table.name)} ({columns})")
            places = ", ".join("?" for _ in table.columns)
            connection.executemany(f"INSERT INTO {quote_name(table.name)} VALUES ({places})", table.rows)
        rows = connection.execute(asked.sql).fetchmany(MOST_ROWS + 1)
    if not rows or len(rows) > MOST_ROWS or any(value is None for row in rows for value in row):
        return None
    return Drill(f"! {asked.sql}\n= ", "; ".join(" | ".join(str(value) for value in row) for row in rows))


def _lookup(random: Random, world: World) -> Drill:
    entity = random.choice(world.entities)
    column = random.choice(entity.columns)
    draw = random.random()
    if draw < 0.35:
        return Drill(f"@ {column.phrase} of {entity.one}\n= ", f"{quote_name(entity.name)}.{quote_name(column.name)}")
    if draw < 0.5:
        return Drill(f"@ {random.choice((entity.one, entity.many))}\n= ", quote_name(entity.name))
    if draw < 0.65:
        return Drill(f"@ columns of {entity.many}\n= ", ", ".join(quote_name(c.name) for c in entity.columns))
    if draw < 0.8 and entity.links:
        return _key_lookup(random, entity)
    chosen = random.sample(entity.columns, min(len(entity.columns), 3))
    asked = ", ".join(c.phrase for c in chosen)
    return Drill(f"@ {asked} of {entity.many}\n= ", ", ".join(quote_name(c.name) for c in chosen))


def _key_lookup(random: Random, entity: Entity) -> Drill:
    link = random.choice(entity.links)
    assert link.entity.key is not None
    left = f"{quote_name(entity.name)}.{quote_name(link.field.name)}"
    right = f"{quote_name(link.entity.name)}.{quote_name(link.entity.key.name)}"
    return Drill(f"@ {entity.many} to {link.entity.many}\n= ", f"{left} = {right}")
