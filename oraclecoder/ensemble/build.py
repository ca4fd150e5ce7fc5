"""Build an ensemble folder: per task what answers it, and the recipe that says how it came about."""

import logging
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from oraclecoder.config import EnsembleConfig, MemberWeights, MergeMethod, Vote
from oraclecoder.ensemble.candidates import Candidate, Kind, make, singles
from oraclecoder.ensemble.entrants import Entrant, row_of
from oraclecoder.ensemble.gate import Bench, Judged
from oraclecoder.ensemble.losses import LossMeter
from oraclecoder.ensemble.methods import Merged, merge
from oraclecoder.ensemble.recipe import ADAPTER, Member, Recipe, Row, Served, seen_from
from oraclecoder.ensemble.sanity import DeltaChecks, ServedChecks, check_deltas, check_served
from oraclecoder.ensemble.team import Team
from oraclecoder.ensemble.weights import softmax, uniform
from oraclecoder.judge.report import plain
from oraclecoder.model.factors import Adapter, read_factors, write_factors
from oraclecoder.records import read_json, write_json
from oraclecoder.runs import RECIPE

logger = logging.getLogger(__name__)
UNJUDGED = {
    "measure": None,
    "chosen_on": None,
    "accepted_on": None,
    "why": "merged as configured (ensemble.gate=false)",
}


@dataclass(frozen=True)
class Outcome:
    """What is served for a task, the merge that is checked, and what the gate found on the way."""

    served: Candidate
    merge: Candidate
    decision: dict[str, Any]
    rows: tuple[Row, ...] = ()
    cost: dict[str, int] = field(default_factory=dict)


def as_configured(team: Team, config: EnsembleConfig) -> Outcome:
    """The merge that the configuration names, without the gate."""
    alike = config.weights is MemberWeights.uniform
    weights = uniform(len(team.runs)) if alike else softmax(team.scores, config.temperature)
    as_it_is = (
        len(team.runs) == 1 and config.method is MergeMethod.average and config.rank is None and config.scale == 1
    )
    made = Candidate(
        config.method.value,
        Kind.single if as_it_is else Kind.merged,
        tuple(weights),
        method=config.method,
        rank=config.rank,
        scale=config.scale,
        density=config.density,
        seed=config.seed,
    )
    return Outcome(made, made, UNJUDGED | {"served": {team.task: made.name}})


def as_judged(bench: Bench, served: Entrant, judged: Judged) -> Outcome:
    """What the gate found for one task."""
    rows = tuple(row_of(one, bench.team, judged.databases) for one in bench.entrants)
    made = served if served.candidate.kind is Kind.merged else bench.best_merge
    cost = {
        "member_steps": bench.team.training_steps,
        "loss_passes": bench.meter.num_passes,
        "loss_questions": bench.meter.num_questions,
    }
    return Outcome(served.candidate, made.candidate, judged.decision, rows, cost)


def build_task(team: Team, outcome: Outcome, folder: Path, *, commit: str, meter: LossMeter | None = None) -> Recipe:
    """Write what is served of one task to folder/adapter, and folder/recipe.json.

    The checks after a merge take the base of the meter; without it only the deltas are checked.
    """
    for leftover in folder.glob("candidate-*"):
        shutil.rmtree(leftover)
    served = _serve(team, outcome.served, folder)
    merged, checks, on_base = _checked(team, outcome.merge, folder, meter)
    lines = [*checks.lines(), *(on_base.lines() if on_base is not None else [])]
    for line in lines:
        if line.startswith("warning: "):
            logger.warning("%s, %s: %s", team.task, outcome.merge.name, line.removeprefix("warning: "))
    recipe = Recipe(
        task=team.task,
        served=served,
        decision=outcome.decision,
        members=_members(team, outcome.served, folder),
        refused=team.refused,
        candidates=outcome.rows,
        cost=outcome.cost,
        method=outcome.merge.method.value,
        rank=max(factors.rank for factors in merged.adapter.values()),
        scale=outcome.merge.scale,
        energy_kept=merged.energy_kept,
        delta_error=checks.delta_error,
        norm_ratio=checks.norm_ratio,
        cosines=checks.cosines,
        sanity=lines,
        path_losses=list(on_base.path_losses) if on_base is not None else [],
        base_name=team.identity.base_name,
        base_fingerprint=team.identity.base_fingerprint,
        prompt_version=team.identity.prompt_version,
        model_settings=team.settings["model"],
        task_settings=team.settings["task"],
        dataset_settings=team.settings["dataset"],
        commit=commit,
    )
    write_json(folder / RECIPE, plain(recipe))
    return recipe


def _checked(
    team: Team, made: Candidate, folder: Path, meter: LossMeter | None
) -> tuple[Merged, DeltaChecks, ServedChecks | None]:
    """The merge, with the checks of its deltas as they are read from disk and of what it is on the meter's base."""
    merged, place = make(made, team), folder / "candidate-checked"
    checks = check_deltas(
        _from_disk(merged.adapter, team, place),
        team.adapters,
        made.weights,
        alone=_from_disk(merge(team.adapters[:1], [1.0], method=made.method).adapter, team, folder / "candidate-alone"),
        method=made.method,
        rank=made.rank,
        scale=made.scale,
    )
    on_base = None if meter is None else _check_on_base(meter, made, merged.adapter, place)
    for checked in folder.glob("candidate-*"):
        shutil.rmtree(checked)
    return merged, checks, on_base


def _serve(team: Team, served: Candidate, folder: Path) -> Served:
    """Put the one adapter that answers into the folder, or name the members that answer together."""
    if served.kind is Kind.committee:
        adapters = [seen_from(folder, team.runs[number].adapter) for number in served.members]
        weights = [served.weights[number] for number in served.members] if served.vote is Vote.logits else []
        return Served(
            served.kind, served.name, adapters, served.vote.value, weights, served.num_samples, served.temperature
        )
    if served.kind in (Kind.single, Kind.distilled):
        shutil.copytree(served.adapter or team.runs[served.members[0]].adapter, folder / ADAPTER)
    else:
        like = team.runs[0].adapter
        write_factors(make(served, team).adapter, folder / ADAPTER, like=like, identity=team.identity)
    return Served(served.kind, served.name, [ADAPTER])


def _members(team: Team, served: Candidate, folder: Path) -> tuple[Member, ...]:
    return tuple(
        Member(
            run=run.folder.name,
            adapter=seen_from(folder, run.adapter),
            lr_ratio=run.status.lr_ratio,
            score=run.status.score or 0.0,
            weight=weight,
            sha256=read_json(run.adapter / "identity.json")["sha256"],
        )
        for run, weight in zip(team.runs, served.weights, strict=True)
    )


def _from_disk(adapter: Adapter, team: Team, folder: Path) -> Adapter:
    """What is read back when it was written."""
    write_factors(adapter, folder, like=team.runs[0].adapter, identity=team.identity)
    return read_factors(folder)


def _check_on_base(meter: LossMeter, made: Candidate, adapter: Adapter, place: Path) -> ServedChecks | None:
    """The checks on the base that will serve of the merge that lies there; none where there is nothing to merge."""
    if made.kind is not Kind.merged:
        return None
    return check_served(
        meter.base,
        adapter,
        place,
        best=meter.team.adapters[0],
        loss=meter.loss_of,
        token_ids=_some_tokens(meter),
        ends=(meter.loss(singles(meter.team)[0]), meter.loss(made)),
    )


def _some_tokens(meter: LossMeter) -> torch.Tensor:
    """A real question as token ids [1, length]."""
    group = meter.groups[0]
    return torch.tensor([[*group.prefix, *group.members[0].question]], device=meter.base.device)
