"""BIRD's measures: execution accuracy, soft F1, and the efficiency scores VES and R-VES (arXiv 2305.03111)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import fmean, pstdev, stdev
from typing import Any

from oraclecoder.database.execute import Executor, Reason
from oraclecoder.errors import DatabaseError

Rows = Sequence[tuple[Any, ...]]

NUM_RUNS = 100
PAIRS_AT_A_TIME = 10
OUTLIER_DEVIATIONS = 3
REWARDS = ((2.0, 1.25), (1.0, 1.0), (0.5, 0.75), (0.25, 0.5), (0.0, 0.25))


def bird_agree(gold: Rows, predicted: Rows) -> bool:
    """Whether both results are the same set of rows: order and repeats are ignored, the order of columns counts."""
    return set(gold) == set(predicted)


def explain_rows(gold: Rows, predicted: Rows) -> Reason:
    """Why two results do not agree: other columns (in number or order), or other rows."""
    if gold and predicted:
        if len(gold[0]) != len(predicted[0]):
            return Reason.wrong_columns
        if {tuple(sorted(map(repr, row))) for row in gold} == {tuple(sorted(map(repr, row))) for row in predicted}:
            return Reason.wrong_columns
    return Reason.wrong_rows


def soft_f1(gold: Rows, predicted: Rows) -> float:
    """Share of values that agree, row by row.

    Repeated rows are dropped, then the rows stand side by side in their order. Within a pair a value counts as found
    if it stands anywhere in the other row; a row without a partner counts as one whole row missed or invented.
    """
    expected, given = list(dict.fromkeys(gold)), list(dict.fromkeys(predicted))
    if not expected and not given:
        return 1.0
    found = invented = missed = 0.0
    for wanted, row in zip(expected, given, strict=False):
        num_found = sum(value in wanted for value in row)
        found += num_found / len(wanted)
        invented += (len(row) - num_found) / len(wanted)
        missed += sum(value not in row for value in wanted) / len(wanted)
    invented += max(0, len(given) - len(expected))
    missed += max(0, len(expected) - len(given))
    precision = found / (found + invented) if found + invented else 0.0
    recall = found / (found + missed) if found + missed else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True)
class Pair:
    """A gold query and a prediction whose rows agree, on one database file."""

    database: Path
    gold_sql: str
    sql: str


def time_pairs(pairs: Sequence[Pair], executor: Executor, *, num_runs: int = NUM_RUNS) -> list[tuple[float, float]]:
    """For each pair the two ratios gold time / prediction time, without outliers: (to the first row, to the last).

    BIRD's first script times only until the first row is ready, its second one until all rows are fetched. Both
    queries of a pair run in turn in one process, `num_runs` times.

    Raises:
        DatabaseError: if a query fails that ran before.
    """
    ratios = []
    for start in range(0, len(pairs), PAIRS_AT_A_TIME):
        part = pairs[start : start + PAIRS_AT_A_TIME]
        queries = [(p.database, sql) for p in part for _ in range(num_runs) for sql in (p.sql, p.gold_sql)]
        outcomes = executor.time_many(queries)
        for number, pair in enumerate(part):
            own = outcomes[2 * num_runs * number : 2 * num_runs * (number + 1)]
            if any(outcome.rows is None for outcome in own):
                raise DatabaseError(f"{pair.database} gave rows once and failed when timed; raise limits.max_seconds")
            twos = list(zip(own[::2], own[1::2], strict=True))
            ratios.append(
                (
                    typical([gold.first_seconds / given.first_seconds for given, gold in twos]),
                    typical([gold.seconds / given.seconds for given, gold in twos]),
                )
            )
    return ratios


def typical(ratios: Sequence[float]) -> float:
    """Mean of the ratios within three standard deviations; 0 if all are equal, as the official filter has it."""
    mean, spread = fmean(ratios), OUTLIER_DEVIATIONS * pstdev(ratios)
    kept = [ratio for ratio in ratios if mean - spread < ratio < mean + spread]
    return fmean(kept) if kept else 0.0


def ves(ratio: float) -> float:
    """Valid efficiency score of one item in per cent, from its ratio of times (0 for a wrong one)."""
    return 100 * sqrt(ratio)


def r_ves(ratio: float) -> float:
    """Reward-based score of one item in per cent, from its ratio of times (0 for a wrong one)."""
    return 100 * sqrt(next(reward for least, reward in REWARDS if ratio >= least)) if ratio > 0 else 0.0


@dataclass(frozen=True)
class Efficiency:
    """One efficiency score in per cent: its mean over repeats, the standard deviation and both ends."""

    mean: float
    deviation: float
    lowest: float
    highest: float

    @staticmethod
    def over(scores: Sequence[float]) -> "Efficiency":
        """The summary of one score per repeat."""
        deviation = stdev(scores) if len(scores) > 1 else 0.0
        return Efficiency(fmean(scores), deviation, min(scores), max(scores))


def efficiency(
    items: Sequence[tuple[str, Pair | None]], executor: Executor, *, repeats: int, num_runs: int = NUM_RUNS
) -> Mapping[str, Mapping[str, Efficiency]]:
    """VES and R-VES of all items and of each difficulty, measured `repeats` times.

    `items` are (difficulty, pair); the pair is None for a wrong prediction, which scores 0.
    """
    right = [pair for _, pair in items if pair is not None]
    groups: dict[str, list[int]] = {"all": list(range(len(items)))}
    for index, (difficulty, _) in enumerate(items):
        groups.setdefault(difficulty, []).append(index)
    scores: dict[str, dict[str, list[float]]] = {name: {"ves": [], "r_ves": []} for name in groups}
    for _ in range(repeats if items else 0):
        measured = iter(time_pairs(right, executor, num_runs=num_runs))
        ratios = [(0.0, 0.0) if pair is None else next(measured) for _, pair in items]
        for name, members in groups.items():
            scores[name]["ves"].append(fmean(ves(ratios[index][0]) for index in members))
            scores[name]["r_ves"].append(fmean(r_ves(ratios[index][1]) for index in members))
    summary: Callable[[Sequence[float]], Efficiency] = Efficiency.over
    return {name: {kind: summary(values) for kind, values in kinds.items() if values} for name, kinds in scores.items()}
