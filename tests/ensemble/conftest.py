"""Finished runs over the random two-layer model, with the demo's questions, as a sweep leaves them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import yaml
from hydra import compose, initialize_config_dir

from oraclecoder.config import AskConfig, EvaluateConfig, MergeConfig, TrainConfig, to_plain
from oraclecoder.model.adapter import add_adapter, save_adapter
from oraclecoder.model.adapter_files import AdapterIdentity
from oraclecoder.model.base import load_base
from oraclecoder.records import write_text
from oraclecoder.runs import (
    Run,
    State,
    Status,
    begin_sweep,
    end_sweep,
    read_run,
    record_job,
    run_folder,
    write_status,
)
from oraclecoder.settings import CONF, register_schemas, to_config
from oraclecoder.task import TASKS


def composed(command: str, schema: type, *overrides: str):
    register_schemas()
    with initialize_config_dir(str(CONF), version_base="1.3"):
        return to_config(compose(command, overrides=list(overrides)), schema)


class Conf:
    """The configuration of each command, as conf/ and some overrides give it."""

    @staticmethod
    def train(*overrides: str) -> TrainConfig:
        return composed("train", TrainConfig, *overrides)

    @staticmethod
    def merge(output_dir: Path, *overrides: str) -> MergeConfig:
        return composed("merge", MergeConfig, "tracking=none", f"output_dir={output_dir}", *overrides)

    @staticmethod
    def evaluate(output_dir: Path, *overrides: str) -> EvaluateConfig:
        return composed("evaluate", EvaluateConfig, f"results_dir={output_dir}", *overrides)

    @staticmethod
    def ask(output_dir: Path, database: str | Path, *overrides: str) -> AskConfig:
        return composed("ask", AskConfig, f"results_dir={output_dir}", f"database={database}", *overrides)


@pytest.fixture
def conf() -> type[Conf]:
    return Conf


@pytest.fixture
def make_runs(tiny_model: Path) -> Callable[..., list[Run]]:
    """Makes runs of a task, one per score, whose adapters share most of their deltas, and a sweep of them."""

    def make(
        output_dir: Path,
        task: str,
        scores: list[float],
        *,
        nan: int | None = None,
        failed: int | None = None,
        folds: int | None = None,
    ) -> list[Run]:
        overrides = [
            f"task={task}",
            f"model.name={tiny_model}",
            "model.quantization=none",
            "dataset.validation_limit=3",
            "dataset.train_limit=12",
            "training.max_steps=2",
        ]
        overrides += ["model.compute_dtype=float32", "task.max_new_tokens=3", "limits.workers=1", "tracking=none"]
        config = composed("train", TrainConfig, *overrides)
        base = load_base(config.model)
        identity = AdapterIdentity(config.model.name, base.fingerprint, task, TASKS[config.task.name].PROMPT_VERSION)
        runs = []
        for number, score in enumerate(scores):
            folder = run_folder(output_dir, task, f"run{number}")
            model = add_adapter(base, config.lora, seed=1)
            chance = torch.Generator().manual_seed(5)
            own = torch.Generator().manual_seed(number)
            for name, parameter in model.named_parameters():
                if "lora_B" in name:
                    shared = torch.randn(parameter.shape, generator=chance)
                    parameter.data += 0.05 * shared + 0.02 * torch.randn(parameter.shape, generator=own)
                    if number == nan:
                        parameter.data[0, 0] = float("nan")
            save_adapter(model, folder / "adapter", identity)
            model.unload()
            fold = None if folds is None else f"{number % folds + 1}/{folds}"
            own_config = replace(config, dataset=replace(config.dataset, fold=fold))
            write_text(folder / "config.yaml", yaml.safe_dump(to_plain(own_config), sort_keys=False))
            state, error = (State.failed, "RunError: loss became nan") if number == failed else (State.done, "")
            write_status(
                folder,
                Status(state, f"run{number}", task, 8.0 * 2**number, score=score, steps=4, trunk="trunk", trunk_steps=2,
                       error=error),
            )  # fmt: skip
            runs.append(read_run(folder))
        _record_sweep(output_dir, task, runs)
        return runs

    return make


def _record_sweep(output_dir: Path, task: str, runs: list[Run]) -> None:
    sweep = output_dir / "sweeps" / task
    jobs = [[f"job={number}"] for number in range(len(runs))]
    begin_sweep(sweep, jobs)
    for number, run in enumerate(runs):
        record_job(sweep / str(number), run.folder, number=number)
    end_sweep(sweep, jobs, failures={})
