"""Rates with their intervals, reasons and counts: what report.json says and the terminal shows."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from oraclecoder.config import LimitsConfig, MetricsConfig
from oraclecoder.database.execute import Reason
from oraclecoder.judge.statistics import Interval, bootstrap_interval
from oraclecoder.judge.verdicts import Verdict
from oraclecoder.records import write_json

LEVELS = ("easy", "medium", "hard", "extra", "simple", "moderate", "challenging", "unknown")
METRICS: dict[str, Callable[[Verdict], float | None]] = {
    "em": lambda verdict: verdict.em,
    "ex": lambda verdict: verdict.ex,
    "soft_f1": lambda verdict: verdict.soft_f1,
}
TITLES = {"em": "exact match", "ex": "execution accuracy", "soft_f1": "soft F1"}


@dataclass(frozen=True)
class Coverage:
    """How many questions the split has, and how many of them were answered."""

    num_questions: int
    num_predictions: int


def summarise(
    verdicts: Sequence[Verdict], coverage: Coverage, *, metrics: MetricsConfig, limits: LimitsConfig
) -> dict[str, Any]:
    """The report: rates by metric and level with intervals, reasons, counts of what could not be judged, and flags."""
    unjudged = Counter(verdict.reason for verdict in verdicts if verdict.ex is None)
    missing = Counter(verdict.db_id for verdict in verdicts if verdict.reason == Reason.no_database.value)
    return {
        "flags": {"plug_value": metrics.plug_value, "keep_distinct": metrics.keep_distinct},
        "num_questions": coverage.num_questions,
        "num_predictions": coverage.num_predictions,
        "num_judged": {name: sum(read(v) is not None for v in verdicts) for name, read in METRICS.items()},
        "num_left_out_of_execution": dict(unjudged),
        "missing_databases": dict(sorted(missing.items())),
        "gold_failed": [v.index for v in verdicts if v.reason == Reason.gold_failed.value],
        "scores": {name: rates(verdicts, read, metrics) for name, read in METRICS.items() if applies(verdicts, read)},
        "reasons": dict(Counter(verdict.reason for verdict in verdicts).most_common()),
        "partial": partial_scores(verdicts),
        "interval": {
            "confidence": metrics.confidence,
            "num_resamples": metrics.num_resamples,
            "seed": metrics.seed,
            "method": "expanded percentile bootstrap, by database where there are several; Student's t of two to four "
            "databases; Clopper and Pearson's where all are right or none is",
        },
        "limits": asdict(limits),
    }


def applies(verdicts: Sequence[Verdict], read: Callable[[Verdict], float | None]) -> bool:
    """Whether any verdict has this number."""
    return any(read(verdict) is not None for verdict in verdicts)


def rates(
    verdicts: Sequence[Verdict], read: Callable[[Verdict], float | None], metrics: MetricsConfig
) -> dict[str, Interval]:
    """The mean of one metric over all verdicts that have it, and by level."""
    judged = [(verdict, value) for verdict in verdicts if (value := read(verdict)) is not None]
    groups = {"all": judged, **{level: [pair for pair in judged if pair[0].level == level] for level in LEVELS}}
    return {
        name: bootstrap_interval(
            [value for _, value in pairs],
            [verdict.db_id for verdict, _ in pairs],
            confidence=metrics.confidence,
            num_resamples=metrics.num_resamples,
            seed=metrics.seed,
        )
        for name, pairs in groups.items()
        if pairs
    }


def partial_scores(verdicts: Sequence[Verdict]) -> dict[str, dict[str, dict[str, float]]]:
    """Spider's partial scores by component and level, as the official script counts them.

    A component is right as a whole or not at all. Accuracy is over the predictions that have it, recall over the golds
    that have it; F1 of two zeros is printed as 1 by the official script, and so it is here.
    """
    scored = [verdict for verdict in verdicts if verdict.partial]
    names = list(dict.fromkeys(name for verdict in scored for name in verdict.partial or {}))
    report: dict[str, dict[str, dict[str, float]]] = {}
    for name in names:
        report[name] = {}
        for level in ("all", *LEVELS):
            counts = [v.partial[name] for v in scored if v.partial and level in ("all", v.level)]
            if counts:
                report[name][level] = component_scores(counts)
    return report


def component_scores(counts: Sequence[tuple[int, int, int]]) -> dict[str, float]:
    """Accuracy, recall and F1 of one component from (gold, predicted, shared) counts."""
    right = [num_gold == num_predicted == num_shared for num_gold, num_predicted, num_shared in counts]
    predicted = [ok for ok, (_, num_predicted, _) in zip(right, counts, strict=True) if num_predicted]
    wanted = [ok for ok, (num_gold, _, _) in zip(right, counts, strict=True) if num_gold]
    accuracy = sum(predicted) / len(predicted) if predicted else 0.0
    recall = sum(wanted) / len(wanted) if wanted else 0.0
    f1 = 2 * accuracy * recall / (accuracy + recall) if accuracy + recall else 1.0
    return {"accuracy": accuracy, "recall": recall, "f1": f1, "num_predicted": len(predicted), "num_gold": len(wanted)}


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write report.json; intervals become objects."""
    write_json(path, plain(report))


def plain(value: Any) -> Any:
    """Dataclasses as dictionaries, however deep; NaN and infinities as null, as JSON has no word for them."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def report_table(report: Mapping[str, Any]) -> Table:
    """The rates by level for the terminal, with the flags that made them in the title."""
    scores: Mapping[str, Mapping[str, Interval]] = report["scores"]
    flags = [f"{name}={str(value).lower()}" for name, value in report["flags"].items()]
    table = Table(title=f"{report.get('dataset', 'predictions')} ({', '.join(flags)})", caption=caption(report))
    table.add_column("")
    for name in scores:
        table.add_column(TITLES[name], justify="right")
        table.add_column("n", justify="right")
    for level in ("all", *LEVELS):
        if any(level in rates for rates in scores.values()):
            cells = [cell for name in scores for cell in cells_of(scores[name].get(level))]
            table.add_row(level, *cells, style="bold" if level == "all" else "")
    return table


def cells_of(interval: Interval | None) -> tuple[str, str]:
    """A rate in per cent with its interval, and its number of items."""
    if interval is None:
        return "-", "0"
    return f"{100 * interval.mean:.1f} [{100 * interval.low:.1f}, {100 * interval.high:.1f}]", str(interval.n)


def caption(report: Mapping[str, Any]) -> str:
    """What was judged of what, and what went wrong, in one sentence each."""
    lines = [f"{report['num_predictions']} of {report['num_questions']} questions answered"]
    if report["num_left_out_of_execution"]:
        left = ", ".join(f"{reason} {count}" for reason, count in report["num_left_out_of_execution"].items())
        lines.append(f"left out of execution accuracy: {left}")
    found = report.get("efficiency", {}).get("all")
    if found:
        both = (("VES", found["ves"]), ("R-VES", found["r_ves"]))
        lines.append(", ".join(f"{name} {score.mean:.1f} (sd {score.deviation:.1f})" for name, score in both))
    reasons = ", ".join(f"{reason} {count}" for reason, count in report["reasons"].items())
    return "; ".join([*lines, f"reasons: {reasons}"])
