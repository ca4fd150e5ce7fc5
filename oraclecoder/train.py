"""Train one adapter, or with -m a sweep of them.

python -m oraclecoder.train
python -m oraclecoder.train -m lora.lr_ratio=8,16,32
"""

from pathlib import Path

from hydra.core.hydra_config import HydraConfig
from hydra.types import RunMode

from oraclecoder.config import TrainConfig
from oraclecoder.loading import loading
from oraclecoder.runs import Run, begin_sweep, end_sweep, record_job
from oraclecoder.settings import command, sentence


def train(config: TrainConfig, *, sweep: Path, job: Path, number: int = 0) -> Run:
    """Train the adapter of this configuration, or find it finished; the folder `job` of the sweep is to point to it."""
    with loading():
        from oraclecoder.answer.scoring import rate
        from oraclecoder.training.job import train_adapter

    return train_adapter(
        config,
        score=lambda answerer, examples, dataset: rate(
            answerer, examples, dataset.databases, kind=dataset.name, limits=config.limits
        ),
        sweep=sweep.name,
        announce=lambda folder: record_job(job, folder, number=number),
    )


@command("train")
def main(config: TrainConfig) -> float | None:
    """A job of a sweep; a single run is a sweep of one. Returns the score, by which a sweeper may rank."""
    hydra = HydraConfig.get()
    folder = Path(hydra.runtime.output_dir)
    if hydra.mode is RunMode.MULTIRUN:
        return train(config, sweep=Path(hydra.sweep.dir), job=folder, number=int(hydra.job.num)).status.score
    jobs = [list(hydra.overrides.task)]
    begin_sweep(folder, jobs)
    try:
        run = train(config, sweep=folder, job=folder / "0")
    except Exception as error:
        end_sweep(folder, jobs, failures={" ".join(jobs[0]): sentence(error)})
        raise
    end_sweep(folder, jobs, failures={})
    return run.status.score


if __name__ == "__main__":
    main()
