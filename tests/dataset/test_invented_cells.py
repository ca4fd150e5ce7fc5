"""Cells that invented questions name, told beside them."""

import re
from random import Random

import pytest

from oraclecoder.database.values import CellValue
from oraclecoder.dataset.invented_asker import Asked, Asker
from oraclecoder.dataset.invented_cells import draw_cells, named_cells
from oraclecoder.dataset.invented_composed import rows_shown
from oraclecoder.dataset.invented_forms import CELL_FRAMES, Form, ask_drill, reads_drill
from oraclecoder.dataset.invented_schemas import Inventor
from oraclecoder.dataset.lexicon import Lexicon


@pytest.fixture(scope="module")
def asked():
    """Questions of invented databases, with these."""
    random = Random(11)
    inventor = Inventor(random, Lexicon(random, invented=0.1))
    worlds = [inventor.world(random.randint(2, 6), num_rows=1, ordinary=0.9) for _ in range(40)]
    askers = [Asker(random, world, aliased=False) for world in worlds for _ in range(10)]
    return [(asker.ask({rows_shown: 1}), asker.world) for asker in askers]


def test_each_named_cell_stands_in_its_column_and_question_and_query_have_it(asked):
    count = 0
    for one, world in asked:
        for cell in named_cells(one, world):
            count += 1
            (entity,) = [entity for entity in world.entities if entity.name == cell.table]
            (column,) = [field for field in entity.fields if field.name == cell.column]
            assert cell.text in column.pool
            assert cell.text.lower() in one.question.lower()
            assert "'" + cell.text.replace("'", "''") + "'" in one.sql
    assert count > 150


def test_most_named_cells_are_those_that_the_query_compares(asked):
    cells = [(cell, one) for one, world in asked for cell in named_cells(one, world)]
    read = [(cell.table, cell.column) in one.reads for cell, one in cells]
    assert sum(read) / len(read) > 0.85
    assert not all(read)


def test_cells_are_told_mostly_and_now_and_then_one_that_is_not_meant(asked):
    random = Random(3)
    drawn = [(draw_cells(random, one, world), named_cells(one, world)) for one, world in asked]
    told = [bool(cells) for cells, named in drawn if named]
    beside = [len(cells) > len(named) for cells, named in drawn]
    assert 0.6 < sum(told) / len(told) < 0.85
    assert 0.03 < sum(beside) / len(beside) < 0.13


def test_whatever_a_told_cell_holds_is_said_as_in_the_tasks(asked):
    random = Random(4)
    for one, world in asked:
        cells = draw_cells(random, one, world)
        assert len(set(cells)) == len(cells)
        for cell in cells:
            assert cell.text.lower() in one.question.lower()


@pytest.mark.parametrize("cue", CELL_FRAMES)
def test_a_drill_tells_cells_between_question_and_cue_unlike_the_tasks(cue):
    asked = Asked("who lives in Rome?", "SELECT 1", (("person", ""), ("person", "town")))
    cells = [CellValue("person", "home town", "Rome"), CellValue("city", "name", "d'Or")]
    for write in (ask_drill, reads_drill):
        drill = write(asked, Form(cells_cue=cue), cells)
        question, told, _ = re.fullmatch(r"(\? who lives in Rome\?)(.*)(\n[>#] )", drill.prompt, re.S).groups()
        assert all(part in told for part in ("person", "`home town`", "'Rome'", "city", "name", "'d''Or'"))
        assert "Values:" not in told
        assert write(asked, Form(cells_cue=cue)).prompt == f"{question}{drill.prompt[-3:]}"
