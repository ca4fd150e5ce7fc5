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
    """The rows of one task and seed, by name: those of the groups that were trained."""
    makers = {
        "branches": _branch_rows, "independent": _independent_rows, "ratio1": _tuned_rows,
        "seeds": _seed_rows, "folds": _fold_rows, "long": _long_rows,
    }  # fmt: skip
    place = study.output / "built" / f"{task}-{seed}"
    found: dict[str, Built] = {}
    for group in runs:
        found |= makers[group](task, runs, place)
    return found


def _branch_rows(task: str, runs: Mapping[str, list[Run]], place: Path) -> dict[str, Built]:
    """Each branch, the best one, one adapter of all in four ways, and all of them together."""
    branches = ranked(runs["branches"])
    adapters, steps = [run.adapter for run in runs["branches"]], training_steps(branches)
    rank = max(factors.rank for factors in read_factors(adapters[0]).values())
    rows = {f"member lr_ratio={run.status.lr_ratio:g}": _one(run) for run in runs["branches"]}
    rows["best member"] = Built(Panel((branches[0].adapter,)), steps)
    rows["average, trunk"] = Built(Panel((_merge(adapters, place),)), steps)
    rows["average at the members' rank, trunk"] = Built(Panel((_merge(adapters, place, rank=rank),)), steps)
    for method in (MergeMethod.ties, MergeMethod.dare):
        merged = _merge(adapters, place, method=method, density=DENSITY)
        rows[f"{method.value.upper()}, trunk"] = Built(Panel((merged,)), steps)
    if task == "sql_generation":
        rows["self-consistency of the best member"] = Built(_samples(branches[0], len(branches)), steps)
    vote, name = (Vote.execution, "vote by execution") if task == "sql_generation" else (Vote.union, "union of links")
    rows[f"{name}, trunk"] = Built(Panel(tuple(run.adapter for run in branches), vote), steps)
    return rows | _together(task, "trunk", branches, steps)


def _independent_rows(task: str, runs: Mapping[str, list[Run]], place: Path) -> dict[str, Built]:
    """Each member that was trained alone, their average, and all of them together."""
    alone, steps = runs["independent"], training_steps(runs["independent"])
    rows = {f"independent lr_ratio={run.status.lr_ratio:g}": _one(run) for run in alone}
    rows["average, no trunk"] = Built(Panel((_merge([run.adapter for run in alone], place),)), steps)
    return rows | _together(task, "no trunk", ranked(alone), steps)


def _tuned_rows(task: str, runs: Mapping[str, list[Run]], place: Path) -> dict[str, Built]:
    """Plain LoRA at the best of its rates."""
    best = Panel((ranked(runs["ratio1"])[0].adapter,))
    return {"ratio 1, lr tuned as long": Built(best, training_steps(runs["ratio1"]))}


def _seed_rows(task: str, runs: Mapping[str, list[Run]], place: Path) -> dict[str, Built]:
    """Members of one ratio and different seeds together."""
    return _together(task, "other seeds", ranked(runs["seeds"]), training_steps(runs["seeds"]))


def _fold_rows(task: str, runs: Mapping[str, list[Run]], place: Path) -> dict[str, Built]:
    """The teachers together; their ratios were chosen by the sweep, whose steps count."""
    steps = training_steps(runs["folds"]) + training_steps(runs["branches"])
    return {"committee, folds": Built(Panel(tuple(run.adapter for run in ranked(runs["folds"])), Vote.logits), steps)}


def _long_rows(task: str, runs: Mapping[str, list[Run]], place: Path) -> dict[str, Built]:
    """One run of equal compute, its last checkpoints averaged, and its vote over as many samples as there are members.

    That its ratio was chosen among the independent runs is not counted, in its favour.
    """
    (long,) = runs["long"]
    kept = sorted((long.folder / KEPT).iterdir(), key=lambda folder: int(folder.name))
    average = _merge([*kept[len(kept) // 2 :]], place, like=long.adapter)
    rows = {EQUAL_COMPUTE: _one(long), "its checkpoints averaged": Built(Panel((average,)), long.status.steps)}
    sampled = _samples(long, len(runs["branches"])) if task == "sql_generation" else Panel((long.adapter,))
    return rows | {"its self-consistency": Built(sampled, long.status.steps)}


def _together(task: str, name: str, members: Sequence[Run], steps: int) -> dict[str, Built]:
    """Members, best first, who answer by their averaged logits or, queries, one after the other."""
    adapters = tuple(run.adapter for run in members)
    rows = {f"committee, {name}": Built(Panel(adapters, Vote.logits), steps)}
    if task == "sql_generation":
        rows[f"first that finds something, {name}"] = Built(Panel(adapters, Vote.first), steps)
    return rows


def gated_rows(study: Study, seed: int, runs: Mapping[str, Mapping[str, list[Run]]]) -> dict[str, dict[str, Built]]:
    """Per task what the gate serves of the branches, and what the folds' members taught; fixed on validation."""
    found: dict[str, dict[str, Built]] = {task: {} for task in runs}
    for name, group in (("what the gate serves", "branches"), ("distilled", "folds")):
        if group not in study.wanted:
            continue
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
