"""What the gate tries: every merge once, committees that fit the task, and what each costs."""

import math
from dataclasses import replace

import pytest

from oraclecoder.config import EnsembleConfig, Vote
from oraclecoder.ensemble import losses
from oraclecoder.ensemble.candidates import Candidate, Kind, committees, make, merges, singles
from oraclecoder.ensemble.entrants import Entrant, shortlist
from oraclecoder.ensemble.losses import LossMeter
from oraclecoder.ensemble.lowrank import norm, relative_error
from oraclecoder.ensemble.team import Team, gather, member_names
from oraclecoder.errors import ConfigError
from oraclecoder.model.base import load_base


@pytest.fixture
def team(make_runs, conf, tmp_path) -> Team:
    return gather(make_runs(tmp_path, "sql_generation", [0.1, 0.3]), conf.merge(tmp_path).ensemble)


@pytest.fixture
def config(conf, tmp_path) -> EnsembleConfig:
    return conf.merge(tmp_path, "ensemble.samples=4", "ensemble.search=true", "ensemble.search_evaluations=30").ensemble


def test_merges_are_what_their_names_say(team, config):
    found = {one.name: one for one in merges(team, config, lambda one: 1.0)}
    first, second = team.adapters
    for name, coefficients in {"average": [0.5, 0.5], "average x 0.8": [0.4, 0.4]}.items():
        assert relative_error(make(found[name], team).adapter, [first, second], coefficients) < 1e-9
    cut = make(found["average at the members' rank"], team)
    assert {factors.rank for factors in cut.adapter.values()} == {team.rank}
    assert cut.energy_kept == pytest.approx(1)  # as these members share their A
    assert found["softmax"].weights[0] > 0.99
    dropped = make(found["DARE (density 0.7)"], team).adapter
    assert norm(dropped) > 0
    assert relative_error(dropped, [first, second], [0.5, 0.5]) > 0.1


def test_the_search_goes_where_the_loss_is_least(team, config):
    def loss(one: Candidate) -> float:
        goal = (0.9, 0.3)
        return sum((one.scale * weight - wanted) ** 2 for weight, wanted in zip(one.weights, goal, strict=True))

    *_, found = merges(team, config, loss)
    assert found.name == "search"
    assert [found.scale * weight for weight in found.weights] == pytest.approx([0.9, 0.3], abs=0.1)


def test_a_soup_of_all_or_of_one_is_not_tried_twice(team, config):
    names = [one.name for one in merges(team, config, lambda one: sum(weight > 0 for weight in one.weights))]
    assert "greedy soup" not in names
    assert len(names) == len(set(names))


def test_committees_fit_the_task_and_know_their_price(team, config):
    found = {one.name: one for one in committees(team, config)}
    several = ["vote: execution", "vote: execution of 4 samples each"]
    assert list(found) == ["committee of logits", "first that finds something", *several]
    assert [one.num_passes for one in found.values()] == [2, 2, 2, 8]
    assert found["committee of logits"].steps(team) == 4 + 4 + 2
    assert [one.steps(team) for one in singles(team)] == [6, 6]
    assert [one.vote for one in committees(team, replace(config, votes=[Vote.first], samples=0))] == [Vote.first]


def test_a_linker_is_not_asked_for_votes_of_queries(make_runs, conf, config, tmp_path):
    linkers = gather(make_runs(tmp_path, "schema_linking", [0.1, 0.3]), conf.merge(tmp_path).ensemble)
    assert committees(linkers, replace(config, votes=[Vote.first, Vote.execution])) == []
    assert [one.vote for one in committees(linkers, replace(config, votes=[Vote.union], samples=0))] == [Vote.union]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["ensemble=committee", "ensemble.gate=false"], "needs the gate, as ensemble.gate=false merges"),
        (["ensemble=merged", "ensemble.distill=true"], "trains what ensemble.kind=merged with ensemble.gate=true"),
        (["ensemble.distill=true", "ensemble.gate=false"], "trains what ensemble.kind=auto with ensemble.gate=false"),
        (["ensemble.questions=FILE"], "ensemble.questions=FILE is what a student is taught on"),
        (["ensemble.votes=[none]"], "ensemble.votes=['none'] holds none"),
        (["ensemble=committee", "ensemble.votes=[]"], "has nothing to offer with ensemble.votes=[]"),
        (["ensemble=quick", "ensemble.samples=5"], "ensemble.samples=5 are voted on by execution"),
    ],
)
def test_settings_that_would_silently_do_nothing_are_refused_with_a_remedy(conf, tmp_path, given, said):
    with pytest.raises(ConfigError) as caught:
        conf.merge(tmp_path, *given)
    assert said in str(caught.value)
    assert "; " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_settings_that_go_together_are_accepted(conf, tmp_path):
    assert conf.merge(tmp_path, "ensemble.distill=true", "ensemble.questions=FILE").ensemble.distill
    assert conf.merge(tmp_path, "ensemble=quick", "ensemble.gate=false").ensemble.gate is False
    assert conf.merge(tmp_path, "ensemble.votes=[]").ensemble.votes == []


def test_members_of_one_ratio_are_told_apart():
    assert member_names([8, 32, 8]) == ["member lr_ratio=8 (1)", "member lr_ratio=32", "member lr_ratio=8 (2)"]


def test_a_merge_whose_loss_is_no_number_is_not_answered(conf, tmp_path):
    entrants = [
        Entrant(Candidate("lost", Kind.merged, (0.5, 0.5)), math.inf),
        Entrant(Candidate("sound", Kind.merged, (0.5, 0.5)), 1.0),
    ]
    assert [one.candidate.name for one in shortlist(entrants, conf.merge(tmp_path).ensemble)] == ["sound"]


def test_a_loss_that_is_no_number_is_worse_than_any(team, monkeypatch):
    monkeypatch.setattr(losses, "mean_loss", lambda *_, **__: math.nan)
    base = load_base(team.asking.model)
    assert LossMeter(base, team, []).loss(singles(team)[0]) == math.inf


def test_only_kinds_that_are_asked_for_and_the_best_merge_are_answered(conf, tmp_path):
    entrants = [
        Entrant(Candidate("a", Kind.merged, (0.5, 0.5)), 2.0),
        Entrant(Candidate("b", Kind.merged, (0.5, 0.5)), 1.0),
        Entrant(Candidate("c", Kind.committee, (0.5, 0.5)), 0.5),
    ]
    for kind, names in {"merged": ["b"], "committee": ["c"], "auto": ["b", "c"]}.items():
        config = conf.merge(tmp_path, f"ensemble={kind}").ensemble
        assert [one.candidate.name for one in shortlist(entrants, config)] == names
