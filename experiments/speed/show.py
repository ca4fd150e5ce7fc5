"""Tables and picture of what `measure.py` left in a folder.

python -m experiments.speed.show FOLDER [WHERE]
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt

NAMES = {
    "trl_padded": "TRL padded", "trl_packed": "TRL packed", "padded": "ours, padded", "prefix": "prefix engine",
    "one_by_one": "HF generate, one by one", "batched": "HF generate, batched",
}  # fmt: skip
COLUMNS = ("part", "task", "route", "rows", "attention", "repeat", "examples", "steps", "seconds", "processor_seconds",
           "peak_mb", "before_mb", "token_ratio")  # fmt: skip
Rows = dict[tuple[str, str, str], list[dict[str, Any]]]


def read(folder: Path) -> Rows:
    """Results by part, task and route; of several settings of a route the fastest stands for it."""
    found: dict[tuple[str, str, str], dict[tuple, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.glob("*-*.json")):
        part, task, route, rows, attention, repeat, _ = path.stem.split("-")
        one = json.loads(path.read_text())
        if "failed" not in one:
            found[part, task, route][rows, attention].append(one | {"part": part, "repeat": int(repeat)})
    return {key: min(settings.values(), key=lambda runs: median(map(cost, runs))) for key, settings in found.items()}


def cost(run: dict[str, Any]) -> float:
    """Seconds of one processor on a CPU that others use too, seconds on a GPU."""
    return float(run.get("processor_seconds" if run["shape"] == "nano" else "seconds", 0.0))


def spread(values: list[float], digits: int = 2) -> str:
    """The median, with the smallest and the largest."""
    return f"{median(values):.{digits}f} [{min(values):.{digits}f}, {max(values):.{digits}f}]"


def speed_table(rows: Rows, part: str, task: str, first: str) -> list[str]:
    """A line per route: examples per second, times `first`, peak memory, settings."""
    lines = [
        "| route | batch, attention | examples per second | times | peak MB, above the loaded model | n |",
        "|---|---|---|---|---|---|",
    ]
    baseline = [cost(run) for run in rows.get((part, task, first), [])]
    for (its_part, its_task, route), runs in rows.items():
        if (its_part, its_task) != (part, task):
            continue
        rates = [run["examples"] / cost(run) for run in runs]
        times = f"{median(baseline) / median(map(cost, runs)):.2f}" if baseline else ""
        above = spread([run["peak_mb"] - run.get("before_mb", 0) for run in runs], 0)
        settings = f"{runs[0]['rows']}, {runs[0]['attention']}"
        lines.append(f"| {NAMES[route]} | {settings} | {spread(rates)} | {times} | {above} | {len(runs)} |")
    return lines


def grid_table(runs: list[dict[str, Any]]) -> list[str]:
    """Times that a step by the prefix engine is faster than padded rows; in brackets the ratio of tokens."""
    cells: dict[tuple[int, int], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    ratio = {}
    for run in runs:
        for cell in run["cells"]:
            place = cell["prefix"], cell["questions"]
            cells[place][cell["route"]].append(cost(cell | {"shape": run["shape"]}))
            ratio[place] = cell["token_ratio"]
    counts = sorted({count for _, count in cells})
    lines = [
        "| schema tokens | " + " | ".join(f"{count} question{'s' * (count > 1)}" for count in counts) + " |",
        "|---" * (1 + len(counts)) + "|",
    ]
    for length in sorted({length for length, _ in cells}):
        gains = [
            f"{median(cells[length, n]['padded']) / median(cells[length, n]['prefix']):.1f} ({ratio[length, n]:.1f})"
            for n in counts
        ]
        lines.append(f"| {length} | " + " | ".join(gains) + " |")
    return lines


def same_tokens(folder: Path, task: str) -> str:
    """How many answers of each way of generating are those of one by one."""
    said = {}
    for path in sorted(folder.glob(f"generation-{task}-*-0-*.json")):
        one = json.loads(path.read_text())
        if "answers" in one:
            said[one["route"], one["rows"]] = one["answers"]
    expected = said.get(("one_by_one", 1), [])
    found = [f"{NAMES[route]} ({rows} rows) {sum(a == b for a, b in zip(answers, expected, strict=True))}"
             for (route, rows), answers in said.items() if route != "one_by_one"]  # fmt: skip
    return f"Answers equal to one by one, of {len(expected)}: " + ", ".join(found) if expected else ""


def draw(rows: Rows, path: Path) -> None:
    """Validation loss of the four routes over the steps, and over seconds, one row of axes per task."""
    tasks = sorted({task for part, task, _ in rows if part == "curves"})
    if not tasks:
        return
    figure, axes = plt.subplots(len(tasks), 2, figsize=(10, 3.6 * len(tasks)), squeeze=False, sharey="row")
    for line, task in zip(axes, tasks, strict=True):
        for (part, its_task, route), (run, *_) in rows.items():
            if (part, its_task) != ("curves", task):
                continue
            steps, losses = zip(*run["losses"], strict=True)
            line[0].plot(steps, losses, label=NAMES[route], linestyle="--" if route.startswith("trl") else "-")
            per_step = cost(run) / run["steps"]
            seconds = [step * per_step for step in steps[1:]]  # none have passed at step 0
            line[1].plot(seconds, losses[1:], label=NAMES[route], linestyle="--" if route.startswith("trl") else "-")
        line[0].set(title=task, xlabel="optimizer step", ylabel="validation loss, nats per token")
        line[1].set(title=task, xlabel="seconds of one processor", xscale="log")
        line[0].legend(frameon=False)
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def show(folder: Path, where: Path) -> None:
    """Print the tables; write results.csv and curves.png into `where`."""
    rows = read(folder)
    for task in sorted({task for _, task, _ in rows}):
        for part, first in (("training", "trl_padded"), ("generation", "one_by_one")):
            if any(key[:2] == (part, task) for key in rows):
                ratios = [
                    run["token_ratio"]
                    for key, runs in rows.items()
                    for run in runs
                    if key[:2] == (part, task) and "token_ratio" in run
                ]
                print(f"\n{part}, {task}" + (f", token ratio {ratios[0]:.2f}" if ratios else ""))
                print("\n".join(speed_table(rows, part, task, first)))
        print(same_tokens(folder, task))
    for key, runs in rows.items():
        if key[0] == "grid":
            print("\n".join(grid_table(runs)))
    with (where / "results.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, extrasaction="ignore")
        writer.writeheader()
        for (part, _, _), runs in sorted(rows.items()):
            if part in ("training", "generation", "curves"):
                writer.writerows(
                    {
                        **run,
                        "seconds": round(run["seconds"], 2),
                        "processor_seconds": round(run["processor_seconds"], 2),
                    }
                    for run in runs
                )
    draw(rows, where / "curves.png")


if __name__ == "__main__":
    show(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(sys.argv[1]))
