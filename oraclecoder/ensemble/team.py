"""The members of an ensemble: the best sound runs of one task, with their deltas and everything they were made with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from oraclecoder.config import (
    AnswerConfig,
    DatasetConfig,
    EnsembleConfig,
    LimitsConfig,
    ModelConfig,
    TaskConfig,
    from_plain,
)
from oraclecoder.ensemble.select import read_settings, refuse_mismatch, sound
from oraclecoder.errors import RunError
from oraclecoder.model.adapter_files import AdapterIdentity
from oraclecoder.model.factors import Adapter, read_factors
from oraclecoder.runs import Run


@dataclass(frozen=True)
class Team:
    """Runs that agree in base, task and prompts, best first, and why others were left out, by folder name."""

    runs: tuple[Run, ...]
    refused: dict[str, str]
    identity: AdapterIdentity
    adapters: tuple[Adapter, ...]
    settings: dict[str, Any]

    @property
    def task(self) -> str:
        """The task of all members."""
        return self.identity.task

    @property
    def scores(self) -> list[float]:
        """What the members scored on the first part of validation when they were trained."""
        return [run.status.score or 0.0 for run in self.runs]

    @property
    def rank(self) -> int:
        """The largest rank of a member."""
        return max(factors.rank for adapter in self.adapters for factors in adapter.values())

    @property
    def training_steps(self) -> int:
        """Optimizer steps of all members, each trunk counted once."""
        return training_steps(self.runs)

    @cached_property
    def asking(self) -> "Asking":
        """How members are asked, as they were when they were trained."""
        return Asking(
            from_plain(ModelConfig, self.settings["model"]),
            from_plain(TaskConfig, self.settings["task"]),
            from_plain(AnswerConfig, self.settings["answer"]),
            from_plain(LimitsConfig, self.settings["limits"]),
        )

    @property
    def dataset(self) -> DatasetConfig:
        """The questions and databases that the members were trained and chosen on."""
        return from_plain(DatasetConfig, self.settings["dataset"])


@dataclass(frozen=True)
class Asking:
    """Everything beside the adapter that decides how a task is answered."""

    model: ModelConfig
    task: TaskConfig
    answer: AnswerConfig
    limits: LimitsConfig


def member_names(ratios: Sequence[float]) -> list[str]:
    """What members are called, best first: by their ratio, and numbered where several have the same."""
    numbers = [f" ({ratios[:place].count(ratio) + 1})" for place, ratio in enumerate(ratios)]
    return [
        f"member lr_ratio={ratio:g}{number if ratios.count(ratio) > 1 else ''}"
        for ratio, number in zip(ratios, numbers, strict=True)
    ]


def training_steps(runs: Sequence[Run]) -> int:
    """Optimizer steps of these runs, each trunk counted once."""
    trunks = {run.status.trunk: run.status.trunk_steps for run in runs if run.status.trunk}
    return sum(run.status.steps for run in runs) + sum(trunks.values())


class NoSoundRun(RunError):
    """No run of a task has an adapter that can be used."""


def gather_all(
    runs: Mapping[str, Sequence[Run]], config: EnsembleConfig
) -> tuple[dict[str, Team], dict[str, NoSoundRun]]:
    """The team of each task, and for the tasks that have no sound run the reason.

    Raises:
        NoSoundRun: if no task has one.
    """
    teams, lost = {}, {}
    for task, own in runs.items():
        try:
            teams[task] = gather(own, config)
        except NoSoundRun as error:
            lost[task] = error
    if not teams:
        raise next(iter(lost.values()))
    return teams, lost


def gather(runs: Sequence[Run], config: EnsembleConfig) -> Team:
    """The best `top_k` sound runs of one task.

    Raises:
        NoSoundRun: if no run is usable.
        RunError: if the members do not fit together.
        AdapterError: if a member is no sum of B·A.
    """
    usable, refused = sound(runs)
    if not usable:
        reasons = "; ".join(f"{name} {reason}" for name, reason in refused.items())
        raise NoSoundRun(f"no run can be merged ({reasons}); train again")
    members = tuple(usable[: config.top_k])
    identity = refuse_mismatch(members)
    adapters = tuple(read_factors(run.adapter) for run in members)
    return Team(members, refused, identity, adapters, read_settings(members[0]))
