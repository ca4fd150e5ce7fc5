"""The cells that an invented question names, as a search in its database would find them."""

import re
from random import Random

from oraclecoder.database.values import CellValue
from oraclecoder.dataset.invented import World
from oraclecoder.dataset.invented_asker import Asked
from oraclecoder.task.question import MOST_PLACES

LITERAL = re.compile(r"'((?:[^']|'')*)'")
TOLD, BESIDE = 0.7, 0.1
"""How often the cells are told, and how often one beside them that the query has nothing to do with."""


def draw_cells(random: Random, asked: Asked, world: World) -> list[CellValue]:
    """The cells that the question names, mostly, and now and then one that it only seems to."""
    if random.random() >= TOLD:
        return []
    cells = named_cells(asked, world)
    texts = [(e, f) for e in world.entities for f in e.fields if f.is_text]
    if texts and random.random() < BESIDE:
        entity, column = random.choice(texts)
        cells.insert(random.randint(0, len(cells)), CellValue(entity.name, column.name, random.choice(column.pool)))
    return cells


def named_cells(asked: Asked, world: World) -> list[CellValue]:
    """Each text that the query compares and the question says, with the first columns that hold it."""
    found: dict[CellValue, None] = {}
    for text in LITERAL.findall(asked.sql):
        value = text.replace("''", "'")
        if value.lower() in asked.question.lower():
            places = [(e.name, f.name) for e in world.entities for f in e.fields if f.is_text and value in f.pool]
            found |= dict.fromkeys(CellValue(table, column, value) for table, column in places[:MOST_PLACES])
    return list(found)
