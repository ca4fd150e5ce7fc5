"""Several processes answer at the same time, each its share of the questions."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from joblib import Parallel, delayed

from oraclecoder.config import EvaluateConfig
from oraclecoder.dataset import load_evaluation
from oraclecoder.loading import loading
from oraclecoder.records import Example

if TYPE_CHECKING:
    from oraclecoder.answer.panel import Memos


def shares_of(examples: Sequence[Example], number: int) -> list[list[Example]]:
    """The questions in at most so many parts; those of each database are dealt out to all, so that none is harder."""
    order = sorted(range(len(examples)), key=lambda place: (examples[place].database, place))
    parts = [sorted(order[part::number]) for part in range(min(number, len(order)))]
    return [[examples[place] for place in part] for part in parts]


def begin_answering(config: EvaluateConfig, folder: Path) -> "Iterator[Memos]":
    """What `config.jobs` processes answer of the ensemble's table, each its share of the questions, as they end.

    They begin at once, and load their libraries while the caller does. An evaluator with their memos need not ask
    again. Of one process nothing comes: the caller is as fast.
    """
    if config.jobs == 1:
        return iter(())
    tasks = [delayed(_answers)(config, folder, number) for number in range(config.jobs)]
    found: Iterator[Memos] = Parallel(n_jobs=config.jobs, return_as="generator_unordered")(tasks)
    return found


def _answers(config: EvaluateConfig, folder: Path, number: int) -> "Memos":
    """What the contestants answer of one share."""
    with loading():
        from oraclecoder.answer.panel import Memos
        from oraclecoder.ensemble.evaluation import contestants, evaluator_of
        from oraclecoder.ensemble.recipe import read_ensemble
        from oraclecoder.tracking.progress import quiet_libraries

    quiet_libraries()
    memos, recipes = Memos(), read_ensemble(folder)
    for share in shares_of(load_evaluation(config.dataset).examples, config.jobs)[number : number + 1]:
        evaluator = evaluator_of(config, recipes, share, memos)
        for contestant in contestants(recipes, folder, config.systems):
            evaluator.answers(contestant)
    return memos
