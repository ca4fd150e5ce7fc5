"""Two systems on the same questions: the difference, whether it is more than chance, and where they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table

from oraclecoder.config import MetricsConfig
from oraclecoder.errors import DataError
from oraclecoder.judge.report import METRICS, TITLES
from oraclecoder.judge.statistics import (
    Detectable,
    Interval,
    McNemar,
    detectable_difference,
    holm,
    mcnemar,
    paired_interval,
)
from oraclecoder.judge.verdicts import Verdict

YES_OR_NO = ("em", "ex")


@dataclass(frozen=True)
class Difference:
    """One metric of two systems: both means, second - first with its interval, and for verdicts of 0 or 1 the tests.

    `p_value_holm` is corrected for the number of metrics that were tested.
    """

    n: int
    first: float
    second: float
    difference: Interval
    mcnemar: McNemar | None
    p_value_holm: float | None
    detectable: Detectable | None
    differ: list[dict[str, Any]]


def compare_verdicts(
    first: Sequence[Verdict], second: Sequence[Verdict], *, metrics: MetricsConfig
) -> dict[str, Difference]:
    """The comparison by metric, over the questions for which both files have it.

    Raises:
        DataError: if the files share no question, or are about different questions.
    """
    pairs = pair_verdicts(first, second)
    compared = {name: pairs_with(pairs, name) for name in METRICS}
    tests = {name: mcnemar(*values_of(found, name)) for name, found in compared.items() if name in YES_OR_NO and found}
    corrected = dict(zip(tests, holm([test.p_value for test in tests.values()]), strict=True))
    return {
        name: difference(found, name, tests.get(name), corrected.get(name), metrics)
        for name, found in compared.items()
        if found
    }


def pair_verdicts(first: Sequence[Verdict], second: Sequence[Verdict]) -> list[tuple[Verdict, Verdict]]:
    """The verdicts of both on each shared question."""
    others = {verdict.index: verdict for verdict in second}
    pairs = [(verdict, others[verdict.index]) for verdict in first if verdict.index in others]
    for one, other in pairs:
        if (one.id, one.db_id) != (other.id, other.db_id):
            raise DataError(
                f"question {one.index} is {one.id} on {one.db_id} in the first file and {other.id} on {other.db_id} in "
                "the second; compare verdicts on the same question file"
            )
    if not pairs:
        raise DataError("the two files have no question in common; compare verdicts on the same question file")
    return pairs


def pairs_with(pairs: Sequence[tuple[Verdict, Verdict]], name: str) -> list[tuple[Verdict, Verdict]]:
    """The pairs in which both have this metric."""
    read = METRICS[name]
    return [(one, other) for one, other in pairs if read(one) is not None and read(other) is not None]


def values_of(pairs: Sequence[tuple[Verdict, Verdict]], name: str) -> tuple[list[float], list[float]]:
    """The numbers of both systems."""
    read = METRICS[name]
    return [read(one) or 0.0 for one, _ in pairs], [read(other) or 0.0 for _, other in pairs]


def difference(
    pairs: Sequence[tuple[Verdict, Verdict]],
    name: str,
    test: McNemar | None,
    p_value_holm: float | None,
    metrics: MetricsConfig,
) -> Difference:
    """One metric compared."""
    first, second = values_of(pairs, name)
    interval = paired_interval(
        first,
        second,
        [one.db_id for one, _ in pairs],
        confidence=metrics.confidence,
        num_resamples=metrics.num_resamples,
        seed=metrics.seed,
    )
    detectable = None
    if test is not None:
        num_discordant = test.only_first + test.only_second
        detectable = detectable_difference(num_discordant, len(pairs), alpha=round(1 - metrics.confidence, 10))
    differ = [differing(one, other, a, b) for (one, other), a, b in zip(pairs, first, second, strict=True) if a != b]
    means = (sum(first) / len(pairs), sum(second) / len(pairs))
    return Difference(len(pairs), *means, interval, test, p_value_holm, detectable, differ)


def differing(one: Verdict, other: Verdict, first: float, second: float) -> dict[str, Any]:
    """One question on which two systems differ."""
    return {
        "index": one.index,
        "id": one.id,
        "db_id": one.db_id,
        "level": one.level,
        "first": first,
        "second": second,
        "first_reason": one.reason,
        "second_reason": other.reason,
    }


def plain_comparison(comparison: Mapping[str, Difference]) -> dict[str, Any]:
    """The comparison as JSON objects."""
    return {name: asdict(found) for name, found in comparison.items()}


def comparison_table(comparison: Mapping[str, Difference], names: tuple[str, str]) -> Table:
    """The comparison for the terminal."""
    note = "p and detectable: McNemar, questions taken as independent; p after Holm"
    caption = f"A = {names[0]}\nB = {names[1]}\n{note}"
    table = Table(title="B - A, question by question", caption=caption, caption_justify="left")
    for title in ("", "n", "A", "B", "B - A", "only A/B", "p", "detectable"):
        table.add_column(title, justify="left" if not title else "right")
    for name, found in comparison.items():
        low, high = 100 * found.difference.low, 100 * found.difference.high
        table.add_row(
            TITLES[name],
            str(found.n),
            f"{100 * found.first:.1f}",
            f"{100 * found.second:.1f}",
            f"{100 * found.difference.mean:+.1f} [{low:+.1f}, {high:+.1f}]",
            f"{found.mcnemar.only_first} / {found.mcnemar.only_second}" if found.mcnemar else "-",
            "-" if found.p_value_holm is None else f"{found.p_value_holm:.4f}",
            detectable_cell(found.detectable),
        )
    return table


def detectable_cell(found: Detectable | None) -> str:
    """The smallest difference that would have been significant, with the power to see it."""
    if found is None or found.difference is None or found.power is None:
        return "-"
    return f"{100 * found.difference:.1f} (power {found.power:.0%})"
