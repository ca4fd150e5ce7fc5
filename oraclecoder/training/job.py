"""One job of a sweep: from a configuration to a finished run."""

import logging
import math
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from oraclecoder.answer.answerer import Answerer
from oraclecoder.answer.memo import FILE as ANSWERS
from oraclecoder.config import Route, TrainConfig, to_plain
from oraclecoder.dataset import Dataset, load_dataset
from oraclecoder.errors import DivergedError, RunError
from oraclecoder.model.adapter import add_adapter, load_weights, save_adapter
from oraclecoder.model.adapter_files import AdapterIdentity
from oraclecoder.model.base import Base, fingerprint_model, free_memory, load_base, load_tokenizer
from oraclecoder.model.batches import Group
from oraclecoder.model.prefix import PrefixModel
from oraclecoder.model.prefix_choice import say_once
from oraclecoder.records import Example, write_json
from oraclecoder.runs import Run
from oraclecoder.task import TASKS
from oraclecoder.tracking.environment import describe_environment
from oraclecoder.tracking.metrics import MetricsFile, draw_curve, read_metrics
from oraclecoder.tracking.mirror import Mirror, mirror
from oraclecoder.tracking.progress import progress, quiet_libraries
from oraclecoder.training.bar import Bar
from oraclecoder.training.groups import read_groups
from oraclecoder.training.order import branch_order, branch_seed, count_trunk_steps, trunk_order
from oraclecoder.training.run import Outcome, identify, run_once
from oraclecoder.training.trainer import fit, last_sound_checkpoint

logger = logging.getLogger(__name__)
DIVERGED: dict[str, str] = {}
"""Trunks that diverged in this process: the other jobs of a sweep need not try again."""
Score = Callable[[Answerer, Sequence[Example], Dataset], tuple[float, dict[str, float]]]


def train_adapter(config: TrainConfig, *, score: Score, sweep: str, announce: Callable[[Path], None]) -> Run:
    """Train one adapter, or find it finished; `score` answers the choosing part of validation and rates the answers.

    `announce` hears of the run's folder before any work, so that a sweep knows its failed runs too.

    Raises:
        OracleCoderError: if the data, the base or the settings do not do, or the loss is no longer finite.
    """
    quiet_libraries()
    if config.training.num_threads is not None:
        torch.set_num_threads(config.training.num_threads)
    dataset = load_dataset(config.dataset)
    identity = identify(
        config,
        data=dataset.fingerprint,
        base=fingerprint_model(config.model),
        prompt_version=TASKS[config.task.name].PROMPT_VERSION,
    )
    return run_once(
        config,
        identity,
        lambda folder: _train(config, dataset, folder, score=score, sweep=sweep),
        announce=announce,
    )


@dataclass(frozen=True)
class _Material:
    """What a job and its trunk share."""

    config: TrainConfig
    dataset: Dataset
    identity: AdapterIdentity
    train: list[Group]
    choose: list[Group]
    pad_id: int
    sweep: str


def _train(config: TrainConfig, dataset: Dataset, folder: Path, *, score: Score, sweep: str) -> Outcome:
    """The trunk, made by whichever job comes first; then this job's branch, or the whole run if there is no trunk."""
    tokenizer = load_tokenizer(config.model)
    train, choose = (read_groups(config, tokenizer, dataset, part) for part in (dataset.train, dataset.choose))
    material = _Material(config, dataset, _adapter_identity(config), train, choose, tokenizer.pad_token_id, sweep)
    free_memory()  # one base at a time: that of the job before is gone, and then that of the trunk
    trunk = _grow_trunk(material) if count_trunk_steps(config, len(train)) > 0 else None
    free_memory()
    return _learn(material, load_base(config.model), folder, trunk=trunk, score=score)


def _grow_trunk(material: _Material) -> Run:
    """The run that all jobs of the sweep branch from, identified by everything except `lora.lr_ratio`."""
    config = material.config
    lora = replace(config.lora, lr_ratio=config.lora.trunk.lr_ratio)
    training = replace(config.training, schedule=config.lora.trunk.schedule or config.training.schedule)
    config = replace(config, lora=lora, training=training, rerun=False)
    identity = identify(
        config,
        data=material.dataset.fingerprint,
        base=material.identity.base_fingerprint,
        prompt_version=material.identity.prompt_version,
    )
    own = replace(material, config=config)
    if identity in DIVERGED:
        raise RunError(DIVERGED[identity])
    try:
        return run_once(
            config,
            identity,
            lambda folder: _learn(own, load_base(config.model), folder, trunk=None, score=None),
            kind="trunk-",
        )
    except DivergedError as error:
        reason = str(error).split(";")[0]
        DIVERGED[identity] = (
            f"the trunk: {reason}; lower lora.lr or lora.trunk.lr_ratio={lora.lr_ratio:g}, or train members alone with "
            "lora.trunk.fraction=0"
        )
        raise RunError(DIVERGED[identity]) from error


def _learn(material: _Material, base: Base, folder: Path, *, trunk: Run | None, score: Score | None) -> Outcome:
    """Train one adapter from the trunk or from the start, save it, and rate it unless it is a trunk itself."""
    config, is_trunk = material.config, score is None
    model = add_adapter(base, config.lora, seed=config.seed)
    if trunk is not None:
        load_weights(model, trunk.adapter)
    order = (trunk_order if is_trunk else branch_order)(config, len(material.train))
    num_steps = math.ceil(len(order) / config.training.groups_per_step)
    name = f"{config.task.name.value} {'trunk' if is_trunk else f'lr_ratio={config.lora.lr_ratio:g}'}"
    resumed = resumed_step(folder)
    with (
        _mirrored(config, folder, material.sweep, trunk=trunk, job_type="trunk" if is_trunk else "train") as copy,
        MetricsFile(folder / "metrics.jsonl", resumed_step=resumed) as lines,
        progress(f"train {name}", num_steps) as advance,
    ):

        def record(values: dict[str, Any]) -> None:
            lines.record(values)
            copy.log(values)

        start = time.monotonic()
        steps = fit(
            engine_of(model, config),
            [material.train[number] for number in order],
            material.choose,
            lora=config.lora,
            config=config.training,
            folder=folder,
            seed=config.seed if trunk is None else branch_seed(config),
            pad_id=material.pad_id,
            record=record,
            callbacks=[Bar(advance)],
        )
        seconds = time.monotonic() - start
        save_adapter(model, folder / "adapter", material.identity)
        rating, metrics = _rate(material, base, model, score, folder)
        _write_facts(config, folder, material.train, seconds=seconds, steps=steps, resumed=resumed)
        draw_curve(read_metrics(folder / "metrics.jsonl"), folder / "curve.png", title=name)
        _hand_over(copy, config, folder, metrics | {"score": rating}, base=base.fingerprint)
    if not is_trunk:
        logger.info("%s: score %.4f on %d questions; %s", name, rating, len(material.dataset.choose), folder)
    return Outcome(rating, metrics, steps, trunk, validation=material.dataset.validation)


def _mirrored(
    config: TrainConfig, folder: Path, sweep: str, *, trunk: Run | None, job_type: str
) -> AbstractContextManager[Mirror]:
    """The run at the tracker, with the trunk that it goes on from."""
    inputs = [] if trunk is None else [f"adapter-{config.task.name.value}:{trunk.folder.name}"]
    return mirror(
        config.tracking,
        folder,
        job_type=job_type,
        name=folder.name,
        group=sweep,
        settings=to_plain(config),
        inputs=inputs,
    )


def _hand_over(copy: Mirror, config: TrainConfig, folder: Path, facts: dict[str, Any], *, base: str) -> None:
    """Give the tracker what came of the run, and its adapter."""
    copy.summarize(facts)
    copy.log_folder(
        folder / "adapter",
        name=f"adapter-{config.task.name.value}",
        alias=folder.name,
        kind="lora-adapter",
        metadata=facts | {"base": base, "run": folder.name},
    )


def engine_of(model: Any, config: TrainConfig) -> PrefixModel:
    """The adapted model as a prefix engine, with gradient checkpointing switched on if it is asked for."""
    checkpointing = config.training.gradient_checkpointing
    if (config.lora.dropout or config.training.neftune_alpha) and config.training.route is not Route.padded:
        say_once(
            "dropout and NEFTune draw once for a schema and all its questions; training.route=padded draws for each"
        )
    if checkpointing:
        model.enable_input_require_grads()
        model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
    return PrefixModel(
        model,
        route=config.training.route,
        gradient_checkpointing=checkpointing,
        neftune_alpha=config.training.neftune_alpha,
    )


def _rate(
    material: _Material, base: Base, model: Any, score: Score | None, folder: Path
) -> tuple[float | None, dict[str, float]]:
    """The score of the trained adapter; its answers are kept, so that the gate need not ask for them again."""
    if score is None:
        return None, {}
    config = material.config
    answerer = Answerer(model, base.tokenizer, config.model, config.task, config.answer)
    found = score(answerer, material.dataset.choose, material.dataset)
    if len(answerer.memo):
        answerer.memo.write(folder / ANSWERS)
    return found


def _adapter_identity(config: TrainConfig) -> AdapterIdentity:
    task = config.task.name
    return AdapterIdentity(config.model.name, fingerprint_model(config.model), task.value, TASKS[task].PROMPT_VERSION)


def resumed_step(folder: Path) -> int:
    """The step of the last sound checkpoint, 0 if there is none."""
    checkpoint = last_sound_checkpoint(folder)
    return 0 if checkpoint is None else int(checkpoint.name.split("-")[-1])


def _write_facts(
    config: TrainConfig, folder: Path, train: list[Group], *, seconds: float, steps: int, resumed: int
) -> None:
    """environment.json. Tokens are those of separate rows, so that speeds compare whatever the route.

    Seconds and speeds are those of this process, which did the steps after `resumed`.
    """
    tokens = sum(len(member) for group in train for member in group.members)
    computed = sum(group.num_tokens for group in train)
    epochs = (steps - resumed) * config.training.groups_per_step / len(train)
    facts = {
        "seed": config.seed,
        "train_seconds": round(seconds, 1),
        "examples": sum(len(group.members) for group in train),
        "steps": steps,
        "resumed_at_step": resumed,
        "tokens_per_second": round(epochs * tokens / seconds),
        "computed_tokens_per_second": round(epochs * computed / seconds),
        "token_ratio": round(tokens / computed, 2),
    }
    write_json(folder / "environment.json", describe_environment(**facts))
