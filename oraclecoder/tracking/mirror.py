"""Weights & Biases as a mirror of the local files, offline unless asked otherwise. The only file that knows wandb."""

import logging
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from oraclecoder.config import Tracker, TrackingConfig, WandbMode
from oraclecoder.errors import ConfigError, RunError
from oraclecoder.records import read_json, write_json

logger = logging.getLogger(__name__)
LINEAGE = "lineage.json"


class Mirror:
    """Where metrics and artifacts are copied to; this one copies nothing (tracking=none).

    lineage.json, beside the run's files, says what the run was made from and what it made, as offline W&B cannot.
    """

    def __init__(self, folder: Path, lineage: dict[str, Any]) -> None:
        self._path, self._lineage = folder / LINEAGE, lineage
        write_json(self._path, lineage)

    def log(self, values: dict[str, Any]) -> None:
        """Copy one record."""

    def summarize(self, values: dict[str, Any]) -> None:
        """Copy the final numbers."""

    def log_folder(self, folder: Path, *, name: str, alias: str, kind: str, metadata: dict[str, Any]) -> None:
        """Copy a folder as an artifact, found again as name:alias."""
        made = {"artifact": f"{name}:{alias}", "type": kind, "folder": str(folder.resolve())}
        self._lineage["outputs"].append(made)
        write_json(self._path, self._lineage)


class WandbMirror(Mirror):
    """Copies to one W&B run."""

    def __init__(self, folder: Path, lineage: dict[str, Any], run: Any) -> None:
        super().__init__(folder, lineage | {"run": run.id, "url": run.url})
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
        super().log_folder(folder, name=name, alias=alias, kind=kind, metadata=metadata)

    def use_inputs(self) -> None:
        """Tell an online run what it was made from; what cannot be told now is replayed later."""
        import wandb

        try:
            for name in self._lineage["inputs"]:
                self._run.use_artifact(name)
            self._lineage["replayed"] = True
            write_json(self._path, self._lineage)
        except (wandb.errors.Error, ValueError) as error:
            logger.warning("%s; `python -m oraclecoder.tracking.replay` tells it later", _first_line(error))


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
    """A mirror for one job, whose W&B run is marked as failed if the job ends in an error.

    `inputs` are the artifacts that it was made from, as name:alias.

    Raises:
        ConfigError: if W&B is to be online and is not.
    """
    lineage: dict[str, Any] = {
        "job_type": job_type,
        "name": name,
        "group": group,
        "project": config.project,
        "entity": config.entity,
        "run": None,
        "url": None,
        "inputs": list(inputs),
        "outputs": [],
        "replayed": False,
    }
    if config.name is Tracker.none:
        yield Mirror(folder, lineage)
        return
    home = folder.resolve()  # nothing is staged outside the run's folder
    with _environment(WANDB_DATA_DIR=str(home), WANDB_CACHE_DIR=str(home / "wandb" / "cache"), WANDB_SILENT="true"):
        run = _begin(config, folder, group=group, job_type=job_type, name=name, settings=settings)
        copy = WandbMirror(folder, lineage, run)
        try:
            if config.mode is WandbMode.online:
                copy.use_inputs()
            yield copy
        except BaseException:
            run.finish(exit_code=1)
            raise
        run.finish()


def _begin(
    config: TrackingConfig, folder: Path, *, group: str, job_type: str, name: str, settings: dict[str, Any]
) -> Any:
    import wandb

    try:
        return wandb.init(
            mode=config.mode.value,
            project=config.project,
            entity=config.entity,
            id=secrets.token_hex(4),
            group=group,
            job_type=job_type,
            name=name,
            config=settings,
            dir=str(folder),
            reinit="finish_previous",
            settings=wandb.Settings(console="off"),
        )
    except wandb.errors.Error as error:
        raise ConfigError(
            f"tracking.mode={config.mode.value} does not work ({_first_line(error)}); run `wandb login`, or set "
            "tracking.mode=offline or tracking=none"
        ) from error


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0].rstrip(". ")


def connect() -> Any:
    """W&B's public API.

    Raises:
        ConfigError: if there is no account to use.
    """
    import wandb

    try:
        return wandb.Api()
    except (wandb.errors.Error, ValueError) as error:
        raise ConfigError(f"W&B cannot be reached ({_first_line(error)}); run `wandb login`") from error


def replay(folder: Path, api: Any, *, entity: str | None = None, link: str | None = None) -> int:
    """Tell W&B what the synced run of this folder was made from, and link what it made to a collection.

    Returns how many artifacts were told; 0 if that was done before, or if the run has no copy in W&B.

    Raises:
        RunError: if the run or one of its artifacts is not online.
    """
    import wandb

    lineage = read_json(folder / LINEAGE)
    if lineage["run"] is None or (lineage["replayed"] and link is None):
        return 0
    place = f"{entity or lineage['entity'] or api.default_entity}/{lineage['project']}"
    inputs = [] if lineage["replayed"] else lineage["inputs"]
    outputs = [made["artifact"] for made in lineage["outputs"]] if link is not None else []
    try:
        run = api.run(f"{place}/{lineage['run']}")
        for name in inputs:
            run.use_artifact(api.artifact(f"{place}/{name}"))
        for name in outputs:
            api.artifact(f"{place}/{name}").link(link)
    except (wandb.errors.Error, ValueError) as error:
        raise RunError(
            f"{folder}: {_first_line(error)}; bring it online first, with `wandb sync {folder}/wandb/offline-run-*`"
        ) from error
    write_json(folder / LINEAGE, lineage | {"replayed": True})
    return len(inputs) + len(outputs)
