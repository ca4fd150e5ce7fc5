"""Build an ensemble from finished runs: per task, the newest sweep that has ended and has a usable run.

python -m oraclecoder.merge
"""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from oraclecoder.config import MergeConfig, to_plain
from oraclecoder.settings import command


def merge(config: MergeConfig) -> Path:
    """Build the ensemble and return its folder, outputs/ensembles/<time>."""
    from oraclecoder.ensemble.build import build_task
    from oraclecoder.ensemble.select import candidate_runs
    from oraclecoder.ensemble.show import show_recipe
    from oraclecoder.tracking.environment import git_commit
    from oraclecoder.tracking.mirror import mirror

    output_dir = Path(config.output_dir)
    found = candidate_runs(output_dir, sweeps=config.sweeps, runs=config.runs)
    folder = output_dir / "ensembles" / datetime.now().strftime("%Y-%m-%d_%H-%M-%S-%f")
    for task, runs in found.items():
        recipe = build_task(runs, config.ensemble, folder / task, commit=git_commit())
        inputs = [f"adapter-{task}:{member.run}" for member in recipe.members]
        settings = to_plain(config)
        with mirror(
            config.tracking, folder / task, job_type="merge", name=f"{folder.name}-{task}", group=folder.name,
            settings=settings, inputs=inputs,
        ) as copy:  # fmt: skip
            copy.log_folder(
                folder / task / "adapter",
                name=f"ensemble-{task}",
                alias=folder.name,
                kind="lora-adapter",
                metadata=asdict(recipe),
            )
        show_recipe(recipe, folder / task)
    return folder


@command("merge")
def main(config: MergeConfig) -> None:
    """Build the ensemble and say where it is."""
    folder = merge(config)
    print(f"\nensemble: {folder}\nnext: python -m oraclecoder.evaluate ensemble={folder}")


if __name__ == "__main__":
    main()
