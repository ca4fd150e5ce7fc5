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


ConfigStore.instance().store(group="hydra/sweeper", name="oraclecoder", node=OracleCoderSweeperConf, provider="oraclecoder")


class OracleCoderSweeper(BasicSweeper):
    """Hydra's grid sweep with every job checked first, all failures told at the end, and sweep.json kept."""

    def validate_batch_is_legal(self, batch: Sequence[Sequence[str]]) -> None:
        from oraclecoder.config import TrainConfig
        from oraclecoder.errors import OracleCoderError
        from oraclecoder.settings import to_config

        assert self.config is not None
        assert self.hydra_context is not None
        for overrides in batch:
            values = self.hydra_context.config_loader.load_sweep_config(self.config, list(overrides))
            with open_dict(values):
                del values["hydra"]
            try:
                to_config(values, TrainConfig)
            except OracleCoderError as error:
                raise HydraException(f"{error} (job {' '.join(overrides)}; nothing was started)") from error

    def sweep(self, arguments: list[str]) -> Any:
        from oraclecoder.runs import begin_sweep, end_sweep

        assert self.config is not None
        assert self.hydra_context is not None
        assert self.launcher is not None
        parser = OverridesParser.create(config_loader=self.hydra_context.config_loader)
        overrides = parser.parse_overrides([*self._parse_config(), *arguments])
        (jobs,) = self.split_arguments(overrides, max_batch_size=None)
        self.validate_batch_is_legal(jobs)
        folder = Path(self.config.hydra.sweep.dir)
        begin_sweep(folder, jobs)
        returns = self.launcher.launch(jobs, initial_job_idx=0)
        failed = [(job, result) for job, result in zip(jobs, returns, strict=True) if not _completed(result)]
        end_sweep(folder, jobs, failed=len(failed))
        if failed:
            raise HydraException(_tell(failed, len(jobs)))
        return [returns]


def _completed(result: JobReturn) -> bool:
    return result.status is JobStatus.COMPLETED


def _tell(failed: list[tuple[list[str], JobReturn]], num_jobs: int) -> str:
    sys.stdout.flush()
    lines = [f"  {' '.join(job)}: {str(result._return_value).splitlines()[0]}" for job, result in failed]
    return "\n".join([f"{len(failed)} of {num_jobs} jobs failed; the others are finished:", *lines])
