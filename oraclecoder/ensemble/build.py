"""Build an ensemble folder: per task one merged adapter, and the recipe that says how it came about."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from oraclecoder.config import EnsembleConfig
from oraclecoder.ensemble.lowrank import cosines, norm, relative_error
from oraclecoder.ensemble.methods import merge
from oraclecoder.ensemble.select import choose_weights, read_settings, refuse_mismatch, sound
from oraclecoder.errors import RunError
from oraclecoder.model.factors import read_factors, write_factors
from oraclecoder.records import read_json, write_json
from oraclecoder.runs import Run

logger = logging.getLogger(__name__)
RECIPE = "recipe.json"
LOW_COSINE = 0.3


@dataclass(frozen=True)
class Member:
    """A run in an ensemble. `adapter` is where it was when the ensemble was built."""

    run: str
    adapter: str
    lr_ratio: float
    score: float
    weight: float
    sha256: str


@dataclass(frozen=True)
class Recipe:
    """How a merged adapter came about, and what it needs to be served. Members stand best first."""

    task: str
    members: tuple[Member, ...]
    refused: dict[str, str]
    method: str
    rank: int
    scale: float
    energy_kept: float
    delta_error: float
    norm_ratio: float
    cosines: list[list[float]]
    base_name: str
    base_fingerprint: str
    prompt_version: str
    model_settings: dict[str, Any]
    task_settings: dict[str, Any]
    dataset_settings: dict[str, Any]
    commit: str


def build_task(runs: Sequence[Run], config: EnsembleConfig, folder: Path, *, commit: str) -> Recipe:
    """Merge the best runs of one task into folder/adapter and write folder/recipe.json.

    Raises:
        RunError: if no run is usable, or the members do not fit together.
        AdapterError: if a member is no sum of B·A.
    """
    usable, refused = sound(runs)
    if not usable:
        reasons = "; ".join(f"{name} {reason}" for name, reason in refused.items())
        raise RunError(f"no run can be merged ({reasons}); train again")
    members = usable[: config.top_k]
    identity = refuse_mismatch(members)
    weights = choose_weights([run.status.score or 0.0 for run in members], config)
    adapters = [read_factors(run.adapter) for run in members]
    merged = merge(adapters, weights, method=config.method, rank=config.rank, scale=config.scale)
    write_factors(merged.adapter, folder / "adapter", like=members[0].adapter, identity=identity)
    written = read_factors(folder / "adapter")
    table = cosines(adapters)
    _warn_of_distance(members, table)
    settings = read_settings(members[0])
    recipe = Recipe(
        task=identity.task,
        members=tuple(_member(run, weight) for run, weight in zip(members, weights, strict=True)),
        refused=refused,
        method=config.method.value,
        rank=max(factors.rank for factors in written.values()),
        scale=config.scale,
        energy_kept=merged.energy_kept,
        delta_error=relative_error(written, adapters, [config.scale * weight for weight in weights]),
        norm_ratio=norm(written) / (sum(map(norm, adapters)) / len(adapters)),
        cosines=table,
        base_name=identity.base_name,
        base_fingerprint=identity.base_fingerprint,
        prompt_version=identity.prompt_version,
        model_settings=settings["model"],
        task_settings=settings["task"],
        dataset_settings=settings["dataset"],
        commit=commit,
    )
    write_json(folder / RECIPE, asdict(recipe))
    return recipe


def _member(run: Run, weight: float) -> Member:
    sha256 = read_json(run.adapter / "identity.json")["sha256"]
    score = run.status.score or 0.0
    return Member(run.folder.name, str(run.adapter.resolve()), run.status.lr_ratio, score, weight, sha256)


def _warn_of_distance(members: Sequence[Run], table: Sequence[Sequence[float]]) -> None:
    pairs = [(table[i][j], i, j) for i in range(len(members)) for j in range(i)]
    if pairs and min(pairs)[0] < LOW_COSINE:
        cosine, i, j = min(pairs)
        logger.warning(
            "the deltas of %s and %s have cosine %.2f; below %.1f an average is rarely better than its members",
            members[i].folder.name, members[j].folder.name, cosine, LOW_COSINE,
        )  # fmt: skip


def read_recipe(folder: Path) -> Recipe:
    """The recipe of one task's folder.

    Raises:
        RunError: if there is none.
    """
    if not (folder / RECIPE).is_file():
        raise RunError(f"{folder} holds no {RECIPE}; build it with `python -m oraclecoder.merge`")
    values: Mapping[str, Any] = read_json(folder / RECIPE)
    return Recipe(**dict(values) | {"members": tuple(Member(**member) for member in values["members"])})


def read_ensemble(folder: Path) -> dict[str, Recipe]:
    """The recipes of an ensemble folder by task; it holds one task or both.

    Raises:
        RunError: if it holds none.
    """
    found = {path.parent.name: read_recipe(path.parent) for path in sorted(folder.glob(f"*/{RECIPE}"))}
    if not found:
        raise RunError(f"{folder} holds no ensemble; build one with `python -m oraclecoder.merge`")
    return found


def newest_ensemble(output_dir: Path) -> Path:
    """The ensemble that was built last.

    Raises:
        RunError: if there is none.
    """
    folders = sorted({path.parent.parent for path in (output_dir / "ensembles").glob(f"*/*/{RECIPE}")})
    if not folders:
        raise RunError(f"there is no ensemble below {output_dir}/ensembles; build one with `make ensemble`")
    return folders[-1]
