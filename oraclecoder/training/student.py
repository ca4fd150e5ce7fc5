"""A student: an adapter that learns what a committee says, not the gold answers."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from oraclecoder.config import TrainConfig
from oraclecoder.fingerprint import digest_value
from oraclecoder.model.adapter import load_adapter, save_adapter
from oraclecoder.model.adapter_files import AdapterIdentity, read_identity
from oraclecoder.model.base import free_memory, load_base
from oraclecoder.model.batches import Group
from oraclecoder.model.prefix_scores import Taught
from oraclecoder.records import write_json
from oraclecoder.runs import Run
from oraclecoder.tracking.environment import describe_environment
from oraclecoder.tracking.metrics import MetricsFile, draw_curve, read_metrics
from oraclecoder.tracking.progress import progress
from oraclecoder.training.bar import Bar
from oraclecoder.training.job import engine_of, resumed_step
from oraclecoder.training.order import branch_order
from oraclecoder.training.run import Outcome, identify, run_once
from oraclecoder.training.trainer import fit


def train_student(
    config: TrainConfig,
    *,
    groups: Sequence[Group],
    taught: Mapping[str, Taught],
    validation: Sequence[Group],
    start: Path,
    lessons: str,
) -> Run:
    """Train a student of the configuration from the adapter in `start`, or find it finished.

    `lessons` is the identity of what is taught. The run's name starts with "distilled-".

    Raises:
        OracleCoderError: if the start does not fit the base, or the loss is no longer finite.
    """
    begun = read_identity(start)
    whole = replace(config.lora, trunk=replace(config.lora.trunk, fraction=0.0))  # the start is no part of its steps
    config = replace(config, lora=whole, rerun=False)
    identity = identify(
        config,
        data=digest_value([lessons, begun.sha256]),
        base=begun.base_fingerprint,
        prompt_version=begun.prompt_version,
    )
    return run_once(
        config,
        identity,
        lambda folder: _learn(config, folder, groups, taught, validation, start, begun),
        kind="distilled-",
    )


def _learn(
    config: TrainConfig,
    folder: Path,
    groups: Sequence[Group],
    taught: Mapping[str, Taught],
    validation: Sequence[Group],
    start: Path,
    identity: AdapterIdentity,
) -> Outcome:
    base = load_base(config.model)
    model = load_adapter(base, start, trainable=True)
    order = branch_order(config, len(groups))
    num_steps = math.ceil(len(order) / config.training.groups_per_step)
    pad_id: int = base.tokenizer.pad_token_id
    name, resumed, begin = f"{config.task.name.value} student", resumed_step(folder), time.monotonic()
    with (
        MetricsFile(folder / "metrics.jsonl", resumed_step=resumed) as lines,
        progress(f"train {name}", num_steps) as advance,
    ):
        steps = fit(
            engine_of(model, config),
            [groups[number] for number in order],
            validation,
            lora=config.lora,
            config=config.training,
            folder=folder,
            seed=config.seed,
            pad_id=pad_id,
            record=lines.record,
            taught=taught,
            callbacks=[Bar(advance)],
        )
    save_adapter(model, folder / "adapter", replace(identity, sha256=""))
    model.unload()
    del base, model
    free_memory()
    facts = {"steps": steps, "examples": len(taught), "train_seconds": round(time.monotonic() - begin, 1)}
    write_json(folder / "environment.json", describe_environment(**facts))
    draw_curve(read_metrics(folder / "metrics.jsonl"), folder / "curve.png", title=name)
    return Outcome(None, {}, steps)
