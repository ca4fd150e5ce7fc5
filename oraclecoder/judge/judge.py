"""The judge: a predictions file in, verdicts.jsonl and report.json out; two verdict files compared; golds checked."""

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from oraclecoder import __version__
from oraclecoder.cache import cache_folder
from oraclecoder.config import LimitsConfig, MetricsConfig
from oraclecoder.database.execute import Executor, Limits
from oraclecoder.database.gold_cache import GoldCache
from oraclecoder.errors import DataError
from oraclecoder.judge.bird_verdicts import judge_bird, measure_efficiency
from oraclecoder.judge.comparison import Difference, compare_verdicts, plain_comparison
from oraclecoder.judge.predictions import read_predictions
from oraclecoder.judge.report import Coverage, plain, summarise, write_report
from oraclecoder.judge.spider_verdicts import Sources, judge_spider
from oraclecoder.judge.verdicts import Item, Verdict, read_verdicts, write_verdicts
from oraclecoder.records import Example, read_json, write_json

NO_TABLES: Mapping[str, Mapping[str, Any]] = {}

Progress = Callable[[int], None]


def read_tables(paths: Sequence[Path]) -> dict[str, Mapping[str, Any]]:
    """The entries of Spider's tables.json files by name of database.

    Raises:
        DataError: if a file is missing or is no list of entries with db_id.
    """
    tables: dict[str, Mapping[str, Any]] = {}
    for path in paths:
        entries = read_json(path)
        if not isinstance(entries, list) or not all(isinstance(e, dict) and "db_id" in e for e in entries):
            raise DataError(f"{path} is not a list of schemas with db_id; fetch tables.json again")
        tables.update({entry["db_id"]: entry for entry in entries})
    return tables


def judge(
    items: Sequence[Item | tuple[Example, str]],
    databases: Mapping[str, Path],
    *,
    kind: str,
    limits: LimitsConfig,
    metrics: MetricsConfig,
    tables: Mapping[str, Mapping[str, Any]] = NO_TABLES,
    cache: GoldCache | None = None,
    progress: Progress | None = None,
) -> list[Verdict]:
    """One verdict per (example, predicted SQL), in order; `kind` is spider, bird or demo (which has Spider's rules).

    `databases` are the files that are there, by name; `tables` are the entries of tables.json, without which
    kind=spider has no exact match. `progress` is told how many items have been executed.
    """
    # Half a surrogate pair, which JSON can hold, is no text that could be run or written down again.
    pairs = [Item(example, sql.encode("utf-8", "replace").decode()) for example, sql in items]
    if kind != "bird":  # to Spider's rules a tab ends a prediction, which only lines of its text files mean
        pairs = [Item(example, sql.replace("\t", " ")) for example, sql in pairs]
    known = GoldCache() if cache is None else cache
    with Executor(bounds(limits), workers=limits.workers) as executor:
        if kind == "bird":
            return judge_bird(pairs, databases, executor, cache=known, progress=progress)
        sources = Sources(databases, tables, keys_required=kind == "spider")
        return judge_spider(pairs, sources, executor, metrics=metrics, cache=known, progress=progress)


def bounds(limits: LimitsConfig) -> Limits:
    """The limits of one query."""
    return Limits(
        max_steps=limits.max_steps,
        max_seconds=limits.max_seconds,
        max_rows=limits.max_rows,
        max_bytes=limits.max_bytes,
        max_memory=limits.max_memory,
    )


def judge_file(
    predictions: Path,
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    output_dir: Path,
    *,
    kind: str,
    limits: LimitsConfig,
    metrics: MetricsConfig,
    tables: Mapping[str, Mapping[str, Any]] = NO_TABLES,
    limit: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Judge a predictions file against a whole split; writes verdicts.jsonl and report.json and returns the report.

    `examples` are all rows of the question file, also those whose database is absent; `limit` keeps the first.

    Raises:
        DataError: if the file does not fit the questions.
    """
    found = read_predictions(predictions, examples, limit=limit, tab_ends=kind != "bird")
    items = [Item(one.example, one.sql) for one in found]
    coverage = Coverage(num_questions=len(examples[:limit]), num_predictions=len(items))
    return judge_items(
        items,
        databases,
        output_dir,
        coverage=coverage,
        kind=kind,
        limits=limits,
        metrics=metrics,
        tables=tables,
        progress=progress,
    )


def judge_items(
    items: Sequence[Item],
    databases: Mapping[str, Path],
    output_dir: Path,
    *,
    coverage: Coverage,
    kind: str,
    limits: LimitsConfig,
    metrics: MetricsConfig,
    tables: Mapping[str, Mapping[str, Any]] = NO_TABLES,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Judge items and write verdicts.jsonl and report.json into a folder; returns the report."""
    started = time.perf_counter()
    cache = GoldCache(cache_folder() / "golds")
    verdicts = judge(
        items,
        databases,
        kind=kind,
        limits=limits,
        metrics=metrics,
        tables=tables,
        cache=cache,
        progress=progress,
    )
    seconds = time.perf_counter() - started
    write_verdicts(output_dir / "verdicts.jsonl", verdicts)
    report = {"dataset": kind, **summarise(verdicts, coverage, metrics=metrics, limits=limits)}
    if kind == "bird":
        report["flags"] = {"ves_repeats": metrics.ves_repeats}
    if kind == "bird" and metrics.ves_repeats:
        # One process, so that nothing else runs beside what is timed.
        with Executor(bounds(limits), workers=1) as executor:
            report["efficiency"] = measure_efficiency(verdicts, databases, executor, repeats=metrics.ves_repeats)
    report["versions"] = {"oraclecoder": __version__, "sqlite": sqlite3.sqlite_version}
    report["judging_seconds"] = round(seconds, 3)
    write_report(output_dir / "report.json", report)
    return report


def compare_files(
    first: Path, second: Path, *, metrics: MetricsConfig, output_dir: Path | None = None
) -> dict[str, Difference]:
    """Compare two verdicts.jsonl question by question; writes comparison.json if a folder is given.

    Raises:
        DataError: if a file is missing or malformed, or they are about different questions.
    """
    comparison = compare_verdicts(read_verdicts(first), read_verdicts(second), metrics=metrics)
    if output_dir is not None:
        files = {"first": str(first), "second": str(second)}
        write_json(output_dir / "comparison.json", {**files, "metrics": plain_comparison(comparison)})
    return comparison


def self_check(
    examples: Sequence[Example],
    databases: Mapping[str, Path],
    *,
    kind: str,
    limits: LimitsConfig,
    metrics: MetricsConfig,
    tables: Mapping[str, Mapping[str, Any]] = NO_TABLES,
    output_dir: Path | None = None,
    progress: Progress | None = None,
) -> list[Verdict]:
    """Judge the golds as if they were predictions; the verdicts that are not all right, as no prediction can be.

    `ex` of None: the gold fails or has no database. `ex` or `em` of 0: the official rules do not accept the gold
    itself, say because each "value" in a prediction is replaced. Writes self_check.json if a folder is given.
    """
    items = [Item(example, example.gold_sql) for example in examples]
    verdicts = judge(items, databases, kind=kind, limits=limits, metrics=metrics, tables=tables, progress=progress)
    wrong = [v for v in verdicts if v.ex != 1 or (v.em != 1 and kind != "bird")]
    if output_dir is not None:
        found = {"num_questions": len(examples), "num_problems": len(wrong), "problems": [asdict(v) for v in wrong]}
        write_json(output_dir / "self_check.json", plain(found))
    return wrong
