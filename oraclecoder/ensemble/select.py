"""Which runs become members, and with which weights."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from oraclecoder.config import TaskName
from oraclecoder.dataset import Dataset
from oraclecoder.errors import OracleCoderError, RunError
from oraclecoder.model.adapter_files import AdapterIdentity, check_adapter, read_identity
from oraclecoder.runs import Run, Sweep, ended_sweeps, read_run, read_sweep


def candidate_runs(
    output_dir: Path, *, sweeps: Sequence[str] | None, runs: Sequence[str] | None
) -> dict[str, tuple[Run, ...]]:
    """Per task the runs to choose from: those that are named, else those of the newest ended sweep with a usable run.

    A run that is named twice, or stands in several of the sweeps, is one run.

    Raises:
        RunError: if there is none for any task; it says which runs failed, and why.
    """
    if runs:
        named = [read_run(Path(run)) for run in runs]
        found, failures = _by_task(named), {run.folder.name: _state(run) for run in named}
    elif sweeps:
        searched = [read_sweep(Path(sweep)) for sweep in sweeps]
        found, failures = _by_task([run for sweep in searched for run in sweep.runs]), _failures(searched)
    else:
        searched = ended_sweeps(output_dir)
        found, failures = {}, _failures(searched)
        for sweep in searched:
            for task, members in _by_task(sweep.runs).items():
                if any(run.usable for run in members):
                    found.setdefault(task, members)
    if not any(run.usable for members in found.values() for run in members):
        reasons = "; ".join(f"{name}: {reason}" for name, reason in list(failures.items())[:5])
        where = ", ".join(runs or sweeps or [f"{output_dir}/sweeps"]) + (f" ({reasons})" if failures else "")
        raise RunError(f"there is no finished run in {where}; train first, with `python -m oraclecoder.train -m ...`")
    return found


def _failures(sweeps: Sequence[Sweep]) -> dict[str, str]:
    """What failed in these sweeps and why, or where their runs stand if they have not ended."""
    states = {run.folder.name: _state(run) for sweep in sweeps for run in sweep.runs}
    return {job: reason for sweep in sweeps for job, reason in sweep.failures.items()} or states


def _state(run: Run) -> str:
    return run.status.error or run.status.state.value


def _by_task(runs: Sequence[Run]) -> dict[str, tuple[Run, ...]]:
    once = {run.folder.resolve(): run for run in runs}.values()
    found = {task.value: tuple(run for run in once if run.status.task == task.value) for task in TaskName}
    return {task: members for task, members in found.items() if members}


def sound(runs: Sequence[Run]) -> tuple[list[Run], dict[str, str]]:
    """The runs whose adapter can be used, best score first, and for the others the reason why not, by folder name."""
    usable, refused = [], {}
    for run in runs:
        if not run.usable:
            refused[run.folder.name] = f"{run.status.state.value}: {run.status.error or 'it has no adapter yet'}"
            continue
        try:
            check_adapter(run.adapter)
            usable.append(run)
        except OracleCoderError as error:
            refused[run.folder.name] = str(error)
    return sorted(usable, key=lambda run: -(run.status.score or 0.0)), refused


def refuse_mismatch(members: Sequence[Run]) -> AdapterIdentity:
    """The identity that all members share.

    Raises:
        RunError: names the first member that was made for another base, task, prompt, prompt style or split of data.
    """
    first, settings = members[0], _prompt_settings(members[0])
    identity = read_identity(first.adapter)
    for run in members[1:]:
        other = read_identity(run.adapter)
        for name in ("base_fingerprint", "task", "prompt_version"):
            if getattr(other, name) != getattr(identity, name):
                raise RunError(
                    f"{run.folder.name} has {name} {getattr(other, name)}, {first.folder.name} has "
                    f"{getattr(identity, name)}; merge runs that agree, by naming them in runs=[...]"
                )
        kept_from = {one.status.validation for one in (run, first)} - {""}  # older runs do not say
        if len(kept_from) > 1 or split_settings(read_settings(run)) != split_settings(read_settings(first)):
            raise RunError(
                f"{run.folder.name} and {first.folder.name} split their data differently, so that one may have been "
                "trained on what the other is judged on; merge runs that agree, by naming them in runs=[...]"
            )
        if _prompt_settings(run) != settings:
            raise RunError(
                f"{run.folder.name} and {first.folder.name} were trained with different model or task settings; "
                "merge runs that agree, by naming them in runs=[...]"
            )
    return identity


def refuse_other_validation(members: Sequence[Run], dataset: Dataset) -> None:
    """Make sure that these are the validation questions that the members were kept from.

    Raises:
        RunError: names the first member that may have been trained on some of them.
    """
    for run in members:
        if run.status.validation not in ("", dataset.validation):
            raise RunError(
                f"{run.folder.name} was kept from other validation questions than the data set has now, as when "
                "databases are missing; bring them back, train again with rerun=true, or merge with ensemble.gate=false"
            )


def read_settings(run: Run) -> dict:
    """The configuration that a run was made with, as plain values."""
    return yaml.safe_load((run.folder / "config.yaml").read_text(encoding="utf-8"))


NOT_SPLIT = ("root", "questions", "split", "limit", "train_limit", "fold")


def split_settings(settings: dict) -> dict:
    """What of a run's settings decides which questions are for training and which for validation."""
    return {name: value for name, value in settings["dataset"].items() if name not in NOT_SPLIT}


def _prompt_settings(run: Run) -> tuple[dict, dict]:
    settings = read_settings(run)
    return settings["model"] | {"name": None, "revision": None}, settings["task"]
