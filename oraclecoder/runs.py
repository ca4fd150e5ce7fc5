"""What lies in outputs/: runs, each in a folder that bears its identity, sweeps, which are lists of runs, ensembles.

outputs/runs/<task>-<identity>/    config.yaml status.json metrics.jsonl environment.json curve.png adapter/
outputs/sweeps/<time>/             sweep.json, and per job <number>/run.json, which names its run
outputs/ensembles/<time>/<task>/   recipe.json, and the adapter that was merged or chosen
"""

import logging
import os
import time
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from oraclecoder.errors import OracleCoderError, RunError
from oraclecoder.records import read_json, write_json

logger = logging.getLogger(__name__)
RECIPE = "recipe.json"


class State(StrEnum):
    """Where a run or a sweep stands."""

    running = "running"
    done = "done"
    failed = "failed"


@dataclass(frozen=True)
class Status:
    """The state of a run.

    `score` is what members are chosen by: higher is better, on the first part of validation. `steps` are the run's own
    optimizer steps; `trunk` names the run that it branched from, with `trunk_steps` of its own. `validation` is the
    fingerprint of the questions that the run was kept from.
    """

    state: State
    identity: str
    task: str
    lr_ratio: float
    score: float | None = None
    metrics: dict[str, float] = field(default_factory=dict)
    steps: int = 0
    trunk: str = ""
    trunk_steps: int = 0
    validation: str = ""
    seconds: float = 0.0
    attempts: int = 1
    commit: str = ""
    error: str = ""


@dataclass(frozen=True)
class Run:
    """A run's folder and what it says of itself."""

    folder: Path
    status: Status

    @property
    def adapter(self) -> Path:
        """Where its adapter is."""
        return self.folder / "adapter"

    @property
    def usable(self) -> bool:
        """Whether it ended well and has an adapter."""
        return self.status.state is State.done and self.adapter.is_dir()


def run_folder(output_dir: Path, task: str, identity: str) -> Path:
    """Where the run of this identity lies."""
    return output_dir / "runs" / f"{task}-{identity}"


def write_status(folder: Path, status: Status) -> None:
    """Replace status.json atomically."""
    write_json(folder / "status.json", asdict(status))


def read_run(folder: Path) -> Run:
    """A run from its folder.

    Raises:
        RunError: if there is no run in the folder, or another version wrote it.
        DataError: if its status is not JSON.
    """
    path = folder / "status.json"
    if not path.is_file():
        raise RunError(f"{folder} is not a run (no status.json); name a folder below outputs/runs")
    values = read_json(path)
    try:
        return Run(folder, Status(**values | {"state": State(values["state"])}))
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{path} was written by another version ({error}); remove {folder} and train again") from None


@dataclass(frozen=True)
class Sweep:
    """A sweep's folder, whether it has ended, the runs of its jobs that got as far as having one, the reasons of the
    jobs that failed, by their overrides, and when it began or ended."""

    folder: Path
    state: State
    num_jobs: int
    runs: tuple[Run, ...]
    failures: dict[str, str]
    time: str


def begin_sweep(folder: Path, jobs: list[list[str]]) -> None:
    """Record that a sweep of these jobs (each a list of overrides) has started."""
    write_json(folder / "sweep.json", _sweep_record(State.running, jobs))


def end_sweep(folder: Path, jobs: list[list[str]], *, failures: dict[str, str]) -> None:
    """Record that every job of the sweep has ended, well or for one of these reasons."""
    write_json(folder / "sweep.json", _sweep_record(State.done, jobs) | {"failures": failures})


def _sweep_record(state: State, jobs: list[list[str]]) -> dict[str, Any]:
    return {"state": state.value, "num_jobs": len(jobs), "jobs": jobs, "time": time.strftime("%Y-%m-%dT%H:%M:%S%z")}


def record_job(job_folder: Path, run: Path, *, number: int) -> None:
    """Note in a job's folder which run it is, so that both can be moved together, and the job's number."""
    place = os.path.relpath(run.resolve(), job_folder.resolve())
    write_json(job_folder / "run.json", {"run": place, "job": number})


def read_sweep(folder: Path) -> Sweep:
    """A sweep with the runs of its jobs, in the order of the jobs; a run that cannot be read is left out, and said so.

    Raises:
        RunError: if there is no sweep in the folder.
    """
    if not (folder / "sweep.json").is_file():
        raise RunError(f"{folder} is not a sweep (no sweep.json); name a folder below outputs/sweeps")
    record = read_json(folder / "sweep.json")
    pointers = {path.parent.resolve(): read_json(path) for path in folder.rglob("run.json")}
    jobs = sorted(pointers.items(), key=lambda one: one[1].get("job", 0))
    named = [(place / job["run"]).resolve() for place, job in jobs]
    found = [_read_or_warn(run) for run in dict.fromkeys(named) if (run / "status.json").is_file()]
    runs = tuple(run for run in found if run is not None)
    failures = record.get("failures", {})
    return Sweep(folder, State(record["state"]), record["num_jobs"], runs, failures, record["time"])


def _read_or_warn(folder: Path) -> Run | None:
    try:
        return read_run(folder)
    except OracleCoderError as error:
        logger.warning("a run is left out: %s", error)
        return None


def ended_sweeps(output_dir: Path) -> list[Sweep]:
    """The sweeps that have ended, the one that did so last first."""
    sweeps = [read_sweep(path.parent) for path in (output_dir / "sweeps").glob("*/sweep.json")]
    ended = [sweep for sweep in sweeps if sweep.state is State.done]
    return sorted(ended, key=lambda sweep: (sweep.time, sweep.folder.name), reverse=True)


def with_error(status: Status, error: BaseException, seconds: float) -> Status:
    """The status of a run that failed so."""
    return replace(status, state=State.failed, error=f"{type(error).__name__}: {error}", seconds=seconds)


def newest_ensemble(output_dir: Path) -> Path:
    """The ensemble that was built last.

    Raises:
        RunError: if there is none.
    """
    folders = sorted({path.parent.parent for path in (output_dir / "ensembles").glob(f"[!.]*/*/{RECIPE}")})
    if not folders:
        raise RunError(f"there is no ensemble below {output_dir}/ensembles; build one with `make ensemble`")
    return folders[-1]
