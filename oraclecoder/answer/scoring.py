"""How good a model is on questions with gold queries: what runs are chosen by and ensembles are accepted on."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from oraclecoder.answer.stages import Answerer, gold_linked, link, write_sql
from oraclecoder.config import LimitsConfig, TaskName
from oraclecoder.judge.verdicts import execution_accuracy  # noqa
from oraclecoder.records import Example
from oraclecoder.task import linking
from oraclecoder.tracking.progress import progress


def rate(
    answerer: Answerer, examples: Sequence[Example], databases: Mapping[str, Path], *, limits: LimitsConfig
) -> tuple[float, dict[str, float]]:
    """The score of one model on its own task, higher is better, and all metrics; each 0 to 1.

    Linking is scored by exactly right table sets. Generation is scored by execution accuracy on gold links, so that
    a generator is chosen for what it does, not for the linker in front of it.
    """
    if answerer.task.name is TaskName.schema_linking:
        return _rate_linking(answerer, examples, databases)
    return _rate_generation(answerer, examples, databases, limits)


def _rate_linking(
    answerer: Answerer, examples: Sequence[Example], databases: Mapping[str, Path]
) -> tuple[float, dict[str, float]]:
    with progress("  answer validation (linking)", len(examples)) as advance:
        found = link(answerer, examples, databases, advance=advance)
    gold = gold_linked(examples, databases)
    signals = [linking.score(found[e.id].links, gold[e.id].links) for e in examples]
    metrics = {name: sum(signal[name] for signal in signals) / len(signals) for name in signals[0]}
    return metrics["tables_exact"], metrics


def _rate_generation(
    answerer: Answerer, examples: Sequence[Example], databases: Mapping[str, Path], limits: LimitsConfig
) -> tuple[float, dict[str, float]]:
    with progress("  answer validation (SQL)", len(examples)) as advance:
        predictions = write_sql(answerer, examples, databases, gold_linked(examples, databases), advance=advance)
    accuracy = execution_accuracy(examples, [p.sql for p in predictions], databases, limits)
    return accuracy, {"execution_accuracy": accuracy}
