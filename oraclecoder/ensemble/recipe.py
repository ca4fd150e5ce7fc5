"""recipe.json: how an ensemble came about, what was tried, and what is to be served. Folders in it are relative."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oraclecoder.answer.panel import Panel
from oraclecoder.config import DatasetConfig, Vote
from oraclecoder.ensemble.candidates import Kind
from oraclecoder.errors import ConfigError, RunError
from oraclecoder.model.adapter_files import read_identity
from oraclecoder.records import read_json
from oraclecoder.runs import RECIPE

ADAPTER = "adapter"


@dataclass(frozen=True)
class Member:
    """A run in an ensemble. `adapter` is where it lies, seen from the recipe, so that outputs can be moved."""

    run: str
    adapter: str
    lr_ratio: float
    score: float
    weight: float
    sha256: str


@dataclass(frozen=True)
class Row:
    """What is known of one candidate.

    `loss` is in nats per answer token, `score` a rate on the choosing part with the ends of its interval, None where
    it was not taken, `recalled` the strict recall of a linker's tables. `passes` are forward passes a token, `steps`
    the optimizer steps that it took to have it. `run` is that of an adapter that was trained for it.
    """

    name: str
    kind: str
    weights: list[float]
    loss: float | None
    score: tuple[float, float, float] | None
    passes: int
    steps: int
    run: str = ""
    recalled: float | None = None


@dataclass(frozen=True)
class Served:
    """What answers the task: adapters, seen from the recipe, and how they do it together."""

    kind: str
    name: str
    adapters: list[str]
    vote: str = Vote.none.value
    weights: list[float] = field(default_factory=list)
    num_samples: int = 1
    temperature: float = 0.0


@dataclass(frozen=True)
class Recipe:
    """How a task's ensemble came about, and what it needs to be served. Members stand best first.

    `served` is what the gate chose and `decision` why; `candidates` are all that were tried. Method, rank, scale and
    the numbers after them are of the merge in `adapter`, or of the best one where another kind is served; a loss on the
    way to it that is not finite is None when it is read back.
    """

    task: str
    served: Served
    decision: dict[str, Any]
    members: tuple[Member, ...]
    refused: dict[str, str]
    candidates: tuple[Row, ...]
    cost: dict[str, int]
    method: str
    rank: int
    scale: float
    energy_kept: float
    delta_error: float
    norm_ratio: float
    cosines: list[list[float]]
    sanity: list[str]
    path_losses: list[float | None]
    base_name: str
    base_fingerprint: str
    prompt_version: str
    model_settings: dict[str, Any]
    task_settings: dict[str, Any]
    dataset_settings: dict[str, Any]
    commit: str


def panel_of(recipe: Recipe, folder: Path) -> Panel:
    """Who answers the task by the recipe of this folder.

    Raises:
        RunError: if an adapter is no longer there, or no longer the same.
    """
    served = recipe.served
    adapters = tuple(_there(recipe, adapter, folder) for adapter in served.adapters)
    return Panel(adapters, Vote(served.vote), tuple(served.weights), served.num_samples, served.temperature)


def member_adapter(recipe: Recipe, number: int, folder: Path) -> Path:
    """The adapter of a member; of a single one that is served, the copy in the ensemble.

    Raises:
        RunError: if it is no longer there, or no longer the same.
    """
    member = recipe.members[number]
    if recipe.served.kind == Kind.single and member.weight > 0:
        return folder / ADAPTER
    return _there(recipe, member.adapter, folder)


def _there(recipe: Recipe, adapter: str, folder: Path) -> Path:
    place, judged = folder / adapter, {member.adapter: member.sha256 for member in recipe.members}
    if not place.is_dir():
        raise RunError(
            f"{folder / RECIPE} names the adapter {place}, which is gone; move runs and ensembles together, or "
            "build the ensemble again with `make ensemble`"
        )
    if adapter in judged and read_identity(place).sha256 != judged[adapter]:
        raise RunError(
            f"{place} was trained again since {folder / RECIPE} was written; build the ensemble again with "
            "`make ensemble`"
        )
    return place


def seen_from(place: Path, adapter: Path) -> str:
    """A folder as the recipe in `place` names it."""
    return os.path.relpath(adapter.resolve(), place.resolve())


def read_recipe(folder: Path) -> Recipe:
    """The recipe of one task's folder.

    Raises:
        RunError: if there is none, or another version wrote it.
    """
    if not (folder / RECIPE).is_file():
        raise RunError(f"{folder} holds no {RECIPE}; build it with `python -m oraclecoder.merge`")
    values: Mapping[str, Any] = read_json(folder / RECIPE)
    try:
        parts = {
            "served": Served(**values["served"]),
            "members": tuple(Member(**member) for member in values["members"]),
            "candidates": tuple(Row(**row) for row in values["candidates"]),
        }
        return Recipe(**dict(values) | parts)
    except (KeyError, TypeError) as error:
        raise RunError(f"{folder / RECIPE} was written by another version ({error}); build it again") from None


def read_ensemble(folder: Path) -> dict[str, Recipe]:
    """The recipes of an ensemble folder by task; it holds one task or both.

    Raises:
        RunError: if it holds none.
    """
    found = {path.parent.name: read_recipe(path.parent) for path in sorted(folder.glob(f"*/{RECIPE}"))}
    if not found:
        raise RunError(f"{folder} holds no ensemble; build one with `python -m oraclecoder.merge`")
    return found


def refuse_learnt(recipes: Mapping[str, Recipe], asked: DatasetConfig) -> None:
    """Refuse to evaluate an ensemble on a split that it was trained on.

    Raises:
        ConfigError: names the split and what to ask instead.
    """
    for task, recipe in recipes.items():
        own = recipe.dataset_settings
        if own["name"] == asked.name.value and asked.split in own["train_splits"]:
            remedy = " ".join(dataset_overrides(recipes))
            raise ConfigError(f"dataset.split={asked.split} is what {task} was trained on; give {remedy}")


def dataset_overrides(recipes: Mapping[str, Recipe]) -> list[str]:
    """What tells a command to take the data set that an ensemble was built on, its generator where tasks differ."""
    settings = list(recipes.values())[-1].dataset_settings
    given = {name: settings[name] for name in ("root", "questions", "split") if settings[name] is not None}
    return [f"dataset={settings['name']}", *(f"dataset.{name}={value}" for name, value in given.items())]
