"""Build an ensemble from finished runs: per task, the newest sweep that has ended and has a usable run.

python -m oraclecoder.merge
"""

import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from oraclecoder.config import MergeConfig, TrainConfig, from_plain, to_plain
from oraclecoder.errors import OracleCoderError
from oraclecoder.loading import loading
from oraclecoder.runs import Run
from oraclecoder.settings import command

if TYPE_CHECKING:
    from oraclecoder.ensemble.distill import Lessons, Train
    from oraclecoder.ensemble.recipe import Recipe
    from oraclecoder.ensemble.team import Team
    from oraclecoder.model.batches import Group

logger = logging.getLogger(__name__)


def merge(config: MergeConfig) -> Path:
    """Build the ensemble and return its folder, outputs/ensembles/<time>, which is there whole or not at all."""
    with loading():
        from oraclecoder.ensemble.select import candidate_runs
        from oraclecoder.ensemble.show import show_recipe
        from oraclecoder.ensemble.team import gather_all

    output_dir = Path(config.output_dir)
    found = candidate_runs(output_dir, sweeps=config.sweeps, runs=config.runs)
    stamp = datetime.now().strftime("%Y-%m-%d_%H-%M-%S-%f")
    # As deep as the finished one, so that paths that the recipe names from there are right.
    folder, unfinished = output_dir / "ensembles" / stamp, output_dir / "ensembles" / f".{stamp}"
    try:
        teams, lost = gather_all(found, config.ensemble)
        for task, reason in lost.items():
            print(f"{task} is left out: {reason}")
        recipes = build_judged(teams, config, unfinished) if config.ensemble.gate else build(teams, config, unfinished)
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    for task, recipe in recipes.items():
        show_recipe(recipe, folder / task)
    for task, recipe in recipes.items():
        try:
            mirror_recipe(config, folder / task, recipe, stamp)
        except OracleCoderError as error:  # the ensemble is there, whatever becomes of its copy
            logger.warning("%s is not mirrored: %s", task, error)
    return folder


def build(teams: "Mapping[str, Team]", config: MergeConfig, folder: Path) -> "dict[str, Recipe]":
    """Each task merged as configured, and checked on its base where that and the members' questions are at hand."""
    from oraclecoder.ensemble.asked import Bases
    from oraclecoder.ensemble.build import as_configured, build_task
    from oraclecoder.ensemble.losses import losses_at_hand
    from oraclecoder.tracking.environment import git_commit
    from oraclecoder.tracking.progress import quiet_libraries

    quiet_libraries()
    bases, recipes = Bases(), {}
    for task, team in teams.items():
        outcome, meter = as_configured(team, config.ensemble), losses_at_hand(team, config.ensemble, bases)
        recipes[task] = build_task(team, outcome, folder / task, commit=git_commit(), meter=meter)
    return recipes


def build_judged(teams: "Mapping[str, Team]", config: MergeConfig, folder: Path) -> "dict[str, Recipe]":
    """Each task as the gate decides; tasks whose members split their questions alike are judged as a pair.

    Raises:
        DataError: if the questions or databases of the members are not there.
        RunError: if they are not those that a member was kept from.
    """
    from oraclecoder.dataset import load_dataset
    from oraclecoder.ensemble.build import as_judged, build_task
    from oraclecoder.ensemble.gate import Gate
    from oraclecoder.ensemble.select import refuse_other_validation
    from oraclecoder.errors import DataError
    from oraclecoder.tracking.environment import git_commit
    from oraclecoder.tracking.progress import quiet_libraries

    quiet_libraries()
    recipes = {}
    for together in by_split(teams):
        settings = next(iter(together.values())).dataset
        try:
            dataset = load_dataset(settings)
        except DataError as error:
            raise DataError(f"{error}; ensemble.gate=false merges without questions") from None
        for team in together.values():
            refuse_other_validation(team.runs, dataset)
        judged = Gate(together, dataset, config.ensemble, folder, train=student_trainer(config)).judge()
        for task, team in together.items():
            bench = judged.benches[task]
            outcome = as_judged(bench, judged.served[task], judged)
            recipes[task] = build_task(team, outcome, folder / task, commit=git_commit(), meter=bench.meter)
    return recipes


def student_trainer(config: MergeConfig) -> "Train":
    """How the gate's student is trained: as the best member was, on what the members say."""

    def train(team: "Team", lessons: "Lessons", start: Path, validation: "Sequence[Group]") -> Run:
        from oraclecoder.training.student import train_student

        own = from_plain(TrainConfig, team.settings)
        whole = replace(own.dataset, fold=None)  # it is taught all folds
        return train_student(
            replace(own, dataset=whole, output_dir=config.output_dir),
            groups=lessons.groups,
            taught=lessons.taught,
            validation=validation,
            start=start,
            lessons=lessons.identity,
        )

    return train


def by_split(teams: "Mapping[str, Team]") -> "list[dict[str, Team]]":
    """The teams whose members split their questions alike, together; a line tells of those that do not."""
    from oraclecoder.ensemble.select import split_settings

    settings = {task: split_settings(team.settings) for task, team in teams.items()}
    groups: dict[str, dict[str, Team]] = {}
    for task, team in teams.items():
        groups.setdefault(repr(settings[task]), {})[task] = team
    if len(groups) > 1:
        names = dict.fromkeys(name for own in settings.values() for name in own)
        differ = [f"dataset.{name}" for name in names if len({repr(own.get(name)) for own in settings.values()}) > 1]
        print(f"{' and '.join(teams)} are judged apart, as their runs differ in {', '.join(differ)}; train them alike")
    return list(groups.values())


def mirror_recipe(config: MergeConfig, folder: Path, recipe: "Recipe", stamp: str) -> None:
    """Tell the tracker what was built and from what."""
    from oraclecoder.judge.report import plain
    from oraclecoder.tracking.mirror import mirror

    with mirror(
        config.tracking,
        folder,
        job_type="merge",
        name=f"{stamp}-{recipe.task}",
        group=stamp,
        settings=to_plain(config),
        inputs=[f"adapter-{recipe.task}:{member.run}" for member in recipe.members],
    ) as copy:
        if (folder / "adapter").is_dir():
            copy.log_folder(
                folder / "adapter",
                name=f"ensemble-{recipe.task}",
                alias=stamp,
                kind="lora-adapter",
                metadata=plain(recipe),
            )


def next_command(folder: Path) -> str:
    """How the ensemble in this folder is evaluated, on the data set that it was built on."""
    from oraclecoder.ensemble.recipe import dataset_overrides, read_ensemble

    chosen = dataset_overrides(read_ensemble(folder))
    given = [] if chosen[0] == "dataset=demo" else chosen  # which is the default
    return " ".join(["python -m oraclecoder.evaluate", f"ensemble_dir={folder}", *given])


@command("merge")
def main(config: MergeConfig) -> None:
    """Build the ensemble and say where it is."""
    folder = merge(config)
    print(f"\nensemble: {folder}\nnext: {next_command(folder)}")


if __name__ == "__main__":
    main()
