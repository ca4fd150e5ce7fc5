"""Is an ensemble better than its best member, than one run of equal compute, than plain LoRA tuned as long?

python -m experiments.ensemble.study dataset=demo seeds=[1,2,3] ratios=[1,4,8,16,32] output=outputs/study
python -m experiments.ensemble.study experiment=smoke seeds=[1] ratios=[4,8] folds=2 test_limit=4 output=/tmp/smoke

Everything is found again and taken up where it stopped. All that is chosen is chosen on validation (gate, best member,
tuned rates) and written to rows-SEED.json before the first test question is asked. With jobs=2 both tasks are trained,
and rows asked, at the same time. groups=["branches"] and rows=["average, trunk"] train and ask a part now; the command
without them does the rest later. Other key=value pairs are overrides of the training runs.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from joblib import Parallel, delayed

from experiments.ensemble.ask import Rows, ask_all
from experiments.ensemble.pictures import draw_all
from experiments.ensemble.plan import GROUPS, TASKS, Study, ranked, train_all
from experiments.ensemble.report import read_seeds, write_report, write_seed
from experiments.ensemble.rows import BUILT_BY, gated_rows, geometry, merged_folder, rows_of
from oraclecoder.errors import ConfigError
from oraclecoder.records import write_json
from oraclecoder.runs import Run
from oraclecoder.tracking.progress import quiet_libraries


def read_arguments(arguments: list[str]) -> tuple[Study, list[str] | None, int | None]:
    """The study that is asked for, which rows are asked, and how many test questions (None: all)."""
    given = dict(argument.split("=", 1) for argument in arguments)
    seeds = json.loads(given.pop("seeds", "[1,2,3]"))
    ratios = json.loads(given.pop("ratios", "[1,4,8,16,32]"))
    folds, limit = int(given.pop("folds", "3")), given.pop("test_limit", None)
    output, jobs = Path(given.pop("output", "outputs/study")), int(given.pop("jobs", "1"))
    wanted, rows = json.loads(given.pop("groups", json.dumps(GROUPS))), json.loads(given.pop("rows", "null"))
    overrides = tuple(f"{key}={value}" for key, value in given.items())
    study = Study(tuple(seeds), tuple(ratios), folds, output, overrides, jobs, tuple(wanted))
    return study, rows, int(limit) if limit else None


def build(study: Study, seed: int) -> tuple[Rows, dict[str, dict[str, list[Run]]]]:
    """Train and merge everything of one seed, and write down who answers each row."""
    trained = Parallel(n_jobs=study.jobs)(delayed(train_all)(study, task, seed) for task in TASKS)
    runs = dict(zip(TASKS, trained, strict=True))
    rows: Rows = {}
    gated = gated_rows(study, seed, runs)
    for task in TASKS:
        for name, built in (rows_of(study, task, seed, runs[task]) | gated[task]).items():
            rows.setdefault(name, {})[task] = built
    plain = {name: {task: asdict(built) for task, built in own.items()} for name, own in rows.items()}
    write_json(study.output / "results" / f"rows-{seed}.json", plain)
    return rows, runs


def chosen_rows(rows: Rows, wanted: list[str] | None) -> list[str]:
    """The names of the rows that are asked (None: all), with what they are compared to.

    Raises:
        ConfigError: if one is not there.
    """
    unknown = set(wanted or ()) - set(rows)
    if unknown:
        raise ConfigError(f"rows has {sorted(unknown)}, which these groups do not give; take some of {list(rows)}")
    return [name for name in rows if wanted is None or name in (*wanted, "best member")]


def main(arguments: list[str]) -> None:
    """Train, build, fix, test, report."""
    quiet_libraries()
    study, wanted, limit = read_arguments(arguments)
    built = {seed: build(study, seed) for seed in study.seeds}
    shape = {
        f"{task}, {name}": geometry(runs[task][group])
        for runs in [built[study.seeds[0]][1]]
        for task in TASKS
        for name, group in (("trunk", "branches"), ("no trunk", "independent"))
        if group in study.wanted
    }
    write_json(study.output / "results" / "cosines.json", shape)
    for seed, (rows, runs) in built.items():
        print(f"== seed {seed}: best ratios {[ranked(runs[task]['branches'])[0].status.lr_ratio for task in TASKS]}")
        asked = ask_all(study, seed, rows, runs, limit, wanted=chosen_rows(rows, wanted))
        write_seed(asked, study.output / "results", seed)
    results = read_seeds(study.output / "results", study.seeds)
    write_report(results, study.output / "results")
    ways = {
        f"seed {seed}, {group}": merged_folder(study, seed, group, runs)
        for seed, (_, runs) in built.items()
        for group in BUILT_BY
        if group in study.wanted
    }
    draw_all(results, ways, study.output / "results")


if __name__ == "__main__":
    main(sys.argv[1:])
