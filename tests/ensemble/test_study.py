"""The ensemble's study: equal compute is equal, what a run is told is what it does, and its table adds up."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from experiments.ensemble import rows as rows_module
from experiments.ensemble.ask import Rows
from experiments.ensemble.plan import Study, groups, later_groups, times_as_long
from experiments.ensemble.report import (
    MEASURES,
    branches_against_independents,
    compare,
    gains_of,
    read_seeds,
    standard_errors,
    summarise,
    write_seed,
)
from experiments.ensemble.study import chosen_rows
from oraclecoder.errors import ConfigError
from oraclecoder.runs import Run, State, Status

RATIOS = (1.0, 4.0, 8.0)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return Study((1,), RATIOS, 3, tmp_path, ("dataset=demo", "training.epochs=1"))


def test_groups_have_a_job_for_each_ratio_and_differ_in_what_they_say_only(study):
    found = dict(groups(study, "sql_generation", 7))
    assert list(found) == ["branches", "independent", "ratio1"]
    composed = {name: [study.compose("train", *job) for job in jobs] for name, jobs in found.items()}
    assert [config.lora.lr_ratio for config in composed["branches"]] == list(RATIOS)
    assert [config.lora.lr_ratio for config in composed["independent"]] == list(RATIOS)
    assert {config.lora.lr_ratio for config in composed["ratio1"]} == {1.0}
    rates = [config.lora.lr for config in composed["ratio1"]]
    assert [later / earlier for earlier, later in pairwise(rates)] == pytest.approx([2, 2], rel=0.01)
    assert {c.lora.trunk.fraction for c in composed["branches"]} == {0.5}
    assert {c.lora.trunk.fraction for name in ("independent", "ratio1") for c in composed[name]} == {0.0}
    assert {(c.seed, c.task.name.value, c.training.epochs) for own in composed.values() for c in own} == {
        (7, "sql_generation", 1.0)
    }


def test_the_long_run_is_as_many_times_as_long_whatever_the_overrides_of_all_runs_say(study):
    later = dict(later_groups(study, "sql_generation", 7, alone=4.0, branches=[1.0, 8.0], factor=3.25))
    (long,) = later["long"]
    assert study.compose("train", *long).training.epochs == pytest.approx(3.25)
    assert len(later["seeds"]) == len(RATIOS)
    assert len({study.compose("train", *job).seed for job in later["seeds"]}) == len(RATIOS)
    taught = [study.compose("train", *job) for job in later["folds"]]
    assert [(config.dataset.fold, config.lora.lr_ratio) for config in taught] == [
        (fold, ratio) for fold in ("1/3", "2/3", "3/3") for ratio in (1, 8)
    ]
    assert {config.lora.trunk.fraction for config in taught} == {0.5}
    assert {study.compose("train", *job).lora.lr_ratio for job in (long, *later["seeds"])} == {4}
    stepped = Study((1,), RATIOS, 3, study.output, ("training.max_steps=10",))
    (long,) = dict(later_groups(stepped, "sql_generation", 7, alone=4.0, branches=[4.0], factor=3.25))["long"]
    assert stepped.compose("train", *long).training.max_steps == 32


@pytest.mark.parametrize(
    ("wanted", "told"),
    [(["branches", "long"], "independent"), (["independent"], "branches"), (["branches", "more"], "more")],
)
def test_groups_without_what_they_need_are_refused_by_name(study, wanted, told):
    with pytest.raises(ConfigError, match=told):
        replace(study, wanted=tuple(wanted))
    assert replace(study, wanted=("branches", "independent", "long")).wanted[-1] == "long"


def test_rows_that_are_asked_have_the_best_member_beside_them_and_unknown_ones_are_told():
    rows: Rows = {name: {} for name in ("member lr_ratio=4", "best member", "average, trunk", "committee, trunk")}
    assert chosen_rows(rows, None) == list(rows)
    assert chosen_rows(rows, ["committee, trunk"]) == ["best member", "committee, trunk"]
    with pytest.raises(ConfigError, match="commitee"):
        chosen_rows(rows, ["commitee, trunk"])


def row(name: str, seed: int, right: str, *, steps: int = 10) -> dict:
    """A row that answers eight questions of two databases, in all measures the same ones right."""
    hits = {f"q{number}": float(one) for number, one in enumerate(right)}
    return {
        "row": name,
        "seed": seed,
        "hits": dict.fromkeys(MEASURES, hits),
        "databases": {key: "shop" if number < 4 else "school" for number, key in enumerate(hits)},
        "steps": {"schema_linking": steps, "sql_generation": steps},
        "passes": {"schema_linking": 1, "sql_generation": 5},
        "seconds": 2.0 * seed,
    }


def test_seeds_are_averaged_question_by_question_and_gains_are_against_the_named_rows():
    results = [
        row("best member", 1, "11001100"),
        row("average, trunk", 1, "11101100"),
        row("one run of equal compute", 1, "11111111", steps=30),
        row("best member", 2, "11000000"),
        row("average, trunk", 2, "11101000"),
        row("one run of equal compute", 2, "11111111", steps=30),
    ]
    lines = {(line["measure"], line["row"]): line for line in summarise(results)}
    merged = lines["two stages", "average, trunk"]
    assert lines["two stages", "best member"]["rate"] == pytest.approx(6 / 16)
    assert merged["rate"] == pytest.approx(9 / 16)
    assert merged["gain_mean"] == pytest.approx(3 / 16)
    assert (merged["gain_databases_up"], merged["gain_databases_down"]) == (2, 0)
    assert merged["over_long_mean"] == pytest.approx(-7 / 16)
    assert (merged["seeds"], merged["steps"], merged["passes"], merged["seconds"]) == (2, 20, 5, 3.0)
    assert lines["tables exact", "one run of equal compute"]["steps"] == 60


def test_a_gain_is_taken_over_the_seeds_that_have_both_rows():
    results = [
        row("best member", 1, "00000000"),
        row("best member", 2, "11111111"),
        row("average, trunk", 2, "11111110"),
    ]
    (merged,) = [
        line for line in summarise(results) if line["row"] == "average, trunk" and line["measure"] == MEASURES[0]
    ]
    assert merged["gain_mean"] == pytest.approx(-1 / 8)


def test_any_two_rows_are_compared_in_the_seeds_that_have_both():
    results = [row("one", 1, "00000000"), row("one", 2, "11110000"), row("other", 2, "11101000")]
    assert gains_of(results, "one", "other")["two stages"]["mean"] == pytest.approx(0)
    assert gains_of([*results, row("other", 1, "10000000")], "other", "one")["two stages"]["mean"] == 1 / 16
    with pytest.raises(ConfigError, match=r"no seed has both 'one' and 'neither'; take two of \['one', 'other'\]"):
        gains_of(results, "one", "neither")


def test_rows_that_cannot_differ_do_not_count_in_the_correction():
    results = [row("best member", 1, "00001111"), row("same", 1, "00001111"), row("better", 1, "11111111")]
    lines = {line["row"]: line for line in summarise(results) if line["measure"] == MEASURES[0]}
    assert lines["better"]["gain_p_holm"] == lines["better"]["gain_p"]
    assert lines["same"]["gain_p_holm"] == 1.0


def test_equal_means_of_three_seeds_are_no_difference():
    first, second = {"a": 1.0, "b": 1 / 3}, {"a": 2 / 3, "b": 2 / 3}
    found = compare(first, second, {"a": "shop", "b": "shop"})
    assert (found["mean"], found["databases_up"], found["databases_down"], found["p"]) == (pytest.approx(0), 0, 0, 1.0)


def test_few_databases_must_differ_by_more_standard_errors():
    assert standard_errors(5) == pytest.approx((2.776 + 0.941) * (5 / 4) ** 0.5, abs=1e-3)
    assert standard_errors(10_000) == pytest.approx(1.96 + 0.842, abs=2e-3)


def test_all_branches_and_their_trunk_together_are_as_many_members_long(tmp_path):
    told = {"steps": 5, "trunk": "t", "trunk_steps": 5}
    statuses = [Status(State.done, "one", "sql_generation", ratio, **told) for ratio in RATIOS]
    assert times_as_long([Run(tmp_path, status) for status in statuses]) == pytest.approx((5 + 3 * 5) / 10)


def test_the_run_of_equal_compute_votes_over_links_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr(rows_module, "_merge", lambda *_, **__: tmp_path / "average")
    (tmp_path / "long" / "kept" / "10").mkdir(parents=True)
    run = Run(tmp_path / "long", Status(State.done, "c", "schema_linking", 8.0, steps=10))
    runs = {"long": [run], "branches": [run] * 3}
    found = {
        task: rows_module._long_rows(task, runs, tmp_path)["its self-consistency"]
        for task in ("schema_linking", "sql_generation")
    }
    assert {built.panel.adapters for built in found.values()} == {(run.adapter,)}
    assert [built.panel.num_samples for built in found.values()] == [1, 3]


def test_branches_are_compared_with_independents_over_all_ratios_and_seeds():
    results = [
        row("member lr_ratio=4", 1, "11110000"),
        row("member lr_ratio=8", 1, "11110000"),
        row("independent lr_ratio=4", 1, "11111100"),
        row("independent lr_ratio=8", 1, "11110000"),
    ]
    found = branches_against_independents(results)["SQL on gold links"]
    assert found["mean"] == pytest.approx(-1 / 8)
    assert (found["databases_up"], found["databases_down"]) == (0, 1)


def test_the_seeds_of_a_study_are_read_back_from_its_folder(tmp_path):
    first, second = [row("best member", 1, "10101010")], [row("best member", 2, "11111111")]
    write_seed(second, tmp_path, 2)
    write_seed(first, tmp_path, 1)
    assert read_seeds(tmp_path) == first + second
