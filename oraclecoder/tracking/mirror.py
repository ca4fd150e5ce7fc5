"""Weights & Biases as a mirror of the local files, offline unless asked otherwise. The only file that knows wandb."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from oraclecoder.config import Tracker, TrackingConfig
from oraclecoder.records import read_json, write_json

LINEAGE = "lineage.json"


class Mirror:
    """Where metrics and artifacts are copied to; this one copies nothing (tracking=none)."""

    def log(self, values: dict[str, Any]) -> None:
        """Copy one record."""

    def summarize(self, values: dict[str, Any]) -> None:
        """Copy the final numbers."""

    def log_folder(self, folder: Path, *, name: str, alias: str, kind: str, metadata: dict[str, Any]) -> None:
        """Copy a folder as an artifact, found again as name:alias."""


class WandbMirror(Mirror):
    """Copies to one W&B run."""

    def __init__(self, run: Any) -> None:
        self._run = run

    def log(self, values: dict[str, Any]) -> None:
        """Copy one record, at its own step."""
        self._run.log({name: value for name, value in values.items() if name != "time"}, step=values.get("step"))

    def summarize(self, values: dict[str, Any]) -> None:
        """Copy the final numbers."""
        self._run.summary.update(values)

    def log_folder(self, folder: Path, *, name: str, alias: str, kind: str, metadata: dict[str, Any]) -> None:
        """Copy a folder as an artifact, straight from where it lies."""
        import wandb

        artifact = wandb.Artifact(name, type=kind, metadata=metadata)
        artifact.add_dir(str(folder.resolve()), policy="immutable", skip_cache=True)
        self._run.log_artifact(artifact, aliases=["latest", alias])


@contextmanager
def mirror(
    config: TrackingConfig,
    folder: Path,
    *,
    job_type: str,
    name: str,
    group: str,
    settings: dict[str, Any],
    inputs: Sequence[str] = (),
) -> Iterator[Mirror]:
    """A mirror for one job. `inputs` are artifacts it was made from, written to lineage.json beside the run's files,
    since offline W&B cannot record them; `replay_lineage` does so when online."""
    lineage = {"job_type": job_type, "name": name, "group": group, "inputs": list(inputs)}
    write_json(folder / LINEAGE, lineage)
    if config.name is Tracker.none:
        yield Mirror()
        return
    import wandb

    os.environ["WANDB_DATA_DIR"] = str(folder.resolve())  # artifacts are staged beside the run, not under home
    os.environ.setdefault("WANDB_SILENT", "true")
    with wandb.init(
        mode=config.mode.value,
        project=config.project,
        entity=config.entity,
        group=group,
        job_type=job_type,
        name=name,
        config=settings,
        dir=str(folder),
        reinit="finish_previous",
    ) as run:
        if config.mode.value == "online":
            replay_lineage(run, folder)
        write_json(folder / LINEAGE, lineage | {"run": run.path, "url": run.url})
        yield WandbMirror(run)


def replay_lineage(run: Any, folder: Path) -> None:
    """Tell an online W&B run which artifacts it was made from."""
    for name in read_json(folder / LINEAGE)["inputs"]:
        run.use_artifact(name)
