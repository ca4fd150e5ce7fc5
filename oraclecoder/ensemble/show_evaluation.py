"""The side-by-side tables of an evaluation, and some questions answered in full."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from oraclecoder.config import DatasetName
from oraclecoder.database.execute import Outcome
from oraclecoder.ensemble.evaluation import of_interval
from oraclecoder.ensemble.recipe import Recipe, dataset_overrides
from oraclecoder.records import Prediction
from oraclecoder.task.links import write_links
from oraclecoder.tracking.progress import console

LEVELS = ("easy", "medium", "hard", "extra", "simple", "moderate", "challenging")
SETTINGS = {
    "gold_links": "SQL on gold links",
    "two_stage": "two stages: SQL on predicted links",
    "full_schema": "SQL on the full schema (these have no linker)",
}


LINK_COLUMNS = {
    "exact": "tables_exact",
    "P": "tables_precision",
    "R": "tables_recall",
    "columns:\nall": "columns_strict_recall",
    "P ": "columns_precision",
}


def show_other_dataset(recipes: Mapping[str, Recipe], asked: DatasetName) -> None:
    """Warn in a line where the ensemble was built on another data set than it is asked about."""
    own, *given = dataset_overrides(recipes)
    if own != f"dataset={asked.value}":
        console.print(
            f"warning: this ensemble was built on {own.removeprefix('dataset=')} and is evaluated on {asked.value}; "
            f"give {' '.join([own, *given])} for its own questions",
            highlight=False,
            soft_wrap=True,
            style="yellow",
        )


def show_linking(rows: Mapping[str, Mapping[str, Any]], *, title: str) -> None:
    """Table and column scores of each candidate, in per cent: all gold ones found, exactly those, precision, recall."""
    table = _table(title, ("", "tables:\nall found", *LINK_COLUMNS, "not\nread"))
    for name, report in rows.items():
        if "all" not in report:  # SQLite refuses all gold queries
            continue
        cells = [f"{100 * report['all'][key]:.1f}" for key in LINK_COLUMNS.values()]
        table.add_row(name, of_interval(report["tables_strict_recall"]), *cells, str(report["num_unreadable"]))
    console.print(table)


def show_sql(rows: Mapping[str, Mapping[str, Any]], *, setting: str, flags: str) -> None:
    """Execution accuracy of each candidate with its interval, by hardness, and exact match where there is one."""
    found = [level for level in LEVELS if any(level in report["scores"].get("ex", {}) for report in rows.values())]
    matches = any("em" in report["scores"] for report in rows.values())
    columns = ("", "execution\naccuracy", *found, *(["exact\nmatch"] if matches else []), "n")
    table = _table(f"{SETTINGS[setting]} ({flags})", columns)
    for name, report in rows.items():
        scores = report["scores"].get("ex", {})
        if "all" not in scores:
            continue
        cells = [f"{100 * scores[level].mean:.1f}" if level in scores else "-" for level in found]
        match = [f"{100 * report['scores']['em']['all'].mean:.1f}"] if matches else []
        table.add_row(name, of_interval(scores["all"]), *cells, *match, str(scores["all"].n))
    console.print(table)


def _table(title: str, columns: Sequence[str]) -> Table:
    """A table that keeps the numbers of a row on one line of a terminal of 80 columns."""
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for name in columns:
        table.add_column(name, justify="right" if name else "left", no_wrap=bool(name))
    return table


def show_answers(predictions: Sequence[Prediction], outcomes: Sequence[Outcome], right: Sequence[int | None]) -> None:
    """Question, links, SQL and rows of some answers."""
    for prediction, outcome, ex in zip(predictions, outcomes, right, strict=True):
        verdict = {1: "right", 0: "wrong", None: "not judged"}[ex]
        console.print(f"\n[bold]{escape(prediction.question)}[/bold] ({prediction.database}, {verdict})")
        _show_answer(prediction, outcome, gold=ex != 1)


def show_answer(prediction: Prediction, outcome: Outcome) -> None:
    """The same of an answer to a question that has no gold query."""
    console.print(f"\n[bold]{escape(prediction.question)}[/bold]")
    _show_answer(prediction, outcome, gold=False)


def _show_answer(prediction: Prediction, outcome: Outcome, *, gold: bool) -> None:
    unread = "not readable: full schema" if prediction.links_text else "none: full schema"
    links = write_links(prediction.links).splitlines() if prediction.links else [unread]
    if prediction.links and prediction.whole_schema:
        links.append("(written over the whole schema)")
    lines = [("links", "; ".join(links)), ("SQL", prediction.sql)]
    if gold:
        lines.append(("gold", prediction.gold_sql))
    lines.append(("rows", _rows(outcome)))
    for name, text in lines:
        console.print(f"  {name:5} {escape(text)}", highlight=False, soft_wrap=True)


def _rows(outcome: Outcome, most: int = 5) -> str:
    if outcome.rows is None:
        return f"none: {outcome.problem or (outcome.reason.value if outcome.reason else 'failed')}"
    shown = ", ".join(str(row) for row in outcome.rows[:most])
    return shown + (f" ... {len(outcome.rows)} in all" if len(outcome.rows) > most else "")
