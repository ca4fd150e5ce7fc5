"""How good a model is on questions with gold queries: what runs are chosen by and ensembles are accepted on."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from oraclecoder.answer.answerer import Answerer
from oraclecoder.answer.stages import Linked, gold_linked, link, write_sql
from oraclecoder.cache import cache_folder
from oraclecoder.config import LimitsConfig, MetricsConfig, TaskName
from oraclecoder.database.gold_cache import GoldCache
from oraclecoder.errors import DataError
from oraclecoder.judge.judge import judge
from oraclecoder.records import Example, Links, Prediction
from oraclecoder.task import linking
from oraclecoder.tracking.progress import progress

DEFAULT_FLAGS = MetricsConfig(
    plug_value=False, keep_distinct=False, confidence=0.95, num_resamples=100, ves_repeats=0, seed=0
)
"""Members are chosen under the official evaluators' own defaults, whatever flags a report is printed with."""


def rate(
    answerer: Answerer, examples: Sequence[Example], databases: Mapping[str, Path], *, kind: str, limits: LimitsConfig
) -> tuple[float, dict[str, float]]:
    """The score of one model on its own task, higher is better, and all metrics; each 0 to 1.

    Linking is scored by its table sets (`tables_right`). Generation is scored by execution accuracy on gold links, so
    that a generator is chosen for what it does, not for the linker in front of it.
    """
    if answerer.task.name is TaskName.schema_linking:
        return _rate_linking(answerer, examples, databases)
    return _rate_generation(answerer, examples, databases, kind, limits)


def _rate_linking(
    answerer: Answerer, examples: Sequence[Example], databases: Mapping[str, Path]
) -> tuple[float, dict[str, float]]:
    with progress("  answer validation (linking)", len(examples)) as advance:
        found = link(answerer, examples, databases, advance=advance)
    gold = {name: linked.links for name, linked in gold_linked(examples, databases).items()}
    signals = list(link_signals(found, gold).values())
    if not signals:
        raise DataError(f"SQLite refuses the gold queries of all {len(examples)} validation questions; mend them")
    metrics = {name: sum(signal[name] for signal in signals) / len(signals) for name in signals[0]}
    return tables_right(metrics), metrics


def tables_right(signal: Mapping[str, float]) -> float:
    """1 for exactly the gold tables, 0.5 for these and others, 0 if one is missing.

    That is about what the second stage makes of them (experiments/demo).
    """
    return (signal["tables_exact"] + signal["tables_recalled"]) / 2


def link_signals(found: Mapping[str, Linked], gold: Mapping[str, Links | None]) -> dict[str, dict[str, float]]:
    """What each answer to a sound question got right, by the question's id."""
    return {name: linking.score(found[name].links, links) for name, links in gold.items() if links is not None}


def _rate_generation(
    answerer: Answerer, examples: Sequence[Example], databases: Mapping[str, Path], kind: str, limits: LimitsConfig
) -> tuple[float, dict[str, float]]:
    with progress("  answer validation (SQL)", len(examples)) as advance:
        gold = gold_linked(examples, databases)
        predictions = write_sql(answerer, examples, databases, gold, limits=limits, advance=advance)
    found = list(sql_right(examples, predictions, databases, kind=kind, limits=limits).values())
    accuracy = sum(found) / max(1, len(found))
    return accuracy, {"execution_accuracy": accuracy, "num_judged": float(len(found))}


def sql_right(
    examples: Sequence[Example],
    predictions: Sequence[Prediction],
    databases: Mapping[str, Path],
    *,
    kind: str,
    limits: LimitsConfig,
) -> dict[str, float]:
    """Whether each query returns what its gold returns, 0 or 1, by the id of every question that can be judged.

    A gold whose result is known, from an earlier call or from the judge, does not run again.
    """
    items = list(zip(examples, [prediction.sql for prediction in predictions], strict=True))
    rules = "bird" if kind == "bird" else "demo"  # exact match, which needs tables.json, is not asked for
    golds = GoldCache(cache_folder() / "golds")
    verdicts = judge(items, databases, kind=rules, limits=limits, metrics=DEFAULT_FLAGS, cache=golds)
    return {verdict.id: float(verdict.ex) for verdict in verdicts if verdict.ex is not None}
