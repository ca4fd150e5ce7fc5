"""Several processes answer at the same time, each the questions of its share of the databases."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from joblib import Parallel, delayed

from oraclecoder.answer.panel import Memos
from oraclecoder.ensemble.asked import Questions
from oraclecoder.ensemble.evaluation import Contestant, Evaluator
from oraclecoder.tracking.progress import quiet_libraries


def shares_of(questions: Questions, number: int) -> list[Questions]:
    """The questions in at most so many parts of about equal size; a database, which is read once, is in one of them."""
    by_database: dict[str, list[int]] = {}
    for place, example in enumerate(questions.examples):
        by_database.setdefault(example.database, []).append(place)
    shares: list[list[int]] = [[] for _ in range(number)]
    for places in sorted(by_database.values(), key=len, reverse=True):
        min(shares, key=len).extend(places)
    return [replace(questions, examples=[questions.examples[n] for n in sorted(share)]) for share in shares if share]


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
