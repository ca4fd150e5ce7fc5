"""Evaluate an ensemble beside its base and best member, or judge any predictions file.

python -m oraclecoder.evaluate
python -m oraclecoder.evaluate predictions=FILE dataset=spider dataset.root=DIR output_dir=OUT
python -m oraclecoder.evaluate compare=[A/verdicts.jsonl,B/verdicts.jsonl]
python -m oraclecoder.evaluate self_check=true dataset=spider dataset.root=DIR
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oraclecoder.config import DatasetName, EvaluateConfig, to_plain
from oraclecoder.loading import loading
from oraclecoder.runs import newest_ensemble
from oraclecoder.settings import command

if TYPE_CHECKING:
    from oraclecoder.ensemble.asked import Questions
    from oraclecoder.ensemble.evaluation import Answers, Contestant, Evaluator
    from oraclecoder.records import Prediction

logger = logging.getLogger(__name__)


def judge_predictions(config: EvaluateConfig, output_dir: Path) -> None:
    """Judge a predictions file; needs no model."""
    from rich.console import Console

    from oraclecoder.dataset import database_paths, load_split
    from oraclecoder.judge.judge import judge_file
    from oraclecoder.judge.report import report_table

    examples = load_split(config.dataset, config.dataset.split)
    with bar("judge", len(examples[: config.dataset.limit])) as advance:
        report = judge_file(
            Path(str(config.predictions)),
            examples,
            database_paths(config.dataset),
            output_dir,
            limit=config.dataset.limit,
            progress=advance,
            **rules(config),
        )
    Console().print(report_table(report))
    print(f"\nverdicts: {output_dir}/verdicts.jsonl\nreport: {output_dir}/report.json")


def compare(config: EvaluateConfig, output_dir: Path) -> None:
    """Compare two verdict files question by question."""
    from rich.console import Console

    from oraclecoder.judge.comparison import comparison_table
    from oraclecoder.judge.judge import compare_files

    first, second = (Path(name) for name in config.compare or [])
    found = compare_files(first, second, metrics=config.metrics, output_dir=output_dir)
    Console().print(comparison_table(found, (str(first), str(second))))
    print(f"\nthe questions on which they differ: {output_dir}/comparison.json")


def check_golds(config: EvaluateConfig, output_dir: Path) -> None:
    """Judge the gold queries against themselves and name the questions that cannot be judged."""
    from oraclecoder.dataset import database_paths, load_split
    from oraclecoder.judge.judge import self_check

    examples = load_split(config.dataset, config.dataset.split)[: config.dataset.limit]
    with bar("check golds", len(examples)) as advance:
        wrong = self_check(
            examples, database_paths(config.dataset), output_dir=output_dir, progress=advance, **rules(config)
        )
    absent = sum(verdict.reason == "no_database" for verdict in wrong)
    wrong = [verdict for verdict in wrong if verdict.reason != "no_database"]
    for verdict in wrong[:20]:
        print(
            f"{verdict.id} ({verdict.db_id}): em {verdict.em}, ex {verdict.ex}, {verdict.reason} "
            f"{verdict.problem or ''}"
        )
    print(
        f"{len(wrong)} of {len(examples) - absent} golds are not accepted by their own rules, {absent} more have no "
        f"database: {output_dir}/self_check.json"
    )


def evaluate_ensemble(config: EvaluateConfig, output_dir: Path) -> dict[str, Any]:
    """Answer the evaluation split with the base, members and ensemble; returns what report.json says."""
    from oraclecoder.ensemble.shares import begin_answering

    folder = Path(config.ensemble_dir) if config.ensemble_dir else newest_ensemble(Path(config.results_dir))
    answered = begin_answering(config, folder)
    with loading():
        from oraclecoder.answer.panel import Memos
        from oraclecoder.dataset import load_evaluation
        from oraclecoder.ensemble.evaluation import contestants, evaluator_of
        from oraclecoder.ensemble.recipe import read_ensemble, refuse_learnt
        from oraclecoder.ensemble.show_evaluation import show_other_dataset
        from oraclecoder.judge.report import write_report
        from oraclecoder.tracking.progress import quiet_libraries

    quiet_libraries()
    print(f"ensemble: {folder}")
    memos, recipes = Memos(), read_ensemble(folder)
    show_other_dataset(recipes, config.dataset.name)
    refuse_learnt(recipes, config.dataset)
    rows = contestants(recipes, folder, config.systems)
    evaluator = evaluator_of(config, recipes, load_evaluation(config.dataset).examples, memos)
    for share in answered:
        memos.update(share)
    linking, sql, answers = judge_rows(config, rows, evaluator, output_dir)
    report = {
        "ensemble": str(folder),
        "dataset": to_plain(config.dataset),
        "recipes": {task: to_plain(recipe) for task, recipe in recipes.items()},
        "served": {task: recipe.served.kind for task, recipe in recipes.items()},
        "linking": linking,
        "sql": sql,
        "differences": differences(config, output_dir, sql),
    }
    write_report(output_dir / "report.json", report)
    show(config, evaluator.asked.questions, report, answers, output_dir)
    return report


def judge_rows(
    config: EvaluateConfig, rows: "Sequence[Contestant]", evaluator: "Evaluator", output_dir: Path
) -> "tuple[dict[str, Any], dict[str, dict[str, Any]], Answers | None]":
    """The linking scores by row, the reports on SQL by setting and row, and what the last row answered."""
    from oraclecoder.ensemble.evaluation import linking_scores

    questions, linking, answers = evaluator.asked.questions, {}, None
    sql: dict[str, dict[str, Any]] = {}
    for contestant in rows:
        answers = evaluator.answers(contestant)
        place = output_dir / contestant.name.replace(" ", "_")
        if answers.linked is not None:
            linking[contestant.name] = linking_scores(questions, answers.linked, config.metrics)
        for setting, predictions in answers.predictions.items():
            report = judge_answers(config, questions, predictions, place / setting)
            sql.setdefault(setting, {})[contestant.name] = report
    return linking, sql, answers


def judge_answers(
    config: EvaluateConfig, questions: "Questions", predictions: "list[Prediction]", folder: Path
) -> dict[str, Any]:
    """Write predictions.jsonl, verdicts.jsonl and report.json of one candidate in one setting."""
    from oraclecoder.judge.judge import judge_items
    from oraclecoder.judge.report import Coverage
    from oraclecoder.judge.verdicts import Item
    from oraclecoder.records import write_json_lines

    write_json_lines(folder / "predictions.jsonl", predictions)
    items = [Item(e, p.sql) for e, p in zip(questions.examples, predictions, strict=True)]
    coverage = Coverage(num_questions=len(questions.examples), num_predictions=len(items))
    return judge_items(items, questions.databases, folder, coverage=coverage, **rules(config))


def differences(config: EvaluateConfig, output_dir: Path, sql: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The ensemble against its best member on the same questions, by setting."""
    from oraclecoder.judge.comparison import plain_comparison
    from oraclecoder.judge.judge import compare_files

    found = {}
    for setting, rows in sql.items():
        if {"best member", "ensemble"} <= rows.keys():
            files = [output_dir / name / setting / "verdicts.jsonl" for name in ("best_member", "ensemble")]
            found[setting] = plain_comparison(compare_files(*files, metrics=config.metrics))
    return found


def show(
    config: EvaluateConfig,
    questions: "Questions",
    report: Mapping[str, Any],
    answers: "Answers | None",
    output_dir: Path,
) -> None:
    """Print the tables, some answers of the last candidate, and where everything is."""
    from oraclecoder.ensemble.show_evaluation import show_answers, show_linking, show_sql

    name = f"{config.dataset.name.value} {config.dataset.split}"
    if report["linking"]:
        title = f"schema linking, {name}, {len(questions.examples)} questions"
        show_linking(with_kind(report["linking"], report["served"]["schema_linking"]), title=title)
    flags = f"plug_value={config.metrics.plug_value}, keep_distinct={config.metrics.keep_distinct}".lower()
    for setting, rows in report["sql"].items():
        kinds = report["served"].values() if setting == "two_stage" else [report["served"]["sql_generation"]]
        show_sql(with_kind(rows, " + ".join(kinds)), setting=setting, flags=flags)
    for setting, found in report["differences"].items():
        if "ex" not in found:  # no question could be judged
            continue
        gain, detectable = found["ex"]["difference"], found["ex"]["detectable"]["difference"]
        needed = f"; McNemar's test, to which questions are independent, needs {100 * (detectable or 0):.1f}"
        print(
            f"{setting}: ensemble - best member = {100 * gain['mean']:+.1f} points "
            f"[{100 * gain['low']:+.1f}, {100 * gain['high']:+.1f}]{needed if detectable else ''}"
        )
    if config.show and answers is not None and answers.predictions:
        _, predictions = list(answers.predictions.items())[-1]
        show_answers(*some_answers(config, questions, predictions))
    print(f"\npredictions, verdicts and reports: {output_dir}")
    if config.dataset.name is DatasetName.demo:
        print(
            f"next: python -m oraclecoder.ask database=hotel results_dir={config.results_dir}   (your own questions)\n"
            "      python -m oraclecoder.train -m lora.lr_ratio=1,4,8,16,32 task=schema_linking,sql_generation "
            f"output_dir={config.results_dir}"
        )


def with_kind(rows: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The rows of a table, that of the ensemble with what it is."""
    return {f"ensemble ({kind})" if name == "ensemble" else name: row for name, row in rows.items()}


def some_answers(config: EvaluateConfig, questions: "Questions", predictions: "list[Prediction]") -> Any:
    """Some answers, spread over the split, with their rows and whether they are right."""
    from oraclecoder.database.execute import Executor
    from oraclecoder.judge.judge import bounds, judge

    step = max(1, len(predictions) // config.show)
    chosen = predictions[step // 2 :: step][: config.show]
    examples = {example.id: example for example in questions.examples}
    verdicts = judge([(examples[p.id], p.sql) for p in chosen], questions.databases, **rules(config))
    with Executor(bounds(config.limits), workers=1) as executor:
        outcomes = executor.run_many([(questions.databases[p.database], p.sql) for p in chosen])
    return chosen, outcomes, [verdict.ex for verdict in verdicts]


def rules(config: EvaluateConfig) -> dict[str, Any]:
    """What the judge needs to know beside questions and answers."""
    tables = spider_tables(config.dataset.root) if config.dataset.name is DatasetName.spider else {}
    return {"kind": config.dataset.name.value, "limits": config.limits, "metrics": config.metrics, "tables": tables}


@cache
def spider_tables(root: str | None) -> Mapping[str, Any]:
    """The entries of Spider's tables.json, without which nothing can be said of exact match."""
    from oraclecoder.dataset.sources import table_files
    from oraclecoder.judge.judge import read_tables

    files = table_files(Path(root or ""))
    if not files:
        logger.warning("dataset.root=%s lacks tables.json, so there is no exact match", root)
    return read_tables(files)


@contextmanager
def bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar that is told how many are done so far; it needs no torch."""
    from rich.progress import Progress

    with Progress(transient=True) as found:
        task = found.add_task(label, total=total)
        yield lambda done: found.update(task, completed=done)


@command("evaluate")
def main(config: EvaluateConfig) -> None:
    """Do the one of four things that was asked for."""
    time_stamp = datetime.now().strftime("%Y-%m-%d_%H-%M-%S-%f")
    output_dir = Path(config.output_dir or Path(config.results_dir) / "evaluations" / time_stamp)
    if config.predictions:
        judge_predictions(config, output_dir)
    elif config.compare:
        compare(config, output_dir)
    elif config.self_check:
        check_golds(config, output_dir)
    else:
        evaluate_ensemble(config, output_dir)


if __name__ == "__main__":
    main()
