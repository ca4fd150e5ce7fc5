"""The pictures of the study: accuracy against ratio and against compute, the loss barrier, and cosines."""

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from experiments.ensemble.report import MEASURES
from oraclecoder.records import read_json

MEMBER = "member lr_ratio="
MARKERS = "ox^sDv*"
LIGHT = 0.6
"""Cosines whose square is so light that only black can be read on it."""
KINDS = {MEMBER: "-", "independent lr_ratio=": "--"}


def mean_rate(results: Sequence[Mapping[str, Any]], row: str, measure: str) -> float:
    """The rate of a row in per cent, over all seeds."""
    own = [hit for result in results if result["row"] == row for hit in result["hits"][measure].values()]
    return 100 * float(np.mean(own))


def draw_all(results: Sequence[Mapping[str, Any]], ways: Mapping[str, Path], folder: Path) -> None:
    """Four pictures in a folder that has cosines.json; `ways` are ensembles whose losses on the way are drawn."""
    rows = list(dict.fromkeys(result["row"] for result in results))
    figure, axis = plt.subplots(figsize=(7, 5))
    for (start, line), (number, measure) in itertools.product(KINDS.items(), enumerate(MEASURES)):
        own = sorted((row for row in rows if row.startswith(start)), key=lambda row: _ratio(row))
        rates = [mean_rate(results, row, measure) for row in own]
        label = f"{start.split()[0]}: {measure}"
        axis.plot([_ratio(row) for row in own], rates, line, color=f"C{number}", marker="o", label=label)
    _finish(figure, axis, "lr_ratio", "per cent", folder / "ratio.png", log=True)

    figure, axis = plt.subplots(figsize=(7, 5))
    alone = {start: [row for row in rows if row.startswith(start)] for start in KINDS}
    together = {row: [row] for row in rows if not row.startswith(tuple(KINDS))}
    series = {f"{start.split()[0]}, each lr_ratio": own for start, own in alone.items() if own} | together
    for number, (label, own) in enumerate(series.items()):
        rates = [mean_rate(results, row, "two stages") for row in own]
        marker, colour = MARKERS[number % len(MARKERS)], f"C{number % 10}"
        axis.scatter([_steps(results, row) for row in own], rates, label=label, marker=marker, color=colour)
    _finish(figure, axis, "optimizer steps of both tasks", "two stages, per cent", folder / "compute.png")
    _draw_barrier(ways, folder / "barrier.png")
    _draw_cosines(read_json(folder / "cosines.json"), folder / "cosines.png")


def _steps(results: Sequence[Mapping[str, Any]], row: str) -> float:
    return float(np.mean([sum(result["steps"].values()) for result in results if result["row"] == row]))


def _ratio(row: str) -> float:
    return float(row.split("=")[1])


def _draw_barrier(ways: Mapping[str, Path], path: Path) -> None:
    """Loss on the straight way from best member to best merge, as recipes have it; dashed lines have no trunk."""
    figure, axis = plt.subplots(figsize=(7, 5))
    colours: dict[tuple[str, str], str] = {}
    for name, file in [(name, file) for name, folder in ways.items() for file in sorted(folder.glob("*/recipe.json"))]:
        recipe = read_json(file)
        if recipe["path_losses"]:
            cosine = min((value for n, row in enumerate(recipe["cosines"]) for value in row[:n]), default=1.0)
            label = f"{name}, {recipe['task']}, lowest cosine {cosine:.2f}"
            line = "--" if "independent" in name else "-"
            colour = colours.setdefault((name.split(",")[0], recipe["task"]), f"C{len(colours)}")
            way = np.linspace(0, 1, len(recipe["path_losses"]))
            axis.plot(way, recipe["path_losses"], line, color=colour, marker="o", label=label)
    _finish(figure, axis, "way from the best member to the merge", "validation loss, nats", path)


def _draw_cosines(shapes: Mapping[str, Sequence[Sequence[float]]], path: Path) -> None:
    figure, axes = plt.subplots(1, len(shapes), figsize=(3.2 * len(shapes), 3.5))
    for axis, (name, table) in zip(np.atleast_1d(axes), shapes.items(), strict=True):
        axis.imshow(table, vmin=0, vmax=1)
        axis.set_title(name, fontsize=8)
        axis.set_xlabel("members by lr_ratio", fontsize=8)
        axis.set(xticks=[], yticks=[])
        for n, row in enumerate(table):
            for m, value in enumerate(row):
                colour = "black" if value > LIGHT else "white"
                axis.text(m, n, f"{value:.2f}", ha="center", va="center", fontsize=7, color=colour)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    plt.close(figure)


def _finish(figure: Any, axis: Any, x: str, y: str, path: Path, *, log: bool = False) -> None:
    axis.set_xlabel(x)
    axis.set_ylabel(y)
    axis.grid(alpha=0.3)
    axis.legend(fontsize=6, loc="center left", bbox_to_anchor=(1, 0.5), handlelength=3.5)
    if log:
        axis.set_xscale("log", base=2)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    plt.close(figure)
