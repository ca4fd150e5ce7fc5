"""Several processes answer at the same time, each its share of the questions."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from joblib import Parallel, delayed

from oraclecoder.answer.panel import Memos
from oraclecoder.ensemble.asked import Questions
from oraclecoder.ensemble.evaluation import Contestant, Evaluator
from oraclecoder.tracking.progress import quiet_libraries


def shares_of(questions: Questions, number: int) -> list[Questions]:
    """The questions in at most so many parts; those of each database are dealt out to all, so that none is harder."""
    places = range(len(questions.examples))
    order = sorted(places, key=lambda place: (questions.examples[place].database, place))
    parts = [sorted(order[part::number]) for part in range(min(number, len(order)))]
    return [replace(questions, examples=[questions.examples[place] for place in part]) for part in parts]


def answered_ahead(
    contestants: Sequence[Contestant],
    questions: Questions,
    evaluator: Callable[[Questions, Memos], Evaluator],
    *,
    jobs: int,
) -> Memos:
    """Everything that the contestants answer, by `jobs` processes; an evaluator with these memos need not ask again."""
    memos = Memos()
    if jobs > 1:
        parts = shares_of(questions, jobs)
        for found in Parallel(n_jobs=jobs)(delayed(_answers)(contestants, part, evaluator) for part in parts):
            memos.update(found)
    return memos


def _answers(
    contestants: Sequence[Contestant], questions: Questions, evaluator: Callable[[Questions, Memos], Evaluator]
) -> Memos:
    quiet_libraries()
    memos = Memos()
    asked = evaluator(questions, memos)
    for contestant in contestants:
        asked.answers(contestant)
    return memos
