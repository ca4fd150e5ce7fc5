"""The test questions of the study, asked of every row."""

import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed

from experiments.ensemble.plan import TASKS, Study
from experiments.ensemble.rows import Built, team_of
from oraclecoder.answer.panel import Memos, Panel
from oraclecoder.answer.scoring import link_signals, sql_right
from oraclecoder.dataset import database_paths, load_evaluation
from oraclecoder.ensemble.asked import GENERATION, LINKING, Asked, Bases, Questions
from oraclecoder.ensemble.team import Asking
from oraclecoder.records import read_json, write_json
from oraclecoder.runs import Run
from oraclecoder.tracking.progress import quiet_libraries

Rows = dict[str, dict[str, Built]]
"""Who answers, by row and task."""


def ask_all(
    study: Study, seed: int, rows: Rows, runs: Mapping[str, Mapping[str, list[Run]]], limit: int | None
) -> list[dict[str, Any]]:
    """What each row of one seed gets right; a row is asked once, and so are rows of the same panels."""
    teams = {task: team_of(study, runs[task]["branches"]) for task in TASKS}
    config = teams[GENERATION].dataset
    questions = Questions.of(load_evaluation(config).examples[:limit], database_paths(config))
    asking = {task: team.asking for task, team in teams.items()}
    rows = {name: rows["best member"] | own for name, own in rows.items()}
    folder = study.output / "results" / str(seed)
    places = {name: folder / f"{name.replace(' ', '_').replace('=', '-')}.json" for name in rows}
    panels: dict[tuple[Panel, ...], str] = {}
    for name, row in rows.items():
        panels.setdefault(tuple(row[task].panel for task in TASKS), name)
    missing = [name for name in panels.values() if not places[name].is_file()]
    Parallel(n_jobs=study.jobs)(
        delayed(_ask)(asking, questions, rows[name], name, config.name.value, places[name]) for name in missing
    )
    results = []
    for name, row in rows.items():
        found = read_json(places[panels[tuple(row[task].panel for task in TASKS)]])
        steps = {task: built.steps for task, built in row.items()}
        results.append(found | {"steps": steps, "row": name, "seed": seed})
    return results


@cache
def _bases() -> Bases:
    """This process's, loaded once."""
    return Bases()


def _ask(
    asking: Mapping[str, Asking], questions: Questions, row: Mapping[str, Built], name: str, kind: str, place: Path
) -> None:
    """Write down what a row gets right, by question, and what it took; nothing is remembered from row to row."""
    quiet_libraries()
    print(f"== test: {name}", flush=True)
    for task in TASKS:
        _bases().of(asking[task].model)  # loading is no part of a row's seconds
    start, asked = time.monotonic(), Asked(asking, questions, _bases(), Memos())
    linked = asked.links(row[LINKING].panel, name)
    signals = link_signals(linked, {key: one.links for key, one in questions.gold.items()})
    hits: dict[str, dict[str, float]] = {
        "tables exact": {key: signal["tables_exact"] for key, signal in signals.items()},
        "tables all found": {key: signal["tables_recalled"] for key, signal in signals.items()},
    }
    for measure, links in (("SQL on gold links", questions.gold), ("two stages", linked)):
        said = asked.sql(row[GENERATION].panel, links, f"{name}: {measure}")
        limits = asking[GENERATION].limits
        hits[measure] = sql_right(questions.examples, said, questions.databases, kind=kind, limits=limits)
    found = {
        "hits": hits,
        "databases": {example.id: example.database for example in questions.examples},
        "passes": {task: built.panel.num_passes for task, built in row.items()},
        "seconds": round(time.monotonic() - start, 1),
    }
    write_json(place, found)
