"""Execution accuracy and test-suite accuracy as the official Spider script has them (Zhong, Yu and Klein 2020).

How queries are run is handed in as a function from a database file and a query to an Outcome, so that the caller
decides on limits, processes and caches.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from oraclecoder.database.compare import explain_disagreement, spider_agree
from oraclecoder.database.execute import Outcome, Reason
from oraclecoder.judge.exact_match import read_prediction
from oraclecoder.judge.plug_values import plugged_predictions
from oraclecoder.judge.spider_statements import fix_year, mend_comparisons, strip_distinct

Run = Callable[[Path, str], Outcome]

MAX_PLUGGED = 65_536
"""Combinations of values that are tried; the official script tries all, however long it takes."""

MAX_EXHAUSTED = 3
"""Attempts at one prediction that may run into a limit, so that plug_value cannot multiply its time."""

EXHAUSTED = frozenset({Reason.timeout, Reason.memory, Reason.too_many_rows, Reason.too_many_bytes, Reason.crashed})


@dataclass(frozen=True)
class ExecutionPlan:
    """What has to be run to judge one prediction, the queries as the official script runs them.

    `ordered` says that the order of rows counts: "order by" stands somewhere in the gold. `plugged` are the two
    queries whose values are mixed under plug_value, or None.
    """

    databases: tuple[Path, ...]
    gold: str
    prediction: str
    ordered: bool
    plugged: tuple[str, str] | None = None

    def queries(self) -> list[tuple[Path, str]]:
        """Gold and prediction on every database: what is worth running ahead of judge_execution."""
        return [(database, sql) for database in self.databases for sql in (self.gold, self.prediction)]

    def plugged_attempts(self) -> Iterator[str]:
        """Under plug_value the prediction with the gold's values in every combination, else nothing."""
        if self.plugged is not None:
            gold, predicted = self.plugged
            yield from map(fix_year, islice(plugged_predictions(gold, predicted), MAX_PLUGGED))


@dataclass(frozen=True)
class ExecutionVerdict:
    """Whether a prediction returns what the gold returns, on all its databases.

    `correct` is None if the gold fails or there is no database. The outcomes are those of gold and prediction on the
    database that settled it; `plugged` is true if only values of the gold made the prediction right.
    """

    correct: bool | None
    reason: Reason
    gold: Outcome | None = None
    prediction: Outcome | None = None
    database: Path | None = None
    plugged: bool = False


def suite_databases(folder: Path) -> tuple[Path, ...]:
    """All databases of a folder, which must all agree: one for execution accuracy, many for a test suite."""
    return tuple(sorted(path for path in folder.glob("*.sqlite") if path.is_file()))


def plan_execution(
    gold_sql: str,
    predicted_sql: str,
    databases: tuple[Path, ...],
    *,
    plug_value: bool = False,
    keep_distinct: bool = False,
) -> ExecutionPlan:
    """The queries to run for one item under the official flags; the prediction may be a raw line of a file."""
    gold, predicted = mend_comparisons(gold_sql.strip()), mend_comparisons(read_prediction(predicted_sql))
    if not keep_distinct:
        gold, predicted = strip_distinct(gold), strip_distinct(predicted)
    return ExecutionPlan(
        databases,
        gold=fix_year(gold),
        prediction=fix_year(predicted),
        ordered="order by" in gold.lower(),
        plugged=(gold, predicted) if plug_value else None,
    )


def judge_execution(plan: ExecutionPlan, run: Run) -> ExecutionVerdict:
    """Run a plan. The prediction is right if one attempt agrees with the gold on every database.

    A verdict of wrong gives the reason and the outcomes of the prediction as it was written.
    """
    if not plan.databases:
        return ExecutionVerdict(None, Reason.no_database)
    first = judge_attempt(plan, plan.prediction, run)
    if first.correct is not False or plan.plugged is None:
        return first
    num_exhausted = int(first.reason in EXHAUSTED)
    for attempt in plan.plugged_attempts():
        verdict = judge_attempt(plan, attempt, run)
        num_exhausted += verdict.reason in EXHAUSTED
        if verdict.correct:
            return replace(verdict, plugged=True)
        if num_exhausted >= MAX_EXHAUSTED:
            break
    return first


def judge_attempt(plan: ExecutionPlan, sql: str, run: Run) -> ExecutionVerdict:
    """Whether one query agrees with the gold on every database, up to the first on which it does not."""
    verdict = ExecutionVerdict(None, Reason.no_database)
    for database in plan.databases:
        gold = run(database, plan.gold)
        if gold.rows is None:
            return ExecutionVerdict(None, Reason.gold_failed, gold, None, database)
        outcome = gold if sql == plan.gold else run(database, sql)
        reason = judge_outcome(gold, outcome, ordered=plan.ordered)
        verdict = ExecutionVerdict(reason is Reason.correct, reason, gold, outcome, database)
        if not verdict.correct:
            break
    return verdict


def judge_outcome(gold: Outcome, outcome: Outcome, *, ordered: bool) -> Reason:
    """Correct, or why the outcome of a prediction is not that of a gold that ran."""
    if outcome.rows is None:
        return outcome.reason or Reason.error
    assert gold.rows is not None
    if spider_agree(gold.rows, outcome.rows, ordered):
        return Reason.correct
    return Reason(explain_disagreement(gold.rows, outcome.rows, ordered))
