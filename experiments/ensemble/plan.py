"""What is trained for the study: jobs of one run each, through the ordinary command, in a fixed order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hydra import compose, initialize_config_dir

from oraclecoder.config import EvaluateConfig, MergeConfig, TrainConfig
from oraclecoder.ensemble.team import training_steps
from oraclecoder.errors import ConfigError, RunError
from oraclecoder.runs import Run, read_run
from oraclecoder.settings import CONF, register_schemas, to_config
from oraclecoder.tracking.progress import quiet_libraries
from oraclecoder.train import train

TASKS = ("schema_linking", "sql_generation")
TEACHERS = 2
"""Of each fold: branches of one trunk at the best ratios, who teach together."""
GROUPS = ("branches", "independent", "ratio1", "seeds", "folds", "long")
"""What is trained, unless some are asked for; ratios of later groups come from earlier ones."""
NEEDS = {"seeds": "independent", "long": "independent"}
SCHEMAS = {"train": TrainConfig, "merge": MergeConfig, "evaluate": EvaluateConfig}


@dataclass(frozen=True)
class Study:
    """What is asked: the seeds, the ratios, where everything is written, overrides of the ordinary commands, how many
    processes train and ask, and which groups.

    Raises:
        ConfigError: if the groups have no branches, which all is compared with, or not those that others need.
    """

    seeds: tuple[int, ...]
    ratios: tuple[float, ...]
    folds: int
    output: Path
    overrides: tuple[str, ...]
    jobs: int = 1
    wanted: tuple[str, ...] = GROUPS

    def __post_init__(self) -> None:
        needed = {"branches"} | {NEEDS[name] for name in self.wanted if name in NEEDS}
        unknown, missing = set(self.wanted) - set(GROUPS), needed - set(self.wanted)
        if unknown or missing:
            raise ConfigError(
                f"groups={list(self.wanted)} has {sorted(unknown)}, which are none, and lacks {sorted(missing)}, which "
                f"others need; take some of {list(GROUPS)}"
            )

    def compose(self, command: str, *overrides: str):
        """The checked configuration of a command; the study's own overrides are for training alone."""
        register_schemas()
        with initialize_config_dir(str(CONF), version_base="1.3"):
            values = compose(command, overrides=[*(self.overrides if command == "train" else ()), *overrides])
        return to_config(values, SCHEMAS[command])


def run_job(study: Study, group: str, number: int, *overrides: str) -> Run:
    """Train one run of a group, or find it finished; outputs/study/groups names the run for later."""
    config = study.compose("train", *overrides, "tracking=none", f"output_dir={study.output}")
    print(f"== {group} {number}: {' '.join(overrides)}", flush=True)
    sweep = study.output / "groups" / group
    return train(config, sweep=sweep, job=sweep / str(number), number=number)


def groups(study: Study, task: str, seed: int) -> Iterator[tuple[str, list[list[str]]]]:
    """(name, overrides of each job): branches, independents and the tuned ratio 1, as many of each as ratios."""
    common = [f"task={task}", f"seed={seed}"]
    ratios = [f"lora.lr_ratio={ratio:g}" for ratio in study.ratios]
    alone = "lora.trunk.fraction=0"
    rate = study.compose("train").lora.lr
    count = len(ratios)
    yield "branches", [[*common, ratio] for ratio in ratios]
    yield "independent", [[*common, ratio, alone] for ratio in ratios]
    rates = [rate * 2.0 ** (number - (count - 1) / 2 + 1.5) for number in range(count)]
    yield "ratio1", [[*common, "lora.lr_ratio=1", alone, f"lora.lr={value:.3g}"] for value in rates]


def later_groups(
    study: Study, task: str, seed: int, *, alone: float, branches: Sequence[float], factor: float
) -> Iterator[tuple[str, list[list[str]]]]:
    """Groups at ratios that validation chose: other seeds and one run of the sweep's total steps at that of the best
    independent run (`alone`), and for each fold a trunk with branches at these ratios."""
    common = [f"task={task}", f"lora.lr_ratio={alone:g}", "lora.trunk.fraction=0"]
    yield "seeds", [[*common, f"seed={1000 * seed + number}"] for number in range(len(study.ratios))]
    yield (
        "folds",
        [
            [f"task={task}", f"seed={seed}", f'dataset.fold="{number}/{study.folds}"', f"lora.lr_ratio={ratio:g}"]
            for number in range(1, study.folds + 1)
            for ratio in branches
        ],
    )
    training = study.compose("train").training
    longer = f"training.epochs={training.epochs * factor:g}"
    if training.max_steps is not None:
        longer = f"training.max_steps={round(training.max_steps * factor)}"
    yield "long", [[*common, f"seed={seed}", longer, "training.evaluations=8", "training.keep_adapters=true"]]


def train_all(study: Study, task: str, seed: int) -> dict[str, list[Run]]:
    """Every run of one task and seed, by group; what is finished is found again."""
    quiet_libraries()
    found: dict[str, list[Run]] = {}

    def run_groups(own: Iterator[tuple[str, list[list[str]]]]) -> None:
        for name, jobs in own:
            if name in study.wanted:
                found[name] = _run_group(study, f"{task}-{seed}-{name}", jobs)

    run_groups(groups(study, task, seed))
    ratios = [run.status.lr_ratio for run in ranked(found["branches"])]
    alone = [run.status.lr_ratio for run in ranked(found.get("independent", []))]
    factor = times_as_long(found["branches"])
    run_groups(later_groups(study, task, seed, alone=(alone or ratios)[0], branches=ratios[:TEACHERS], factor=factor))
    return found


def _run_group(study: Study, group: str, jobs: Sequence[Sequence[str]]) -> list[Run]:
    """The runs of a group that ended well; a job that fails leaves its reason in its run.

    Raises:
        RunError: if none ended well.
    """
    runs = []
    for number, overrides in enumerate(jobs):
        try:
            runs.append(run_job(study, group, number, *overrides))
        except Exception as error:
            print(f"== {group} {number} failed: {error}", flush=True)
    usable = [read_run(run.folder) for run in runs if run.usable]
    if not usable:
        raise RunError(
            f"every run of {group} failed, so the study has no such row; mend what was printed and call again"
        )
    return usable


def ranked(runs: Sequence[Run]) -> list[Run]:
    """The runs by their validation scores, the best first."""
    return sorted(runs, key=lambda run: -(run.status.score or 0.0))


def times_as_long(branches: Sequence[Run]) -> float:
    """How many times the steps of one member all branches took together, their trunk counted once."""
    return training_steps(branches) / max(run.status.steps + run.status.trunk_steps for run in branches)
