"""The two stages: a linker names tables and columns, a generator writes SQL over them."""

import math
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from oraclecoder.answer.answerer import Answerer
from oraclecoder.config import LimitsConfig
from oraclecoder.database.execute import Executor, Outcome
from oraclecoder.database.schema import read_schema
from oraclecoder.errors import DataError
from oraclecoder.judge.judge import bounds
from oraclecoder.model.decode import Completion
from oraclecoder.model.generate import Advance, no_progress
from oraclecoder.records import Example, Links, Prediction
from oraclecoder.task import TASKS
from oraclecoder.task.links import gold_links, with_values
from oraclecoder.task.question import values_of


@dataclass(frozen=True)
class Linked:
    """What the linker said to one question; `links` is None where it did not parse, and the full schema is shown.

    Beside links that are `gold` nothing else is shown.
    """

    links: Links | None
    text: str
    gold: bool = False


def link(
    linker: Answerer, examples: Sequence[Example], databases: Mapping[str, Path], *, advance: Advance = no_progress
) -> dict[str, Linked]:
    """The links of each example by its id.

    With `answer.link_values`, where prompts tell values, columns that hold one that the question names are linked
    whatever was answered.
    """
    completions = linker.complete(examples, databases, advance=advance)
    read = TASKS[linker.task.name].read_answer
    links_values = linker.answer.link_values and linker.task.max_values > 0
    found = {}
    for example in examples:
        text, path = completions[example.id].text if example.id in completions else "", databases[example.database]
        links = read(text, read_schema(path, linker.task.num_sample_rows))
        if links is not None and links_values:
            links = with_values(links, values_of(example, path))
        found[example.id] = Linked(links, text)
    return found


def gold_linked(examples: Sequence[Example], databases: Mapping[str, Path]) -> dict[str, Linked]:
    """The links of the gold queries, as a perfect linker would give them; none where the gold query is broken."""
    found = {}
    for example in examples:
        try:
            links = gold_links(example.gold_sql, read_schema(databases[example.database]))
        except DataError:
            links = None
        found[example.id] = Linked(links, "", gold=True)
    return found


@dataclass(frozen=True)
class Written:
    """A query that was answered, what became of it, and whether the whole schema was shown for it."""

    sql: str
    completion: Completion
    outcome: Outcome
    whole_schema: bool


def write_all(
    generator: Answerer,
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    linked: Mapping[str, Linked] | None,
    *,
    limits: LimitsConfig,
    advance: Advance = no_progress,
) -> dict[str, list[Written]]:
    """The queries answered to each example, one a sample, over its linked tables or, without links, the whole schema.

    Those over predicted links that find nothing, or are less probable than `answer.whole_schema_below`, are answered
    over the whole schema, too, and the better of the two stands. What does not fit the window has none.
    """
    links = links_of(linked)
    alone = {example.id for example in examples if links is None or links[example.id] is None}
    with Executor(bounds(limits), workers=limits.workers) as executor:

        def run(found: Mapping[str, Sequence[Completion]], shown_whole: Collection[str]) -> dict[str, list[Written]]:
            return _run(generator, examples, databases, found, executor, shown_whole)

        own = run(generator.complete_all(examples, databases, links=links, advance=advance), alone)
        doubted = _doubted(examples, linked, own, below=generator.answer.whole_schema_below)
        whole = run(generator.complete_all(doubted, databases), own)
    return {name: _better(written, whole[name]) for name, written in own.items()}


def _better(own: Sequence[Written], whole: Sequence[Written]) -> list[Written]:
    """Of each sample the better query of two; what was answered where only one way was, or fits the window."""
    pairs = [best_of(pair) for pair in zip(own, whole, strict=False)]
    return [one for one in pairs if one is not None] or [*own, *whole]


def _run(
    generator: Answerer,
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    found: Mapping[str, Sequence[Completion]],
    executor: Executor,
    shown_whole: Collection[str],
) -> dict[str, list[Written]]:
    """The queries that were completed for each example, each run once."""
    read, rows = TASKS[generator.task.name].read_answer, generator.task.num_sample_rows
    said = [
        (example, completion, read(completion.text, read_schema(databases[example.database], rows)))
        for example in examples
        for completion in found.get(example.id, [])
    ]
    outcomes = executor.run_many([(databases[example.database], sql) for example, _, sql in said])
    written: dict[str, list[Written]] = {example.id: [] for example in examples}
    for (example, completion, sql), outcome in zip(said, outcomes, strict=True):
        written[example.id].append(Written(sql, completion, outcome, example.id in shown_whole))
    return written


def _doubted(
    examples: Sequence[Example],
    linked: Mapping[str, Linked] | None,
    written: Mapping[str, Sequence[Written]],
    *,
    below: float,
) -> list[Example]:
    """The examples of which a linker, which may be wrong, shows a part of the schema that no answer is sure of."""
    if linked is None or below == 0:
        return []
    least = math.log(below)

    def is_sure(one: Written) -> bool:
        return one.outcome.finds and one.completion.ended and one.completion.mean_log_likelihood >= least

    predicted = [e for e in examples if linked[e.id].links is not None and not linked[e.id].gold]
    return [example for example in predicted if not any(map(is_sure, written[example.id]))]


def best_of(written: Sequence[Written]) -> Written | None:
    """Of the queries to one question one that finds something, of these the likeliest per token; none of none.

    RSL-SQL (arXiv 2411.00073) has a model choose between the query over the linked and that over the whole schema;
    execution-guided decoding (arXiv 1807.03100) passes over queries that fail or return nothing.
    """

    def rank(one: Written) -> tuple[bool, bool, float]:
        return one.outcome.finds, one.completion.ended, one.completion.mean_log_likelihood

    return max(written, key=rank, default=None)


def write_sql(
    generator: Answerer,
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    linked: Mapping[str, Linked] | None,
    *,
    limits: LimitsConfig,
    advance: Advance = no_progress,
) -> list[Prediction]:
    """A query for each example, empty where none was answered."""
    start = time.monotonic()
    written = write_all(generator, examples, databases, linked, limits=limits, advance=advance)
    return chosen(examples, written, linked, seconds=time.monotonic() - start)


def chosen(
    examples: Sequence[Example],
    written: Mapping[str, Sequence[Written]],
    linked: Mapping[str, Linked] | None,
    *,
    seconds: float,
) -> list[Prediction]:
    """The best query of each example; `seconds` are those of all."""
    seconds = round(seconds / max(1, len(examples)), 4)
    predictions = []
    for example in examples:
        best = best_of(written[example.id])
        sql, whole_schema = ("", True) if best is None else (best.sql, best.whole_schema)
        predictions.append(predicted(example, sql, linked, whole_schema=whole_schema, seconds=seconds))
    return predictions


def links_of(linked: Mapping[str, Linked] | None) -> dict[str, Links | None] | None:
    """The links alone, as prompts take them."""
    return None if linked is None else {name: found.links for name, found in linked.items()}


def predicted(
    example: Example,
    sql: str,
    linked: Mapping[str, Linked] | None,
    *,
    whole_schema: bool,
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
        whole_schema=whole_schema,
        candidates=candidates,
        seconds=seconds,
    )
