"""The table of the study: each row against the best member, seeds averaged item by item, databases drawn as a whole.

python -m experiments.ensemble.report FOLDER             table of the seeds in FOLDER/seed-*.json.gz, and results.csv
python -m experiments.ensemble.report FOLDER ROW OTHER   what one row gains over another
"""

import csv
import gzip
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.special import stdtrit

from oraclecoder.errors import ConfigError
from oraclecoder.judge.statistics import bootstrap_interval, cluster_sums, holm, paired_interval, resampled_means
from oraclecoder.records import write_json

MEASURES = ("tables exact", "tables all found", "SQL on gold links", "two stages")
BASELINES = {"gain": "best member", "over_long": "one run of equal compute"}
"""What every row is compared with, by the names of the columns."""
NUM_RESAMPLES = 10_000
SIGNIFICANCE, POWER = 0.05, 0.8
TABLE_WIDTH = 170
Results = Sequence[Mapping[str, Any]]


def seeds_of(results: Results, row: str) -> set[int]:
    """The seeds that have a row."""
    return {result["seed"] for result in results if result["row"] == row}


def databases_of(results: Results) -> dict[str, str]:
    """The database of each question."""
    return {key: name for result in results for key, name in result["databases"].items()}


def per_item(results: Results, row: str, measure: str, seeds: Collection[int]) -> dict[str, float]:
    """The mean over these seeds of each question that all of them judged."""
    own = [result["hits"][measure] for result in results if result["row"] == row and result["seed"] in seeds]
    shared = set.intersection(*(set(hits) for hits in own)) if own else set()
    return {key: float(np.mean([hits[key] for hits in own])) for key in sorted(shared)}


def compare(first: Mapping[str, float], second: Mapping[str, float], databases: Mapping[str, str]) -> dict[str, float]:
    """second - first with its interval, a two-sided bootstrap p-value, the difference that would have been seen, and
    in how many databases it is above and below zero: with five of them no p-value below 0.06 can be trusted."""
    keys = sorted(first.keys() & second.keys())
    clusters = [databases[key] for key in keys]
    found = paired_interval(
        [first[key] for key in keys], [second[key] for key in keys], clusters, num_resamples=NUM_RESAMPLES
    )
    differences = np.round([second[key] - first[key] for key in keys], 9)  # equal means of seeds are equal
    sums, counts, _ = cluster_sums(differences, clusters)
    means = resampled_means(sums, counts, num_resamples=NUM_RESAMPLES, seed=0)
    p_value = min(1.0, 2 * (1 + min((means <= 0).sum(), (means >= 0).sum())) / (1 + NUM_RESAMPLES))
    signs = np.sign([differences[[name == cluster for name in clusters]].mean() for cluster in sorted(set(clusters))])
    return {
        "mean": found.mean,
        "low": found.low,
        "high": found.high,
        "p": p_value,
        "detectable": standard_errors(len(sums)) * means.std(),
        "databases_up": float((signs > 0).sum()),
        "databases_down": float((signs < 0).sum()),
    }


def standard_errors(num_units: int) -> float:
    """How many of the bootstrap's standard errors a difference must have to be seen, two-sided at 5 %, 80 times of 100.

    By Student's t, and the bootstrap's error is too small by (n - 1) / n in its square: five databases need 4.1.
    """
    freedom = max(1, num_units - 1)
    wanted = stdtrit(freedom, 1 - SIGNIFICANCE / 2) + stdtrit(freedom, POWER)
    return float(wanted * np.sqrt((freedom + 1) / freedom))


def summarise(results: Results) -> list[dict[str, Any]]:
    """One line per row and measure, Holm's correction over all rows of a measure."""
    rows = list(dict.fromkeys(result["row"] for result in results))
    databases = databases_of(results)
    lines = []
    for measure in MEASURES:
        gains = [_gains(results, rows, measure, baseline, column) for column, baseline in BASELINES.items()]
        for row in rows:
            own = per_item(results, row, measure, seeds_of(results, row))
            rate = bootstrap_interval(list(own.values()), [databases[key] for key in own])
            line = {"measure": measure, "row": row, "rate": rate.mean, "low": rate.low, "high": rate.high}
            for gain in gains:
                line |= gain.get(row, {})
            lines.append(line | _cost(results, row))
    return lines


def _gains(
    results: Results, rows: Sequence[str], measure: str, baseline: str, column: str
) -> dict[str, dict[str, float]]:
    """What each other row gains over a baseline in the seeds that have both.

    Holm's correction is over the rows that answer any question otherwise: those that cannot differ are no hypothesis.
    """
    databases = databases_of(results)
    compared, asked = {}, []
    for row in rows:
        seeds = seeds_of(results, row) & seeds_of(results, baseline)
        if row == baseline or not seeds:
            continue
        first, second = (per_item(results, name, measure, seeds) for name in (baseline, row))
        compared[row] = compare(first, second, databases)
        asked += [row] if first != second else []
    corrected = dict(zip(asked, holm([compared[row]["p"] for row in asked]), strict=True))
    return {
        row: {f"{column}_{name}": value for name, value in (gain | {"p_holm": corrected.get(row, 1.0)}).items()}
        for row, gain in compared.items()
    }


def gains_of(results: Results, row: str, other: str) -> dict[str, dict[str, float]]:
    """What a row gains over another, by measure, in the seeds that have both.

    Raises:
        ConfigError: if no seed has both.
    """
    seeds = seeds_of(results, row) & seeds_of(results, other)
    if not seeds:
        known = sorted({result["row"] for result in results})
        raise ConfigError(f"no seed has both {row!r} and {other!r}; take two of {known}")
    databases = databases_of(results)
    return {
        measure: compare(per_item(results, other, measure, seeds), per_item(results, row, measure, seeds), databases)
        for measure in MEASURES
    }


def branches_against_independents(results: Results) -> dict[str, dict[str, float]]:
    """By measure: branches against members that were trained alone, the mean of all ratios and seeds that have both."""
    databases = databases_of(results)
    pairs = []
    for row in sorted({result["row"] for result in results if result["row"].startswith("member lr_ratio=")}):
        other = row.replace("member", "independent")
        pairs += [(other, row, {seed}) for seed in sorted(seeds_of(results, row) & seeds_of(results, other))]
    found = {}
    for measure in MEASURES if pairs else ():
        gains = [[per_item(results, row, measure, seeds) for row in rows] for *rows, seeds in pairs]
        shared = set.intersection(*(set(item) for both in gains for item in both))
        alone, branches = (
            {key: float(np.mean([both[place][key] for both in gains])) for key in shared} for place in (0, 1)
        )
        found[measure] = compare(alone, branches, databases)
    return found


def _cost(results: Results, row: str) -> dict[str, float]:
    own = [result for result in results if result["row"] == row]
    return {
        "seeds": len(own),
        "steps": float(np.mean([sum(result["steps"].values()) for result in own])),
        "passes": max(max(result["passes"].values()) for result in own),
        "seconds": float(np.mean([result["seconds"] for result in own])),
    }


def write_seed(results: Results, folder: Path, seed: int) -> None:
    """What every row of one seed got right, question by question, in one small file."""
    data = json.dumps(list(results)).encode()
    (folder / f"seed-{seed}.json.gz").write_bytes(gzip.compress(data, mtime=0))


def read_seeds(folder: Path, seeds: Sequence[int] | None = None) -> list[dict[str, Any]]:
    """The rows of these seeds; None: of all that a folder has."""
    found = sorted(folder.glob("seed-*.json.gz")) if seeds is None else [folder / f"seed-{n}.json.gz" for n in seeds]
    return [row for path in found for row in json.loads(gzip.decompress(path.read_bytes()))]


def write_report(results: Results, folder: Path) -> None:
    """results.csv, and the table on the terminal."""
    lines = summarise(results)
    names: dict[str, None] = {}
    for line in lines:
        names |= dict.fromkeys(line)
    with (folder / "results.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(lines)
    trunk = branches_against_independents(results)
    write_json(folder / "branches.json", trunk)
    _print_gains(trunk, "branches", "independent members")
    console = Console(width=max(Console().width, TABLE_WIDTH))
    for measure in MEASURES:
        console.print(_table([line for line in lines if line["measure"] == measure], measure))


def _print_gains(gains: Mapping[str, Mapping[str, float]], row: str, other: str) -> None:
    for measure, gain in gains.items():
        ends = f"[{100 * gain['low']:+.1f}, {100 * gain['high']:+.1f}]"
        print(f"{measure}: {row} - {other} {100 * gain['mean']:+.1f} {ends} points")


def _table(lines: Sequence[Mapping[str, Any]], measure: str) -> Table:
    table = Table(title=f"{measure}: per cent, and the gains in points", title_justify="left")
    gains = [title for baseline in BASELINES.values() for title in (f"over {baseline}", "p (Holm)", "detectable")]
    for name in ("row", "rate", *gains, "steps", "passes", "seconds"):
        table.add_column(name, justify="left" if name == "row" else "right")
    for line in lines:
        rate = f"{100 * line['rate']:.1f} [{100 * line['low']:.1f}, {100 * line['high']:.1f}]"
        cells = [cell for column in BASELINES for cell in _gain_cells(line, column)]
        table.add_row(
            line["row"], rate, *cells, f"{line['steps']:.0f}", f"{line['passes']:.0f}", f"{line['seconds']:.0f}"
        )
    return table


def _gain_cells(line: Mapping[str, Any], column: str) -> list[str]:
    """A gain with its interval and the databases above and below zero, its p-value, and what would have been seen."""
    if f"{column}_mean" not in line:
        return ["-", "-", "-"]
    mean, low, high, detectable = (100 * line[f"{column}_{name}"] for name in ("mean", "low", "high", "detectable"))
    up, down = line[f"{column}_databases_up"], line[f"{column}_databases_down"]
    return [
        f"{mean:+.1f} [{low:+.1f}, {high:+.1f}] {up:.0f}:{down:.0f}",
        f"{line[f'{column}_p_holm']:.3f}",
        f"{detectable:.1f}",
    ]


def main(folder: str, row: str = "", other: str = "") -> None:
    """The whole report, or what a row gains over another."""
    results = read_seeds(Path(folder))
    if row:
        _print_gains(gains_of(results, row, other), row, other)
    else:
        write_report(results, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
