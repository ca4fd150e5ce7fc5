"""The cells that an invented question names, as a search in its database would find them."""

import re
from random import Random

from oraclecoder.database.values import CellValue
from oraclecoder.dataset.invented import World
from oraclecoder.dataset.invented_asker import Asked
from oraclecoder.task.question import MOST_PLACES

LITERAL = re.compile(r"'((?:[^']|'')*)'")
WORD = re.compile(r"[^\W_]+")
TOLD, BESIDE = 0.7, 0.1
"""How often the cells are told, and how often one beside them that is in another column."""


def draw_cells(random: Random, asked: Asked, world: World) -> list[CellValue]:
    """The cells that the question names, mostly, and now and then one that it only seems to.

    That one holds what another does, or a long word of the question, in a column that is not meant.
    """
    if random.random() >= TOLD:
        return []
    cells = named_cells(asked, world)
    meant = {(cell.table, cell.column) for cell in cells}
    others = [(e.name, f.name) for e in world.entities for f in e.fields if f.is_text and (e.name, f.name) not in meant]
    if others and random.random() < BESIDE:
        words = sorted(WORD.findall(asked.question), key=len)[-3:]
        text = random.choice([cell.text for cell in cells] or words)
        cells.insert(random.randint(0, len(cells)), CellValue(*random.choice(others), text))
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
