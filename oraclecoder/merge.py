"""Build an ensemble from finished runs: per task, the newest sweep that has ended and has a usable run.

python -m oraclecoder.merge
"""

import shutil
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from oraclecoder.config import MergeConfig, to_plain
from oraclecoder.settings import command


def merge(config: MergeConfig) -> Path:
    """Build the ensemble and return its folder, outputs/ensembles/<time>, which is there whole or not at all."""
    from oraclecoder.ensemble.build import build_task
    from oraclecoder.ensemble.select import candidate_runs
    from oraclecoder.ensemble.show import show_recipe
    from oraclecoder.tracking.environment import git_commit
    from oraclecoder.tracking.mirror import mirror

    output_dir = Path(config.output_dir)
    found = candidate_runs(output_dir, sweeps=config.sweeps, runs=config.runs)
    stamp = datetime.now().strftime("%Y-%m-%d_%H-%M-%S-%f")
    folder, unfinished = output_dir / "ensembles" / stamp, output_dir / f".ensemble-{stamp}"
    commit = git_commit()
    try:
        recipes = {
            task: build_task(runs, config.ensemble, unfinished / task, commit=commit) for task, runs in found.items()
        }
        folder.parent.mkdir(exist_ok=True)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    for task, recipe in recipes.items():
        with mirror(
            config.tracking,
            folder / task,
            job_type="merge",
            name=f"{stamp}-{task}",
            group=stamp,
            settings=to_plain(config),
            inputs=[f"adapter-{task}:{member.run}" for member in recipe.members],
        ) as copy:
            copy.log_folder(
                folder / task / "adapter",
                name=f"ensemble-{task}",
                alias=stamp,
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
