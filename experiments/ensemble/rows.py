"""The rows of the study: who answers a task, and the optimizer steps that it took to have them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from experiments.ensemble.plan import Study, ranked
from oraclecoder.answer.panel import Panel
from oraclecoder.config import MergeConfig, MergeMethod, Vote
from oraclecoder.ensemble.lowrank import cosines
from oraclecoder.ensemble.methods import merge
from oraclecoder.ensemble.recipe import panel_of, read_recipe
from oraclecoder.ensemble.team import Team, gather, training_steps
from oraclecoder.fingerprint import digest_value
from oraclecoder.merge import merge as merge_command
from oraclecoder.model.adapter_files import read_identity
from oraclecoder.model.factors import read_factors, write_factors
from oraclecoder.runs import Run
from oraclecoder.training.trainer import KEPT

SAMPLE_TEMPERATURE = 0.7
DENSITY = 0.7
EQUAL_COMPUTE = "one run of equal compute"
TEAMS = {"trunk": "branches", "no trunk": "independent", "other seeds": "seeds", "folds": "folds"}
BUILT_BY = {
    "branches": ["ensemble=auto"],
    "folds": ["ensemble=distilled", "ensemble.top_k=100"],
    "independent": ["ensemble=merged", "ensemble.gate=false"],
}


@dataclass(frozen=True)
class Built:
    """Who answers a row, and the optimizer steps of all runs that it is made of or was chosen among."""

    panel: Panel
    steps: int


def rows_of(study: Study, task: str, seed: int, runs: Mapping[str, list[Run]]) -> dict[str, Built]:
    """The rows of one task and seed, by name."""
    place = study.output / "built" / f"{task}-{seed}"
    found = {f"member lr_ratio={run.status.lr_ratio:g}": _one(run) for run in runs["branches"]}
    found |= {f"independent lr_ratio={run.status.lr_ratio:g}": _one(run) for run in runs["independent"]}
    found["best member"] = Built(Panel((ranked(runs["branches"])[0].adapter,)), training_steps(runs["branches"]))
    found["ratio 1, lr tuned as long"] = Built(
        Panel((ranked(runs["ratio1"])[0].adapter,)), training_steps(runs["ratio1"])
    )
    return found | _long_rows(task, runs, place) | _merge_rows(runs, place) | _together_rows(task, runs)


def _long_rows(task: str, runs: Mapping[str, list[Run]], place: Path) -> dict[str, Built]:
    """One run of equal compute, its last checkpoints averaged, and its vote over as many samples as there are members.

    That its ratio was chosen among the independent runs is not counted, in its favour.
    """
    (long,) = runs["long"]
    kept = sorted((long.folder / KEPT).iterdir(), key=lambda folder: int(folder.name))
    average = _merge([*kept[len(kept) // 2 :]], place, like=long.adapter)
    rows = {EQUAL_COMPUTE: _one(long), "its checkpoints averaged": Built(Panel((average,)), long.status.steps)}
    if task == "sql_generation":
        rows["its self-consistency"] = Built(_samples(long, len(runs["branches"])), long.status.steps)
    return rows


def _merge_rows(runs: Mapping[str, list[Run]], place: Path) -> dict[str, Built]:
    """One adapter of several: the average with and without a trunk, and of the branches the other methods."""
    rows = {}
    for name, group in (("trunk", "branches"), ("no trunk", "independent")):
        adapters = [run.adapter for run in runs[group]]
        rows[f"average, {name}"] = Built(Panel((_merge(adapters, place),)), training_steps(runs[group]))
    branches, steps = [run.adapter for run in runs["branches"]], training_steps(runs["branches"])
    rank = max(factors.rank for factors in read_factors(branches[0]).values())
    rows["average at the members' rank, trunk"] = Built(Panel((_merge(branches, place, rank=rank),)), steps)
    for method in (MergeMethod.ties, MergeMethod.dare):
        merged = _merge(branches, place, method=method, density=DENSITY)
        rows[f"{method.value.upper()}, trunk"] = Built(Panel((merged,)), steps)
    return rows


def _together_rows(task: str, runs: Mapping[str, list[Run]]) -> dict[str, Built]:
    """Members who answer together, by logits, by votes, or one after the other."""
    steps, swept = {group: training_steps(own) for group, own in runs.items()}, training_steps(runs["branches"])
    steps["folds"] += swept  # its ratios were chosen by the sweep
    rows = {}
    for name, group in TEAMS.items():
        adapters = tuple(run.adapter for run in ranked(runs[group]))
        rows[f"committee, {name}"] = Built(Panel(adapters, Vote.logits), steps[group])
        if task == "sql_generation" and group != "folds":
            rows[f"first that finds something, {name}"] = Built(Panel(adapters, Vote.first), steps[group])
    branches = tuple(run.adapter for run in ranked(runs["branches"]))
    if task == "sql_generation":
        best = _samples(ranked(runs["branches"])[0], len(branches))
        rows["self-consistency of the best member"] = Built(best, swept)
        rows["vote by execution, trunk"] = Built(Panel(branches, Vote.execution), swept)
    else:
        rows["union of links, trunk"] = Built(Panel(branches, Vote.union), swept)
    return rows


def gated_rows(study: Study, seed: int, runs: Mapping[str, Mapping[str, list[Run]]]) -> dict[str, dict[str, Built]]:
    """Per task what the gate serves of the branches, and what the folds' members taught; fixed on validation."""
    found: dict[str, dict[str, Built]] = {task: {} for task in runs}
    for name, group in (("what the gate serves", "branches"), ("distilled", "folds")):
        folder = merged_folder(study, seed, group, runs)
        for task in runs:
            recipe = read_recipe(folder / task)
            panel, steps = panel_of(recipe, folder / task), training_steps(runs[task][group])
            if name == "distilled":
                (row,) = [row for row in recipe.candidates if row.kind == "distilled"]
                panel = Panel((study.output / "runs" / row.run / "adapter",))
                steps = row.steps + training_steps(runs[task]["branches"])
            found[task][name] = Built(panel, steps)
    return found


def merged_folder(study: Study, seed: int, group: str, runs: Mapping[str, Mapping[str, list[Run]]]) -> Path:
    """The ensemble of a group's runs, built once; independents are only averaged, for the losses on the way."""
    members = [str(run.folder) for own in runs.values() for run in own[group]]
    note = study.output / "built" / f"{seed}-{group}-{digest_value(members)}.txt"
    if not note.is_file():
        config: MergeConfig = study.compose("merge", *BUILT_BY[group], "tracking=none", f"output_dir={study.output}")
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(str(merge_command(replace(config, runs=members))))
    return Path(note.read_text())


def _one(run: Run) -> Built:
    return Built(Panel((run.adapter,)), run.status.steps + run.status.trunk_steps)


def _samples(run: Run, number: int) -> Panel:
    return Panel((run.adapter,), Vote.execution, num_samples=number, temperature=SAMPLE_TEMPERATURE)


def _merge(adapters: Sequence[Path], place: Path, *, like: Path | None = None, **how: Any) -> Path:
    """The members with equal weights as one adapter, at full rank unless another is given."""
    folder = place / digest_value([[str(adapter) for adapter in adapters], {key: str(one) for key, one in how.items()}])
    if not folder.is_dir():
        members, like = [read_factors(adapter) for adapter in adapters], like or adapters[0]
        merged = merge(members, [1 / len(members)] * len(members), **how).adapter
        write_factors(merged, folder, like=like, identity=read_identity(like))
    return folder


def geometry(runs: Sequence[Run]) -> list[list[float]]:
    """Pairwise cosines of the runs' deltas."""
    return cosines([read_factors(run.adapter) for run in runs])


def team_of(study: Study, runs: Sequence[Run]) -> Team:
    """The runs as a team of the ensemble, for how they are asked."""
    return gather(runs, study.compose("merge").ensemble)
