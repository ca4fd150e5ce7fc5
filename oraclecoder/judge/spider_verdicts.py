"""Judge predictions by Spider's rules: exact match here while the queries run in other processes."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from oraclecoder.config import MetricsConfig
from oraclecoder.database.execute import Executor, Outcome, Query, Reason
from oraclecoder.database.gold_cache import GoldCache
from oraclecoder.errors import DatabaseError
from oraclecoder.judge.exact_match import ExactMatch, exact_match
from oraclecoder.judge.execution import (
    EXHAUSTED,
    ExecutionPlan,
    ExecutionVerdict,
    judge_execution,
    plan_execution,
    suite_databases,
)
from oraclecoder.judge.spider_sql import SpiderSchema, read_spider_schema, spider_schema_from_tables
from oraclecoder.judge.verdicts import Item, Verdict, as_flag

logger = logging.getLogger(__name__)

# Golds of so many queries are held at a time, which bounds memory on a test suite of hundreds of databases.
QUERIES_AT_A_TIME = 8192
MOST_ATTEMPTS_AHEAD = 64

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Sources:
    """What queries run on: a file by name of database, and the entries of tables.json by the same names.

    `keys_required`: without its entry a database has no exact match, as foreign keys come from there.
    """

    databases: Mapping[str, Path]
    tables: Mapping[str, Mapping[str, Any]]
    keys_required: bool


def judge_spider(
    items: Sequence[Item],
    sources: Sources,
    executor: Executor,
    *,
    metrics: MetricsConfig,
    cache: GoldCache,
    progress: Progress | None = None,
) -> list[Verdict]:
    """Exact match and execution accuracy of each item, in order; `progress` is told how many have been executed."""
    schemas = read_schemas(items, sources, executor)
    plans = plan_all(items, sources, metrics)
    with ThreadPoolExecutor(max_workers=1) as thread:
        executed = thread.submit(execute_plans, plans, executor, cache, progress)
        try:
            matches = [match(item, schemas[item.example.database]) for item in items]
            results = executed.result()
        except BaseException:
            # Whoever interrupts does not want to wait for the queries that are still to run.
            executor.stop()
            raise
    return [
        verdict(item, found, result, several=len(plan.databases) > 1)
        for item, plan, found, result in zip(items, plans, matches, results, strict=True)
    ]


def read_schemas(items: Sequence[Item], sources: Sources, executor: Executor) -> dict[str, SpiderSchema | None]:
    """The schema of each database, from its file, or else from tables.json; None where exact match cannot be said."""
    return {name: read_schema(name, sources, executor) for name in {item.example.database for item in items}}


def read_schema(name: str, sources: Sources, executor: Executor) -> SpiderSchema | None:
    """The schema of one database."""
    entry = sources.tables.get(name)
    if entry is None and sources.keys_required:
        return None
    file = executor.settled.path(sources.databases[name]) if name in sources.databases else None
    if file is not None:
        try:
            return read_spider_schema(Path(file), entry)
        except DatabaseError as error:
            logger.warning("%s", error)
    return spider_schema_from_tables(entry) if entry is not None else None


def match(item: Item, schema: SpiderSchema | None) -> ExactMatch | None:
    """The exact match of one item, where the schema is known."""
    return None if schema is None else exact_match(item.example.gold_sql, item.sql, schema)


def plan_all(items: Sequence[Item], sources: Sources, metrics: MetricsConfig) -> list[ExecutionPlan]:
    """What to run for each item; a plan without databases where there is none."""
    suites = {
        name: suite_databases(path.parent) if path.parent.name == name else (path,)
        for name, path in sources.databases.items()
    }
    return [
        plan_execution(
            item.example.gold_sql,
            item.sql,
            suites.get(item.example.database, ()),
            plug_value=metrics.plug_value,
            keep_distinct=metrics.keep_distinct,
        )
        for item in items
    ]


def verdict(item: Item, found: ExactMatch | None, result: ExecutionVerdict, *, several: bool) -> Verdict:
    """Both judgements of one item as its verdict."""
    example = item.example
    outcome = result.gold if result.reason is Reason.gold_failed else result.prediction
    wrong_in_suite = several and result.correct is False and result.database is not None
    return Verdict(
        index=example.index,
        id=example.id,
        db_id=example.database,
        hardness=found.hardness if found else None,
        em=as_flag(found.exact) if found else None,
        ex=as_flag(result.correct),
        seconds=result.prediction.seconds if result.prediction else None,
        reason=result.reason.value,
        problem=outcome.problem if outcome else None,
        plugged=result.plugged,
        sql=item.sql,
        gold_sql=example.gold_sql,
        partial=partial_counts(found) if found else None,
        database=result.database.name if wrong_in_suite and result.database else None,
    )


def partial_counts(found: ExactMatch) -> dict[str, tuple[int, int, int]]:
    """(gold, predicted, shared) by component."""
    return {name: (counts.num_gold, counts.num_predicted, counts.num_shared) for name, counts in found.partial.items()}


def execute_plans(
    plans: Sequence[ExecutionPlan], executor: Executor, cache: GoldCache, progress: Progress | None
) -> list[ExecutionVerdict]:
    """The verdict of each plan, in order."""
    verdicts: list[ExecutionVerdict] = []
    for part in parts(plans):
        golds = gold_outcomes(part, executor, cache)
        found: dict[int, ExecutionVerdict] = {}
        for number, result in stream_verdicts(part, golds, executor):
            found[number] = result
            if progress is not None:
                progress(len(verdicts) + len(found))
        for number, plan in enumerate(part):
            if found[number].correct is False and plan.plugged is not None and plan.prediction:
                found[number] = judge_execution(plan, Attempts(plan, found[number], golds, executor))
        verdicts += [found[number] for number in range(len(part))]
    return verdicts


def parts(plans: Sequence[ExecutionPlan]) -> Iterator[list[ExecutionPlan]]:
    """The plans in runs of about QUERIES_AT_A_TIME queries."""
    part: list[ExecutionPlan] = []
    size = 0
    for plan in plans:
        part.append(plan)
        size += 2 * len(plan.databases)
        if size >= QUERIES_AT_A_TIME:
            yield part
            part, size = [], 0
    if part:
        yield part


def gold_outcomes(plans: Sequence[ExecutionPlan], executor: Executor, cache: GoldCache) -> dict[Query, Outcome]:
    """Outcomes of the gold queries by database and query."""
    queries: list[Query] = list(dict.fromkeys((path, plan.gold) for plan in plans for path in plan.databases))
    return dict(zip(queries, cache.run_many(executor, queries), strict=True))


def stream_verdicts(
    plans: Sequence[ExecutionPlan], golds: Mapping[Query, Outcome], executor: Executor
) -> Iterator[tuple[int, ExecutionVerdict]]:
    """(number, verdict) of each plan as soon as its prediction has run everywhere; values are not plugged in yet."""
    own = [own_queries(plan, golds) for plan in plans]
    arrived: list[dict[Query, Outcome]] = [{} for _ in plans]
    for number, plan in enumerate(plans):
        if not own[number]:
            yield number, settle(plan, golds, {})
    owners = [number for number, queries in enumerate(own) for _ in queries]
    queries = [query for part in own for query in part]
    for position, outcome in executor.stream(queries):
        number, query = owners[position], queries[position]
        arrived[number][query] = cut(outcome, golds[query[0], plans[number].gold])
        if len(arrived[number]) == len(own[number]):
            yield number, settle(plans[number], golds, arrived[number])
            arrived[number] = {}


def own_queries(plan: ExecutionPlan, golds: Mapping[Query, Outcome]) -> list[Query]:
    """What has to run for a prediction: not a blank one, nor the gold over again, nor where the gold fails."""
    if not plan.prediction.strip() or plan.prediction == plan.gold:
        return []
    return [(path, plan.prediction) for path in plan.databases if golds[path, plan.gold].rows is not None]


def cut(outcome: Outcome, gold: Outcome) -> Outcome:
    """An outcome without the rows that it has more than its gold: one too many is as wrong as a million."""
    if outcome.rows is None or gold.rows is None or len(outcome.rows) <= len(gold.rows):
        return outcome
    return replace(outcome, rows=outcome.rows[: len(gold.rows) + 1])


def settle(plan: ExecutionPlan, golds: Mapping[Query, Outcome], arrived: Mapping[Query, Outcome]) -> ExecutionVerdict:
    """The verdict on a prediction that has run, or that is blank."""

    def outcome_of(path: Path, sql: str) -> Outcome:
        return arrived[path, sql] if (path, sql) in arrived else golds[path, sql]

    if plan.prediction.strip():
        return judge_execution(replace(plan, plugged=None), outcome_of)
    result = judge_execution(replace(plan, prediction=plan.gold, plugged=None), outcome_of)
    return replace(result, correct=False, reason=Reason.empty_prediction, prediction=None) if result.correct else result


class Attempts:
    """Runs the attempts of plug_value for one prediction, some ahead of being asked, so that all processes work."""

    def __init__(
        self, plan: ExecutionPlan, first: ExecutionVerdict, golds: Mapping[Query, Outcome], executor: Executor
    ) -> None:
        self.plan, self.golds, self.executor = plan, golds, executor
        # The prediction as it stands has agreed up to the database that settled it, so it need not run again.
        self.unplugged = {path: golds[path, plan.gold] for path in plan.databases}
        if first.database is not None and first.prediction is not None:
            self.unplugged[first.database] = first.prediction
        self.coming = plan.plugged_attempts()
        self.ready: dict[Query, Outcome] = {}
        self.num_ahead = 1

    def __call__(self, path: Path, sql: str) -> Outcome:
        """The outcome of the gold, the prediction, or one attempt."""
        if sql == self.plan.prediction:
            return self.unplugged[path]
        if (path, sql) in self.golds:
            return self.golds[path, sql]
        if path == self.plan.databases[0] and (path, sql) not in self.ready:
            self.run_ahead(path)
        return self.ready[path, sql] if (path, sql) in self.ready else self.executor.run(path, sql)

    def run_ahead(self, path: Path) -> None:
        """Run the next attempts: more each time, but one by one again once one has run into a limit."""
        queries: list[Query] = [(path, sql) for sql in islice(self.coming, self.num_ahead)]
        outcomes = self.executor.run_many(queries)
        exhausted = any(outcome.reason in EXHAUSTED for outcome in outcomes)
        self.num_ahead = 1 if exhausted else min(MOST_ATTEMPTS_AHEAD, 2 * self.num_ahead)
        self.ready = dict(zip(queries, outcomes, strict=True))
