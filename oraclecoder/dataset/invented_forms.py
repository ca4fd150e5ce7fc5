"""How a drill writes a question, what it wants and the answer: in many forms, so that a base reads what is meant.

A base that knows one form reads schemas in that form only: some dozen steps of an adapter in another one then unlearn
more than they teach (experiments/nano).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from oraclecoder.database.values import CellValue
from oraclecoder.dataset.invented_asker import Asked
from oraclecoder.dataset.invented_wording import literal
from oraclecoder.task.describe import quote_name

Reads = Mapping[str, Sequence[str]]
"""Quoted names of tables with those of their columns, both in alphabetical order."""

MARKS = ("?", "ask", "--", "q)", "wanted", "user>", "//", "(1)", "request", "Q.", "[q]")
QUERY_CUES = (">", "sql", "=>", "query", "as sql", "a)", "A.", "[sql]", "write")


@dataclass(frozen=True)
class Drill:
    """What is read after the schema, and what is learnt."""

    prompt: str
    answer: str


@dataclass(frozen=True)
class Form:
    """What stands before a question, its query, what that reads, and the cells that the question names.

    The last two decide how these are written.
    """

    mark: str = "?"
    query_cue: str = ">"
    reads_cue: str = "#"
    cells_cue: str = "~"


PLAIN = Form()
"""The form that measures use."""


def draw_form(random: Random) -> Form:
    """The plain form a third of the time."""
    if random.random() < 1 / 3:
        return PLAIN
    cues = (MARKS, QUERY_CUES, tuple(WRITINGS), tuple(CELL_FRAMES))
    return Form(*(random.choice(own) for own in cues))


def ask_drill(asked: Asked, form: Form = PLAIN, cells: Sequence[CellValue] = ()) -> Drill:
    """Question in, with the cells that it names, query out."""
    return Drill(f"{form.mark} {asked.question}{_told(cells, form)}\n{form.query_cue} ", asked.sql)


def reads_drill(asked: Asked, form: Form = PLAIN, cells: Sequence[CellValue] = ()) -> Drill:
    """Question in, with the cells that it names, out what its query reads: `order(id, total) customer(name)`."""
    tables: dict[str, list[str]] = {table: [] for table in sorted({table for table, _ in asked.reads}, key=str.lower)}
    for table, column in sorted(asked.reads, key=lambda read: read[1].lower()):
        if column:
            tables[table].append(quote_name(column))
    written = WRITINGS[form.reads_cue]({quote_name(table): columns for table, columns in tables.items()})
    return Drill(f"{form.mark} {asked.question}{_told(cells, form)}\n{form.reads_cue} ", written)


def _told(cells: Sequence[CellValue], form: Form) -> str:
    """The cells after a question; nothing of none."""
    frame, one, joint = CELL_FRAMES[form.cells_cue]
    told = [one.format(t=quote_name(c.table), c=quote_name(c.column), v=literal(c.text)) for c in cells]
    return frame.format(joint.join(told)) if told else ""


def _as_calls(reads: Reads) -> str:
    return " ".join(f"{table}({', '.join(columns)})" for table, columns in reads.items())


def _as_lists(reads: Reads) -> str:
    return "; ".join(f"{table}[{' '.join(columns)}]" for table, columns in reads.items())


def _as_lines(reads: Reads) -> str:
    return "\n".join(f"- {table} {', '.join(columns)}".rstrip() for table, columns in reads.items())


def _dotted(reads: Reads) -> str:
    return ", ".join(f"{table}.{column}" for table, columns in reads.items() for column in columns or "*")


def _as_json(reads: Reads) -> str:
    return json.dumps(reads, ensure_ascii=False)


def _tables_alone(reads: Reads) -> str:
    return ", ".join(reads)


WRITINGS: MappingProxyType[str, Callable[[Reads], str]] = MappingProxyType(
    {
        "#": _as_calls, "reads": _as_calls, "uses": _as_lists, "lines": _as_lines, "needs": _dotted,
        "parts": _as_json, "tables": _tables_alone,
    }
)  # fmt: skip
"""How what a query reads is written, by the cue that stands before it."""

CELL_FRAMES: MappingProxyType[str, tuple[str, str, str]] = MappingProxyType(
    {
        "~": ("\n~ {}", "{t}.{c} = {v}", "; "),
        "found": ("\nfound {}", "{v} in {t}.{c}", ", "),
        "[": (" [{}]", "{t}.{c} = {v}", ", "),
        "cells": ("\ncells {}", "{v}: {c} of {t}", "; "),
        "(": (" ({})", "{t} has {c} {v}", ", "),
    }
)
"""How named cells are written: all of them, one of {t}, {c} and {v}, and what stands between two."""
