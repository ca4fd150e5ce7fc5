"""Nobody teaches what he learnt, and nothing is taught where it is measured."""

import json
from dataclasses import replace

import pytest
import torch

from oraclecoder.answer.answerer import Answerer
from oraclecoder.dataset import database_paths, load_dataset
from oraclecoder.dataset.split import hold_out
from oraclecoder.ensemble import distill
from oraclecoder.ensemble.distill import lessons_of_folds, lessons_of_questions, read_lesson_questions
from oraclecoder.ensemble.recipe import read_ensemble
from oraclecoder.ensemble.team import gather
from oraclecoder.errors import DataError, RunError
from oraclecoder.merge import merge
from oraclecoder.model.base import load_base
from oraclecoder.runs import read_run

GENERATION = "sql_generation"


@pytest.fixture
def fold_team(make_runs, conf, tmp_path):
    return gather(make_runs(tmp_path, GENERATION, [0.1, 0.4, 0.3, 0.2], folds=2), conf.merge(tmp_path).ensemble)


def test_folds_share_no_database_and_are_everything(fold_team):
    config = replace(fold_team.dataset, fold=None, train_limit=None)
    whole = load_dataset(config)
    parts = [load_dataset(replace(config, fold=f"{number}/3")) for number in (1, 2, 3)]
    for part in parts:
        assert not {e.database for e in part.train} & {e.database for e in part.held_out}
        assert len(part.train) + len(part.held_out) == len(whole.train)
        assert (part.choose, part.accept) == (whole.choose, whole.accept)
        assert {e.database for e in part.held_out} <= part.databases.keys()
    assert sorted(e.id for part in parts for e in part.held_out) == sorted(e.id for e in whole.train)
    assert len({part.fingerprint for part in (*parts, whole)}) == 4
    with pytest.raises(DataError, match=r"dataset.fold=1/99: \d+ groups are too few for 99 folds"):
        hold_out(whole.train, replace(config, fold="1/99"))


def test_each_question_is_taught_by_those_who_left_it_out(fold_team, conf, tmp_path, monkeypatch):
    asked: list[tuple[set[str], set[str]]] = []
    teach = distill.teach

    def watched(model, groups, **options):
        names = {member.example_id for group in groups for member in group.members}
        asked.append((set(options["adapters"]), names))
        return teach(model, groups, **options)

    monkeypatch.setattr(distill, "teach", watched)
    config, base, dataset = (
        conf.merge(tmp_path).ensemble,
        load_base(fold_team.asking.model),
        load_dataset(fold_team.dataset),
    )
    lessons = lessons_of_folds(fold_team, base, dataset, config, tmp_path)
    whole = (*dataset.train, *dataset.held_out)
    held = [{e.id for e in hold_out(whole, replace(fold_team.dataset, fold=f"{n}/2"))[1]} for n in (1, 2)]
    assert [names for _, names in asked] == held
    assert all(len(adapters) == 2 for adapters, _ in asked)
    assert lessons.taught.keys() == held[0] | held[1]
    assert sum(len(group.members) for group in lessons.groups) == len(whole)
    for group in lessons.groups:
        for member in group.members:
            taught = lessons.taught[member.example_id]
            assert taught.tokens.shape == (len(member.answer), 64)
            assert float(taught.log_probs.exp().sum(1).max()) <= 1 + 1e-5
    again = lessons_of_folds(fold_team, base, dataset, config, tmp_path)  # from the cache
    assert len(asked) == 2
    fewer = lessons_of_folds(fold_team, base, dataset, replace(config, taught_tokens=5), tmp_path)
    assert fewer.identity != lessons.identity
    assert again.identity == lessons.identity
    assert all(torch.equal(again.taught[name].log_probs, one.log_probs) for name, one in lessons.taught.items())


def test_a_fold_that_nobody_left_out_is_refused_by_name(fold_team, conf, tmp_path):
    alone = replace(fold_team, runs=fold_team.runs[:1])
    base, dataset = load_base(fold_team.asking.model), load_dataset(fold_team.dataset)
    with pytest.raises(RunError, match=r"no member left out dataset.fold=[12]/2, .* raise ensemble.top_k"):
        lessons_of_folds(alone, base, dataset, conf.merge(tmp_path).ensemble, tmp_path)
    assert conf.merge(tmp_path, "ensemble=distilled").ensemble.top_k == 100


def test_members_that_left_nothing_out_may_not_teach(make_runs, conf, tmp_path):
    team = gather(make_runs(tmp_path, GENERATION, [0.1, 0.4]), conf.merge(tmp_path).ensemble)
    with pytest.raises(
        RunError, match=r"run1 was trained on all questions, .* sweep dataset.fold=1/3,2/3,3/3, or give"
    ):
        lessons_of_folds(
            team, load_base(team.asking.model), load_dataset(team.dataset), conf.merge(tmp_path).ensemble, tmp_path
        )


def test_databases_that_are_measured_on_are_refused_by_name(fold_team, tmp_path):
    dataset, databases = load_dataset(fold_team.dataset), database_paths(fold_team.dataset)

    def read(database: str, question: str = "How many?"):
        path = tmp_path / "questions.jsonl"
        path.write_text(json.dumps({"question": question, "database": database}) + "\n")
        return read_lesson_questions(path, dataset, fold_team.dataset, databases)

    (example,) = read(dataset.train[0].database)
    assert (example.question, example.gold_sql) == ("How many?", "")
    for part, kind in (
        (dataset.choose, "validation"),
        (dataset.accept, "validation"),
        (dataset.evaluation, "evaluation"),
    ):
        with pytest.raises(DataError, match=rf"line 1 asks about {part[0].database}, which {kind} is made on"):
            read(part[0].database)
    with pytest.raises(DataError, match="line 1 has no question over a database of the data set"):
        read("nowhere")
    with pytest.raises(DataError, match="line 1 asks a training question"):
        read(dataset.train[0].database, dataset.train[0].question.upper() + " ")


def test_fresh_questions_are_taught_along_the_members_own_answers(make_runs, conf, tmp_path, monkeypatch):
    team = gather(make_runs(tmp_path, GENERATION, [0.1, 0.4]), conf.merge(tmp_path).ensemble)
    dataset, base = load_dataset(team.dataset), load_base(team.asking.model)
    fresh = [replace(example, gold_sql="") for example in dataset.train[:3]]
    complete = Answerer.complete

    def ended(*given, **named):  # a random model never ends, or gives up
        found = complete(*given, **named)
        return {name: replace(one, ended=True, text=one.text or "SELECT 1") for name, one in found.items()}

    monkeypatch.setattr(Answerer, "complete", ended)
    config = conf.merge(tmp_path, "ensemble.taught_tokens=5").ensemble
    lessons = lessons_of_questions(team, base, fresh, dataset.databases, config, tmp_path)
    assert lessons.taught.keys() == {example.id for example in fresh}
    for group in lessons.groups:
        for member in group.members:
            assert lessons.taught[member.example_id].tokens.shape == (len(member.answer), 5)


@pytest.mark.slow
def test_a_student_is_trained_and_goes_through_the_gate(make_runs, conf, tmp_path):
    make_runs(tmp_path, GENERATION, [0.1, 0.4], folds=2)
    overrides = ["ensemble=distilled", "ensemble.loss_questions=2", "ensemble.answer_questions=2"]
    folder = merge(conf.merge(tmp_path, *overrides))
    recipe = read_ensemble(folder)[GENERATION]
    (row,) = [row for row in recipe.candidates if row.kind == "distilled"]
    assert row.name == "distilled on 12 questions"
    assert row.loss is not None
    assert row.score is not None
    assert (row.passes, row.steps) == (1, 4 + 4 + 2 + 2)  # members, their trunk, and its own two
    (student,) = (tmp_path / "runs").glob("distilled-*")
    assert read_run(student).status.steps == 2
    before = (student / "adapter" / "adapter_model.safetensors").stat().st_mtime_ns
    merge(conf.merge(tmp_path, *overrides))
    assert (student / "adapter" / "adapter_model.safetensors").stat().st_mtime_ns == before
