"""Judge predictions by BIRD's rules: sets of rows, soft F1, and on request the efficiency of right ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from oraclecoder.database.execute import Executor, Outcome, Query, Reason
from oraclecoder.database.gold_cache import GoldCache
from oraclecoder.judge.bird import Efficiency, Pair, bird_agree, efficiency, explain_rows, soft_f1
from oraclecoder.judge.verdicts import Item, Verdict

ITEMS_AT_A_TIME = 512


def judge_bird(
    items: Sequence[Item],
    databases: Mapping[str, Path],
    executor: Executor,
    *,
    cache: GoldCache,
    progress: Callable[[int], None] | None = None,
) -> list[Verdict]:
    """Execution accuracy and soft F1 of each item, in order; `progress` is told how many have been executed."""
    verdicts: list[Verdict] = []
    for start in range(0, len(items), ITEMS_AT_A_TIME):
        found: dict[int, Verdict] = {}
        for number, result in stream_verdicts(items[start : start + ITEMS_AT_A_TIME], databases, executor, cache):
            found[number] = result
            if progress is not None:
                progress(len(verdicts) + len(found))
        verdicts += [found[number] for number in range(len(found))]
    return verdicts


def stream_verdicts(
    items: Sequence[Item], databases: Mapping[str, Path], executor: Executor, cache: GoldCache
) -> Iterator[tuple[int, Verdict]]:
    """(number, verdict) of each item; a result is compared as it comes and then let go."""
    there = [number for number, item in enumerate(items) if item.example.database in databases]
    queries: list[Query] = [(databases[items[n].example.database], items[n].example.gold_sql) for n in there]
    golds = dict(zip(there, cache.run_many(executor, queries), strict=True))
    running = [n for n in there if golds[n].rows is not None and items[n].sql.strip()]
    for number in sorted(set(range(len(items))) - set(running)):
        yield number, unexecuted(items[number], golds.get(number))
    predictions: list[Query] = [(databases[items[n].example.database], items[n].sql) for n in running]
    for position, outcome in executor.stream(predictions):
        number = running[position]
        yield number, compare(items[number], golds[number], outcome)


def compare(item: Item, gold: Outcome, outcome: Outcome) -> Verdict:
    """The verdict on a prediction that was run against a gold that has rows."""
    assert gold.rows is not None
    if outcome.rows is None:
        return verdict(item, 0, outcome.reason or Reason.error, outcome, 0.0)
    agree = bird_agree(gold.rows, outcome.rows)
    reason = Reason.correct if agree else explain_rows(gold.rows, outcome.rows)
    return verdict(item, int(agree), reason, outcome, soft_f1(gold.rows, outcome.rows))


def unexecuted(item: Item, gold: Outcome | None) -> Verdict:
    """The verdict on a prediction that is blank, or whose gold or database fails."""
    if gold is None or gold.reason is Reason.no_database:
        return verdict(item, None, Reason.no_database, gold, None)
    if gold.rows is None:
        return verdict(item, None, Reason.gold_failed, gold, None)
    return verdict(item, 0, Reason.empty_prediction, None, 0.0)


def verdict(item: Item, ex: int | None, reason: Reason, outcome: Outcome | None, score: float | None) -> Verdict:
    """The fields of a verdict from their sources."""
    return Verdict(
        index=item.example.index,
        id=item.example.id,
        db_id=item.example.database,
        difficulty=item.example.difficulty or None,
        ex=ex,
        soft_f1=score,
        seconds=outcome.seconds if outcome and ex is not None else None,
        reason=reason.value,
        problem=outcome.problem if outcome else None,
        sql=item.sql,
        gold_sql=item.example.gold_sql,
    )


def measure_efficiency(
    verdicts: Sequence[Verdict], databases: Mapping[str, Path], executor: Executor, *, repeats: int
) -> Mapping[str, Mapping[str, Efficiency]]:
    """VES and R-VES over all verdicts that could be judged, and by difficulty, each with its spread over repeats."""
    pairs = [
        (item.level, Pair(databases[item.db_id], item.gold_sql, item.sql) if item.ex else None)
        for item in verdicts
        if item.ex is not None
    ]
    return efficiency(pairs, executor, repeats=repeats)
