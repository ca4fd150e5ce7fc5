"""The test questions of the study, asked of every row."""

import time
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed

from experiments.ensemble.plan import TASKS, Study
from experiments.ensemble.rows import Built, team_of
from oraclecoder.answer.panel import Memos
from oraclecoder.answer.scoring import link_signals, sql_right
from oraclecoder.dataset import database_paths, load_evaluation
from oraclecoder.ensemble.asked import GENERATION, LINKING, Asked, Bases, Questions
from oraclecoder.ensemble.team import Asking
from oraclecoder.fingerprint import digest_value
from oraclecoder.records import read_json, write_json
from oraclecoder.runs import Run
from oraclecoder.tracking.progress import quiet_libraries

Rows = dict[str, dict[str, Built]]
"""Who answers, by row and task."""


def ask_all(
    study: Study,
    seed: int,
    rows: Rows,
    runs: Mapping[str, Mapping[str, list[Run]]],
    limit: int | None,
    *,
    wanted: Collection[str],
) -> list[dict[str, Any]]:
    """What each row of one seed gets right, of those that are wanted and those that were asked before; a row is asked
    once, and so are rows of the same panels."""
    teams = {task: team_of(study, runs[task]["branches"]) for task in TASKS}
    config = teams[GENERATION].dataset
    questions = Questions.of(load_evaluation(config).examples[:limit], database_paths(config))
    asking = {task: team.asking for task, team in teams.items()}
    rows = {name: rows["best member"] | own for name, own in rows.items()}
    asked = [repr(asking), [example.id for example in questions.examples]]
    digests = {name: digest_value([asked, *(repr(row[task].panel) for task in TASKS)]) for name, row in rows.items()}
    folder = study.output / "results" / str(seed)
    first = {digests[name]: name for name in reversed(rows) if name in wanted}
    Parallel(n_jobs=study.jobs)(
        delayed(_ask)(asking, questions, rows[name], name, config.name.value, folder / f"{digest}.json")
        for digest, name in reversed(first.items())
        if not (folder / f"{digest}.json").is_file()
    )
    return [
        read_json(folder / f"{digests[name]}.json")
        | {"row": name, "seed": seed, "steps": {task: built.steps for task, built in row.items()}}
        for name, row in rows.items()
        if (folder / f"{digests[name]}.json").is_file()
    ]


@cache
def _bases() -> Bases:
    """This process's, loaded once."""
    return Bases()


def _ask(
    asking: Mapping[str, Asking], questions: Questions, row: Mapping[str, Built], name: str, kind: str, place: Path
) -> None:
    """Write down what a row gets right, by question, and the seconds of its two stages; no row remembers another."""
    quiet_libraries()
    print(f"== test: {name}", flush=True)
    for task in TASKS:
        _bases().of(asking[task].model)  # loading is no part of a row's seconds
    asked, start, panel = Asked(asking, questions, _bases(), Memos()), time.monotonic(), row[GENERATION].panel
    linked = asked.links(row[LINKING].panel, name)
    said = {"two stages": asked.sql(panel, linked, f"{name}: two stages")}
    seconds = time.monotonic() - start
    said["SQL on gold links"] = asked.sql(panel, questions.gold, f"{name}: SQL on gold links")
    signals = link_signals(linked, {key: one.links for key, one in questions.gold.items()})
    hits: dict[str, dict[str, float]] = {
        "tables exact": {key: signal["tables_exact"] for key, signal in signals.items()},
        "tables all found": {key: signal["tables_recalled"] for key, signal in signals.items()},
    }
    for measure, queries in said.items():
        limits = asking[GENERATION].limits
        hits[measure] = sql_right(questions.examples, queries, questions.databases, kind=kind, limits=limits)
    found = {
        "hits": hits,
        "databases": {example.id: example.database for example in questions.examples},
        "passes": {task: built.panel.num_passes for task, built in row.items()},
        "seconds": round(seconds, 1),
    }
    write_json(place, found)
