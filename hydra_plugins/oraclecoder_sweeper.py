"""A basic sweeper that refuses a sweep as a whole if one of its jobs is wrong, and that records when it has ended.

Hydra checks keys and types of swept values before the first job, but not the checks of the configuration classes.
It must live in this namespace, and must not use postponed annotations beside a dataclass (Hydra 1.3).
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra.core.config_store import ConfigStore
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.utils import JobReturn, JobStatus
from hydra.errors import HydraException
from omegaconf import open_dict


@dataclass
class OracleCoderSweeperConf:
    _target_: str = "hydra_plugins.oraclecoder_sweeper.OracleCoderSweeper"
    max_batch_size: Optional[int] = None  # noqa: UP045 (OmegaConf reads this annotation)
    params: Optional[dict[str, str]] = field(default=None)  # noqa: UP045


ConfigStore.instance().store(
    group="hydra/sweeper", name="oraclecoder", node=OracleCoderSweeperConf, provider="oraclecoder"
)


class OracleCoderSweeper(BasicSweeper):
    """Hydra's grid sweep with every job checked first, all failures told at the end, and sweep.json kept."""

    def validate_batch_is_legal(self, batch: Sequence[Sequence[str]]) -> None:
        from oraclecoder.config import TrainConfig
        from oraclecoder.errors import OracleCoderError
        from oraclecoder.settings import to_config

        assert self.config is not None
        assert self.hydra_context is not None
        configs = []
        for overrides in batch:
            values = self.hydra_context.config_loader.load_sweep_config(self.config, list(overrides))
            with open_dict(values):
                del values["hydra"]
            try:
                configs.append(to_config(values, TrainConfig))
            except OracleCoderError as error:
                raise HydraException(f"{error} (job {' '.join(overrides)}; nothing was started)") from error
        _refuse_rates_of_nothing(configs)

    def sweep(self, arguments: list[str]) -> Any:
        from oraclecoder.runs import begin_sweep, end_sweep

        assert self.config is not None
        assert self.hydra_context is not None
        assert self.launcher is not None
        parser = OverridesParser.create(config_loader=self.hydra_context.config_loader)
        overrides = parser.parse_overrides([*self._parse_config(), *arguments])
        if self.max_batch_size is not None:
            raise HydraException(f"hydra.sweeper.max_batch_size={self.max_batch_size} does nothing here; leave it out")
        (jobs,) = self.split_arguments(overrides, max_batch_size=None)
        self.validate_batch_is_legal(jobs)
        folder = Path(self.config.hydra.sweep.dir)
        begin_sweep(folder, jobs)
        try:
            returns = self.launcher.launch(jobs, initial_job_idx=0)
        except Exception as error:  # a process that was killed; a job that fails returns its failure
            reason = f"{type(error).__name__}: {next(iter(str(error).splitlines()), '')}"
            end_sweep(folder, jobs, failures={"the launcher": reason})
            raise HydraException(
                f"the launcher broke off ({reason}); the same command uses again what is finished; lower "
                "hydra.launcher.n_jobs if memory ran out"
            ) from error
        failures = _failures(jobs, returns)
        end_sweep(folder, jobs, failures=failures)
        if failures:
            sys.stdout.flush()
            lines = [f"  {job}: {reason}" for job, reason in failures.items()]
            raise HydraException(
                "\n".join([f"{len(failures)} of {len(jobs)} jobs failed; the others are finished:", *lines])
            )
        return [returns]


def _failures(jobs: list[list[str]], returns: Sequence[JobReturn]) -> dict[str, str]:
    """The jobs that failed, by their overrides, each with its reason in one line."""
    from oraclecoder.settings import sentence

    return {
        " ".join(job): sentence(result._return_value).splitlines()[0]
        for job, result in zip(jobs, returns, strict=True)
        if result.status is not JobStatus.COMPLETED
    }


def _refuse_rates_of_nothing(configs: Sequence[Any]) -> None:
    """Refuse a sweep over a rate that no parameter learns at; the base is looked at only if there is one."""
    if len({config.lora.embedding_lr for config in configs}) == 1:
        return
    from oraclecoder.errors import OracleCoderError
    from oraclecoder.model.base import embedding_names
    from oraclecoder.training.loraplus import refuse_empty_sweep

    bases = {config.model.name: config.model for config in configs}
    try:
        embeddings = {name: embedding_names(model) for name, model in bases.items()}
        for config in configs:
            refuse_empty_sweep(["lora.embedding_lr"], config.lora.target_modules, embeddings[config.model.name])
    except OracleCoderError as error:
        raise HydraException(f"{error} (nothing was started)") from error
