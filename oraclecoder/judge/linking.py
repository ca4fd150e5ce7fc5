"""How well predicted schema links agree with gold ones: tables and columns, all or in part."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from statistics import fmean

from oraclecoder.records import Links


@dataclass(frozen=True)
class Overlap:
    """How two sets agree, each number from 0 to 1.

    `exact`: the same set; `strict_recall`: nothing is missing; precision of an empty prediction is 0 unless nothing was
    wanted.
    """

    exact: float
    strict_recall: float
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class LinkScore:
    """Agreement of tables and of columns for one question or, as a mean, for many."""

    tables: Overlap
    columns: Overlap


def score_links(predicted: Links, gold: Links) -> LinkScore:
    """Agreement of one prediction with its gold; names are compared without regard to case."""
    return LinkScore(
        overlap({table.lower() for table in predicted.tables}, {table.lower() for table in gold.tables}),
        overlap(lower_columns(predicted), lower_columns(gold)),
    )


def lower_columns(links: Links) -> set[tuple[str, str]]:
    """Columns as (table, column) in lower case."""
    return {(table.lower(), column.lower()) for table, column in links.columns}


def overlap(predicted: AbstractSet[object], gold: AbstractSet[object]) -> Overlap:
    """Agreement of two sets."""
    shared = len(predicted & gold)
    precision = shared / len(predicted) if predicted else float(not gold)
    recall = shared / len(gold) if gold else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Overlap(float(predicted == gold), float(gold <= predicted), precision, recall, f1)


def mean_score(scores: Iterable[LinkScore]) -> dict[str, float]:
    """Means over questions, as `tables_exact`, `columns_recall` and so on, with the number of questions `n`."""
    plain = [asdict(score) for score in scores]
    means: dict[str, float] = {"n": len(plain)}
    for part in ("tables", "columns"):
        for name in Overlap.__dataclass_fields__:
            means[f"{part}_{name}"] = fmean(score[part][name] for score in plain) if plain else 0.0
    return means


def linking_report(pairs: Iterable[tuple[Links | None, Links]]) -> Mapping[str, Mapping[str, float]]:
    """Mean scores of (predicted, gold) over all questions and by number of gold tables ("1", "2", ...).

    A prediction of None (unreadable answer) counts as one that names nothing.
    """
    groups: dict[str, list[LinkScore]] = defaultdict(list)
    for predicted, gold in pairs:
        score = score_links(predicted or Links(), gold)
        groups["all"].append(score)
        groups[str(len(set(gold.tables)))].append(score)
    names = sorted(groups, key=lambda name: (name != "all", len(name), name))
    return {name: mean_score(groups[name]) for name in names}
