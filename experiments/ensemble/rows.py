"""The rows of the study: who answers a task, and the optimizer steps that it took to have them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from experiments.ensemble.plan import Study, best_of, total_steps
from oraclecoder.answer.panel import Panel
from oraclecoder.config import MergeConfig, Vote
from oraclecoder.ensemble.lowrank import cosines
from oraclecoder.ensemble.methods import merge
from oraclecoder.ensemble.recipe import panel_of, read_recipe
from oraclecoder.ensemble.team import Team, gather
from oraclecoder.merge import merge as merge_command
from oraclecoder.model.adapter_files import read_identity
from oraclecoder.model.factors import read_factors, write_factors
from oraclecoder.runs import Run
from oraclecoder.training.trainer import KEPT

SAMPLE_TEMPERATURE = 0.7
EQUAL_COMPUTE = "one run of equal compute"


@dataclass(frozen=True)
class Built:
    """Who answers a row, and what it cost in optimizer steps."""

    panel: Panel
    steps: int


def rows_of(study: Study, task: str, seed: int, runs: Mapping[str, list[Run]]) -> dict[str, Built]:
    """The rows of one task and seed, by name."""
    branches, solo = runs["branches"], runs["independent"]
    best, count = best_of(branches), len(branches)
    place = study.output / "built" / f"{task}-{seed}"
    found = {f"member lr_ratio={run.status.lr_ratio:g}": _one(run) for run in branches}
    found |= {f"independent lr_ratio={run.status.lr_ratio:g}": _one(run) for run in solo}
    sweep = total_steps(branches)
    found["best member"] = Built(Panel((best.adapter,)), sweep)
    if runs["ratio1"]:
        tuned = best_of(runs["ratio1"])
        found["ratio 1, lr tuned as long"] = Built(Panel((tuned.adapter,)), total_steps(runs["ratio1"]))
    for long in runs["long"]:
        found[EQUAL_COMPUTE] = _one(long)
        kept = sorted((long.folder / KEPT).iterdir(), key=lambda folder: int(folder.name))
        average = _average([*kept[len(kept) // 2 :]], place / "checkpoints", like=long.adapter)
        found["its checkpoints averaged"] = Built(Panel((average,)), long.status.steps)
    if task == "sql_generation":
        panel = Panel((best.adapter,), Vote.execution, num_samples=count, temperature=SAMPLE_TEMPERATURE)
        found["self-consistency of the best member"] = Built(panel, sweep)
        found["vote by execution, trunk"] = Built(Panel(tuple(run.adapter for run in branches), Vote.execution), sweep)
        for name, members in (("trunk", branches), ("no trunk", solo), ("other seeds", runs["seeds"])):
            ranked = sorted(members, key=lambda run: -(run.status.score or 0.0))
            panel = Panel(tuple(run.adapter for run in ranked), Vote.first)
            found[f"first that finds something, {name}"] = Built(panel, total_steps(members))
    else:
        found["union of links, trunk"] = Built(Panel(tuple(run.adapter for run in branches), Vote.union), sweep)
    teams = {"trunk": branches, "no trunk": solo, "other seeds": runs["seeds"], "folds": runs["folds"]}
    for name, members in teams.items():
        adapters = [run.adapter for run in members]
        steps = total_steps(members)
        if len(members) < 2:
            continue
        if name in ("trunk", "no trunk"):
            merged = _average(adapters, place / f"average-{name.replace(' ', '-')}", like=adapters[0])
            found[f"average, {name}"] = Built(Panel((merged,)), steps)
        found[f"committee, {name}"] = Built(Panel(tuple(adapters), Vote.logits), steps)
    return found


def gated_rows(study: Study, seed: int, runs: Mapping[str, Mapping[str, list[Run]]]) -> dict[str, dict[str, Built]]:
    """Per task what the gate serves of the branches, and what the folds' members taught; fixed on validation."""
    found: dict[str, dict[str, Built]] = {task: {} for task in runs}
    for name, group, overrides in (
        ("what the gate serves", "branches", ["ensemble=auto"]),
        ("distilled", "folds", ["ensemble=distilled"]),
    ):
        folder = _merged(study, seed, name, [run for own in runs.values() for run in own[group]], overrides)
        for task in runs:
            recipe = read_recipe(folder / task)
            panel, steps = panel_of(recipe, folder / task), total_steps(runs[task][group])
            if name == "distilled":
                (row,) = [row for row in recipe.candidates if row.kind == "distilled"]
                panel, steps = Panel((study.output / "runs" / row.run / "adapter",)), row.steps
            found[task][name] = Built(panel, steps)
    return found


def _merged(study: Study, seed: int, name: str, runs: Sequence[Run], overrides: Sequence[str]) -> Path:
    """The ensemble of these runs, built once: its folder is noted beside the groups."""
    note = study.output / "built" / f"{seed}-{name.replace(' ', '-')}.txt"
    if not note.is_file():
        config: MergeConfig = study.compose("merge", *overrides, "tracking=none", f"output_dir={study.output}")
        config = replace(config, runs=[str(run.folder) for run in runs])
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(str(merge_command(config)))
    return Path(note.read_text())


def _one(run: Run) -> Built:
    return Built(Panel((run.adapter,)), run.status.steps + run.status.trunk_steps)


def _average(adapters: Sequence[Path], folder: Path, *, like: Path) -> Path:
    """The uniform average at full rank, written as an adapter."""
    if not folder.is_dir():
        members = [read_factors(adapter) for adapter in adapters]
        merged = merge(members, [1 / len(members)] * len(members)).adapter
        write_factors(merged, folder, like=like, identity=read_identity(like))
    return folder


def geometry(runs: Sequence[Run]) -> list[list[float]]:
    """Pairwise cosines of the runs' deltas."""
    return cosines([read_factors(run.adapter) for run in runs])


def team_of(study: Study, runs: Sequence[Run]) -> Team:
    """The runs as a team of the ensemble, for how they are asked."""
    return gather(runs, study.compose("merge").ensemble)
