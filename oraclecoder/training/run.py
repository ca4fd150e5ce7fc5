"""The life of a run's folder: found by its identity, locked, resumed or reused, and truthful when something fails."""

import logging
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout

from oraclecoder.config import TrainConfig, to_plain
from oraclecoder.errors import OracleCoderError
from oraclecoder.fingerprint import digest_value
from oraclecoder.model.adapter_files import check_adapter
from oraclecoder.records import write_text
from oraclecoder.runs import Run, State, Status, read_run, run_folder, with_error, write_status
from oraclecoder.tracking.environment import git_commit

logger = logging.getLogger(__name__)

NOT_IDENTITY = {
    "model": ("name", "revision"),
    "dataset": ("root", "questions", "split", "limit"),
    "training": ("num_threads",),
}

RATED_BY = ("constrained", "link_values", "whole_schema_below")
"""What of `answer` decides a run's score."""


def identify(config: TrainConfig, *, data: str, base: str, prompt_version: str) -> str:
    """What the run computes, as a hash: settings without paths, and the fingerprints of data, base and prompts."""
    settings = {name: to_plain(getattr(config, name)) for name in ("model", "task", "lora", "dataset", "training")}
    for group, names in NOT_IDENTITY.items():
        for name in names:
            del settings[group][name]
    if config.lora.trunk.fraction == 0:
        del settings["lora"]["trunk"]
    return digest_value([settings, config.seed, data, base, prompt_version])


@dataclass(frozen=True)
class Outcome:
    """What a run came to: the score that members are chosen by, all metrics, the optimizer steps, its trunk, and the
    fingerprint of the questions that it may not learn from."""

    score: float | None
    metrics: dict[str, float]
    steps: int
    trunk: Run | None = None
    validation: str = ""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one process works on a run at a time; another one waits."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.parent / f".{folder.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        logger.info("waiting for another process that works on %s", folder)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def run_once(
    config: TrainConfig,
    identity: str,
    work: Callable[[Path], Outcome],
    *,
    announce: Callable[[Path], None] = lambda _: None,
    kind: str = "",
) -> Run:
    """Do the work of this identity in its folder, which `announce` hears of first, unless it is done already.

    `kind` stands before the folder's name, which else is that of the task and the identity.

    A finished run is returned as it is (`rerun=true` starts anew); a half-done one goes on in the same folder. A
    failure is written to status.json and error.txt, and raised again.
    """
    folder = run_folder(Path(config.output_dir), kind + config.task.name.value, identity)
    announce(folder)
    with locked(folder):
        before = read_run(folder) if (folder / "status.json").is_file() else None
        if before is not None and not config.rerun and _is_finished(before):
            _tell_reuse(before, kind, config)
            _note_places(before, config)
            return before
        if before is not None and config.rerun and before.status.state is not State.running:
            _discard(folder)
        attempts = 1 if before is None else before.status.attempts + 1
        status = Status(
            State.running,
            identity,
            config.task.name.value,
            config.lora.lr_ratio,
            attempts=attempts,
            commit=git_commit(),
        )
        write_status(folder, status)
        write_text(folder / "config.yaml", yaml.safe_dump(to_plain(config), sort_keys=False))
        _work(folder, status, work)
        return read_run(folder)


def _work(folder: Path, status: Status, work: Callable[[Path], Outcome]) -> None:
    start = time.monotonic()
    try:
        outcome = work(folder)
    except BaseException as error:
        seconds = round(time.monotonic() - start, 1)
        if isinstance(error, Exception):  # Ctrl-C leaves the run half-done, to be resumed
            write_status(folder, with_error(status, error, seconds))
        write_text(folder / "error.txt", traceback.format_exc())
        raise
    done = replace(
        status,
        state=State.done,
        score=outcome.score,
        metrics=outcome.metrics,
        steps=outcome.steps,
        trunk=outcome.trunk.folder.name if outcome.trunk else "",
        trunk_steps=outcome.trunk.status.steps if outcome.trunk else 0,
        validation=outcome.validation,
        seconds=round(time.monotonic() - start, 1),
    )
    write_status(folder, done)
    (folder / "error.txt").unlink(missing_ok=True)
    for leftover in (*folder.glob("checkpoint-*"), *folder.glob(".adapter.*")):
        shutil.rmtree(leftover)


def _asked_otherwise(run: Run, config: TrainConfig) -> list[tuple[str, Any, Any]]:
    """The settings that decide a score and are no part of the identity, where they are not those of the run."""
    kept = yaml.safe_load((run.folder / "config.yaml").read_text(encoding="utf-8"))
    found = [(f"answer.{name}", kept["answer"].get(name), getattr(config.answer, name)) for name in RATED_BY]
    found += [(f"limits.{name}", kept["limits"].get(name), new) for name, new in to_plain(config.limits).items()]
    return [(name, old, new) for name, old, new in found if old != new and name != "limits.workers"]


def _note_places(run: Run, config: TrainConfig) -> None:
    """Where data and base are now: they may have moved since, and a merge reads them from here."""
    path = run.folder / "config.yaml"
    kept, now = yaml.safe_load(path.read_text(encoding="utf-8")), to_plain(config)
    for group, names in NOT_IDENTITY.items():
        kept[group] |= {name: now[group][name] for name in names}
    write_text(path, yaml.safe_dump(kept, sort_keys=False))


def _discard(folder: Path) -> None:
    """Delete a run under another name, so that a half-deleted one is never taken for a finished one."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as away:
        folder.rename(Path(away) / folder.name)


def _is_finished(run: Run) -> bool:
    """Whether the run ended well and its adapter is still what was saved."""
    if not run.usable:
        return False
    try:
        check_adapter(run.adapter)
    except OracleCoderError as error:
        logger.warning("%s is trained again: %s", run.folder, error)
        return False
    return True


def _tell_reuse(run: Run, kind: str, config: TrainConfig) -> None:
    remedy = "" if kind else " (rerun=true repeats it)"
    logger.info("%s is finished already and is used again%s", run.folder, remedy)
    for name, old, new in [] if kind else _asked_otherwise(run, config):
        logger.warning(
            "%s was rated with %s=%s, not %s, and so it stays without rerun=true", run.folder, name, old, new
        )
    now = git_commit()
    if now != run.status.commit:
        logger.warning("%s was made by commit %s, this is %s", run.folder, run.status.commit or "?", now or "?")
