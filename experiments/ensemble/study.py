"""Is an ensemble better than its best member, than one run of equal compute, than plain LoRA tuned as long?

python -m experiments.ensemble.study dataset=demo seeds=[1,2,3] ratios=[1,4,8,16,32] output=outputs/study
python -m experiments.ensemble.study experiment=smoke seeds=[1] ratios=[4,8] folds=2 test_limit=4 output=/tmp/smoke

Everything is found again and taken up where it stopped. All that is chosen is chosen on validation (gate, best member,
tuned rates) and written to rows.json before the first test question is asked. Other key=value pairs are overrides of
the training runs.
"""

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from experiments.ensemble.pictures import draw_all
from experiments.ensemble.plan import TASKS, Study, best_of, train_all
from experiments.ensemble.report import write_report
from experiments.ensemble.rows import Built, gated_rows, geometry, rows_of, team_of
from oraclecoder.answer.panel import Memos, Panel
from oraclecoder.answer.scoring import link_signals, sql_right
from oraclecoder.dataset import database_paths, load_evaluation
from oraclecoder.ensemble.asked import GENERATION, LINKING, Asked, Bases, Questions
from oraclecoder.records import read_json, write_json
from oraclecoder.runs import Run
from oraclecoder.tracking.progress import quiet_libraries

Rows = dict[str, dict[str, Built]]
"""Who answers, by row and task."""


def read_arguments(arguments: list[str]) -> tuple[Study, int | None]:
    """The study that is asked for, and how many test questions are asked (None: all)."""
    given = dict(argument.split("=", 1) for argument in arguments)
    seeds = json.loads(given.pop("seeds", "[1,2,3]"))
    ratios = json.loads(given.pop("ratios", "[1,4,8,16,32]"))
    folds, limit = int(given.pop("folds", "3")), given.pop("test_limit", None)
    output = Path(given.pop("output", "outputs/study"))
    overrides = tuple(f"{key}={value}" for key, value in given.items())
    return Study(tuple(seeds), tuple(ratios), folds, output, overrides), int(limit) if limit else None


def build(study: Study, seed: int) -> tuple[Rows, dict[str, dict[str, list[Run]]]]:
    """Train and merge everything of one seed, and write down who answers each row."""
    runs = {task: train_all(study, task, seed) for task in TASKS}
    rows: Rows = {}
    gated = gated_rows(study, seed, runs)
    for task in TASKS:
        for name, built in (rows_of(study, task, seed, runs[task]) | gated[task]).items():
            rows.setdefault(name, {})[task] = built
    plain = {name: {task: asdict(built) for task, built in own.items()} for name, own in rows.items()}
    write_json(study.output / "results" / f"rows-{seed}.json", plain)
    return rows, runs


def test(study: Study, seed: int, rows: Rows, runs: Mapping[str, Mapping[str, list[Run]]], limit: int | None) -> None:
    """Ask the test questions of every row of one seed; a row is asked once, and so are rows of the same panels."""
    teams = {task: team_of(study, runs[task]["branches"]) for task in TASKS}
    config = teams[GENERATION].dataset
    questions = Questions.of(load_evaluation(config).examples[:limit], database_paths(config))
    bases, asking = Bases(), {task: team.asking for task, team in teams.items()}
    for task in TASKS:
        bases.of(asking[task].model)  # loading is no part of a row's seconds
    answered: dict[tuple[Panel, ...], dict[str, Any]] = {}
    for name, own in rows.items():
        place = study.output / "results" / str(seed) / f"{name.replace(' ', '_').replace('=', '-')}.json"
        row = rows["best member"] | own
        panels = tuple(row[task].panel for task in TASKS)
        if place.is_file():
            answered[panels] = read_json(place)
            continue
        if panels not in answered:
            print(f"== test, seed {seed}: {name}", flush=True)
            asked = Asked(asking, questions, bases, Memos())  # nothing is remembered, so that seconds compare
            answered[panels] = answer(asked, row, name, kind=config.name.value)
        cost = {"steps": {task: built.steps for task, built in row.items()}}
        write_json(place, answered[panels] | cost | {"row": name, "seed": seed})


def answer(asked: Asked, row: Mapping[str, Built], name: str, *, kind: str) -> dict[str, Any]:
    """What a row gets right, by question, and what it took."""
    start, q = time.monotonic(), asked.questions
    linked = asked.links(row[LINKING].panel, name)
    signals = link_signals(linked, {key: one.links for key, one in q.gold.items()})
    hits: dict[str, dict[str, float]] = {
        "tables exact": {key: signal["tables_exact"] for key, signal in signals.items()},
        "tables all found": {key: signal["tables_recalled"] for key, signal in signals.items()},
    }
    for measure, links in (("SQL on gold links", q.gold), ("two stages", linked)):
        predictions = asked.sql(row[GENERATION].panel, links, f"{name}: {measure}")
        limits = asked.asking[GENERATION].limits
        hits[measure] = sql_right(q.examples, predictions, q.databases, kind=kind, limits=limits)
    return {
        "hits": hits,
        "databases": {example.id: example.database for example in q.examples},
        "passes": {task: built.panel.num_passes for task, built in row.items()},
        "seconds": round(time.monotonic() - start, 1),
    }


def main(arguments: list[str]) -> None:
    """Train, build, fix, test, report."""
    quiet_libraries()
    study, limit = read_arguments(arguments)
    built = {seed: build(study, seed) for seed in study.seeds}
    shape = {
        f"{task}, {name}": geometry(runs[task][group])
        for runs in [built[study.seeds[0]][1]]
        for task in TASKS
        for name, group in (("trunk", "branches"), ("no trunk", "independent"))
    }
    write_json(study.output / "results" / "cosines.json", shape)
    for seed, (rows, runs) in built.items():
        print(f"== seed {seed}: best ratios {[best_of(runs[task]['branches']).status.lr_ratio for task in TASKS]}")
        test(study, seed, rows, runs, limit)
    found = [sorted((study.output / "results" / str(seed)).glob("*.json")) for seed in study.seeds]
    results = [read_json(path) for paths in found for path in paths]
    write_report(results, study.output / "results")
    draw_all(results, study.output)


if __name__ == "__main__":
    main(sys.argv[1:])
