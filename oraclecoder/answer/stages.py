"""The two stages: a linker names tables and columns, a generator writes SQL over them."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oraclecoder.answer.answerer import Advance, Answerer, no_progress
from oraclecoder.database.schema import read_schema
from oraclecoder.errors import DataError
from oraclecoder.records import Example, Links, Prediction
from oraclecoder.task import TASKS
from oraclecoder.task.links import gold_links


@dataclass(frozen=True)
class Linked:
    """What the linker said to one question; `links` is None where it did not parse, and the full schema is shown."""

    links: Links | None
    text: str


def link(
    linker: Answerer, examples: Sequence[Example], databases: Mapping[str, Path], *, advance: Advance = no_progress
) -> dict[str, Linked]:
    """The links of each example by its id."""
    completions = linker.complete(examples, databases, advance=advance)
    read = TASKS[linker.task.name].read_answer
    found = {}
    for example in examples:
        text = completions[example.id].text if example.id in completions else ""
        schema = read_schema(databases[example.database], linker.task.num_sample_rows)
        found[example.id] = Linked(read(text, schema), text)
    return found


def gold_linked(examples: Sequence[Example], databases: Mapping[str, Path]) -> dict[str, Linked]:
    """The links of the gold queries, as a perfect linker would give them; none where the gold query is broken."""
    found = {}
    for example in examples:
        try:
            links = gold_links(example.gold_sql, read_schema(databases[example.database]))
        except DataError:
            links = None
        found[example.id] = Linked(links, "")
    return found


def write_sql(
    generator: Answerer,
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    linked: Mapping[str, Linked] | None,
    *,
    advance: Advance = no_progress,
) -> list[Prediction]:
    """A query for each example over its linked tables, or over the full schema where there are no links."""
    start = time.monotonic()
    links = links_of(linked)
    completions = generator.complete(examples, databases, links=links, advance=advance)
    seconds = round((time.monotonic() - start) / max(1, len(examples)), 4)
    read = TASKS[generator.task.name].read_answer
    predictions = []
    for example in examples:
        schema = read_schema(databases[example.database], generator.task.num_sample_rows)
        completion = completions.get(example.id)
        sql = read(completion.text if completion is not None else "", schema)
        predictions.append(predicted(example, sql, linked, seconds=seconds))
    return predictions


def links_of(linked: Mapping[str, Linked] | None) -> dict[str, Links | None] | None:
    """The links alone, as prompts take them."""
    return None if linked is None else {name: found.links for name, found in linked.items()}


def predicted(
    example: Example,
    sql: str,
    linked: Mapping[str, Linked] | None,
    *,
    seconds: float,
    candidates: tuple[str, ...] = (),
) -> Prediction:
    """The record of one answer, with the links that it was written over."""
    found = linked.get(example.id) if linked is not None else None
    return Prediction(
        id=example.id,
        index=example.index,
        database=example.database,
        question=example.question,
        sql=sql,
        gold_sql=example.gold_sql,
        links=found.links if found is not None else None,
        links_text=found.text if found is not None else "",
        links_fallback=found is None or found.links is None,
        candidates=candidates,
        seconds=seconds,
    )
