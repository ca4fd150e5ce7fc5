"""The plan of the ensemble's study: equal compute is equal, and what a run is told is what it does."""

from itertools import pairwise
from pathlib import Path

import pytest

from experiments.ensemble.plan import Study, groups, later_groups

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
    later = dict(later_groups(study, "sql_generation", 7, 4.0, 3.25))
    (long,) = later["long"]
    assert study.compose("train", *long).training.epochs == pytest.approx(3.25)
    assert len(later["seeds"]) == len(RATIOS)
    assert len({study.compose("train", *job).seed for job in later["seeds"]}) == len(RATIOS)
    assert [study.compose("train", *job).dataset.fold for job in later["folds"]] == ["1/3", "2/3", "3/3"]
    stepped = Study((1,), RATIOS, 3, study.output, ("training.max_steps=10",))
    (long,) = dict(later_groups(stepped, "sql_generation", 7, 4.0, 3.25))["long"]
    assert stepped.compose("train", *long).training.max_steps == 32
