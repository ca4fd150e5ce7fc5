"""The gate: what is tried, what is said of it, and that only a gain on other questions is served."""

import json
import math
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from oraclecoder.answer.scoring import sql_right
from oraclecoder.config import Vote
from oraclecoder.database.execute import Executor
from oraclecoder.ensemble import build
from oraclecoder.ensemble.build import UNJUDGED, Outcome, build_task
from oraclecoder.ensemble.candidates import Candidate, Kind
from oraclecoder.ensemble.entrants import Entrant, no_worse
from oraclecoder.ensemble.gate import accept, best_lineup
from oraclecoder.ensemble.losses import LossMeter
from oraclecoder.ensemble.lowrank import relative_error
from oraclecoder.ensemble.recipe import member_adapter, panel_of, read_ensemble, read_recipe
from oraclecoder.ensemble.sanity import ServedChecks
from oraclecoder.ensemble.team import gather
from oraclecoder.errors import ConfigError, DataError, RunError
from oraclecoder.evaluate import evaluate_ensemble
from oraclecoder.merge import merge, next_command
from oraclecoder.model.adapter_files import check_adapter
from oraclecoder.model.base import load_base
from oraclecoder.model.factors import read_factors
from oraclecoder.records import Example, Prediction

LINKING, GENERATION = "schema_linking", "sql_generation"


def entrant(
    name: str, kind: Kind = Kind.single, *, own: float = 0.0, voices: int = 1, loss: float | None = 1.0
) -> Entrant:
    return Entrant(Candidate(name, kind, (1.0,) * voices), loss, hits={"q": own})


def test_a_pair_is_chosen_by_what_it_answers_then_by_its_parts_its_cost_and_its_loss():
    single, merged = entrant("single", own=0.4), entrant("merged", Kind.merged, own=0.5)
    committee = entrant("committee", Kind.committee, own=0.5, voices=3)
    better, equal = {"a": 1.0, "b": 1.0}, {"a": 1.0, "b": 0.0}
    assert best_lineup([({"t": merged}, equal), ({"t": single}, better)]) == {"t": single}
    assert best_lineup([({"t": single}, equal), ({"t": merged}, equal)]) == {"t": merged}
    assert best_lineup([({"t": committee}, equal), ({"t": merged}, equal)]) == {"t": merged}
    surer, unknown = entrant("surer", Kind.merged, own=0.5, loss=0.9), entrant("unknown", own=0.5, loss=None)
    assert best_lineup([({"t": unknown}, equal), ({"t": merged}, equal), ({"t": surer}, equal)]) == {"t": surer}


def test_the_best_of_each_measure_go_on_and_among_equals_the_cheaper_and_surer():
    def linker(name: str, own: float, recall: float, *, loss: float | None = None, voices: int = 1) -> Entrant:
        candidate = Candidate(name, Kind.merged if voices == 1 else Kind.committee, (1.0,) * voices)
        return Entrant(candidate, loss, hits={"q": own}, recalled={"q": recall})

    single = linker("single", 0.5, 0.5)
    union, merge = linker("union", 0.3, 0.9, voices=3), linker("merge", 0.6, 0.5, loss=0.4)
    worse, vote, other = (
        linker("worse", 0.4, 0.4),
        linker("vote", 0.6, 0.4, voices=3),
        linker("other", 0.6, 0.5, loss=0.3),
    )
    found = no_worse(single, [union, vote, merge, worse, other], most=1)
    assert [one.candidate.name for one in found] == ["other", "union"]
    found = no_worse(single, [union, vote, merge, worse, other], most=2)
    assert [one.candidate.name for one in found] == ["other", "merge", "union"]
    assert no_worse(single, [worse], most=5) == []


@pytest.mark.parametrize(
    ("after", "accepted", "words"),
    [
        ([1, 1, 0, 0], True, "answers more of the accepting part"),
        ([0, 1, 0, 0], False, "answers no more of the accepting part"),
        ([0, 0, 0, 0], False, "the single adapter is served"),
    ],
)
def test_an_ensemble_is_accepted_for_a_gain_and_a_tie_goes_to_the_single_adapter(after, accepted, words):
    ids = ["a", "b", "c", "d"]
    before = dict(zip(ids, [1.0, 0.0, 0.0, 0.0], strict=True))
    databases = dict(zip(ids, ["x", "x", "y", "y"], strict=True))
    found = accept(before, dict(zip(ids, map(float, after), strict=True)), databases, name="average")
    assert found[0] is accepted
    assert found[1]["difference"][0] == pytest.approx((sum(after) - 1) / 4)
    assert found[1]["questions"] == 4
    assert words in found[2]


def test_only_questions_that_both_were_judged_on_decide():
    before, after = {"a": 0.0, "b": 1.0, "c": 0.0}, {"a": 1.0, "b": 1.0, "d": 0.0}
    accepted, found, why = accept(before, after, dict.fromkeys("abcd", "x"), name="average")
    assert accepted
    assert (found["questions"], found["single"][0], found["ensemble"][0]) == (2, 0.5, 1.0)
    assert found["difference"][0] == 0.5
    assert "on 2 questions" in why


def test_where_no_question_can_be_judged_the_single_adapter_is_served():
    accepted, found, why = accept({"a": 1.0}, {"b": 1.0}, dict.fromkeys("ab", "x"), name="average")
    assert (accepted, found) == (False, None)
    assert why == "no question of the accepting part can be judged; the single adapter is served"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["merged", "auto"])
def test_the_gate_tries_every_candidate_and_says_what_it_chose_and_why(make_runs, conf, tmp_path, kind):
    for task in (LINKING, GENERATION):
        make_runs(tmp_path, task, [0.1, 0.3, 0.2])
    folder = merge(conf.merge(tmp_path, f"ensemble={kind}", "ensemble.loss_questions=3"))
    recipes = read_ensemble(folder)
    assert recipes.keys() == {LINKING, GENERATION}
    for task, recipe in recipes.items():
        assert [member.score for member in recipe.members] == [0.3, 0.2, 0.1]
        rows = {row.name: row for row in recipe.candidates}
        singles = [f"member lr_ratio={ratio}" for ratio in (16, 32, 8)]
        assert list(rows)[:3] == singles
        votes = {"vote: union", "vote: majority", "vote: intersection"}
        if task == GENERATION:
            votes = {"vote: execution", "first that finds something"}
        assert {"average", "average at the members' rank", "softmax", "average x 0.8", "average x 1.25",
                "TIES (density 0.7)", "DARE (density 0.7)", "committee of logits"} | votes <= rows.keys()  # fmt: skip
        assert all(row.loss is not None and 1 < row.loss < 20 for name, row in rows.items() if name not in votes)
        assert [rows[name].steps for name in (*singles, "average")] == [6, 6, 6, 14]  # the trunk's 2 counted once
        assert (rows["average"].passes, rows["committee of logits"].passes) == (1, 3)
        answered = {name for name, row in rows.items() if row.score is not None}
        assert singles[0] in answered
        assert ("committee of logits" in answered) == (kind == "auto")
        assert recipe.decision["measure"] == "execution accuracy in two stages"
        assert recipe.decision["chosen_on"]["questions"] == 3
        assert recipe.served.kind == "single"  # a random model answers nothing, and a tie goes to the single one
        assert len(recipe.path_losses) == 5
        said = "\n".join(recipe.sanity)
        for check in ("identity merge", "delta error", "finite", "norm", "cosine", "reloaded", "dequantised"):
            assert check in said
        assert recipe.cost["loss_questions"] == 3
        assert recipe.cost["member_steps"] == 14
        weights = [(folder / task / "adapter" / name).read_bytes() for name in ("adapter_model.safetensors",)]
        best = tmp_path / "runs" / recipe.members[0].run / "adapter" / "adapter_model.safetensors"
        assert weights == [best.read_bytes()]
    assert not list(folder.glob("*/candidate-*"))


@pytest.mark.parametrize("kind", [Kind.single, Kind.merged, Kind.committee])
def test_what_was_accepted_is_in_the_folder_or_named_from_there(make_runs, conf, tmp_path, kind):
    runs = make_runs(tmp_path, GENERATION, [0.1, 0.3])
    team = gather(runs, conf.merge(tmp_path).ensemble)
    half = (1.0, 0.0) if kind is Kind.single else (0.5, 0.5)
    vote = Vote.logits if kind is Kind.committee else Vote.none
    chosen = Candidate("chosen", kind, half, vote=vote, scale=0.8)
    folder = tmp_path / "ensembles" / "now" / GENERATION
    recipe = build_task(
        team, Outcome(chosen, Candidate("average", Kind.merged, (0.5, 0.5)), UNJUDGED), folder, commit=""
    )
    assert read_recipe(folder) == recipe
    panel = panel_of(recipe, folder)
    assert (panel.vote, panel.num_passes) == (vote, 2 if kind is Kind.committee else 1)
    if kind is Kind.committee:
        assert [adapter.resolve() for adapter in panel.adapters] == [run.adapter for run in team.runs]
        assert panel.weights == half
    elif kind is Kind.merged:
        written = read_factors(folder / "adapter")
        assert relative_error(written, team.adapters, [0.4, 0.4]) < 1e-6
    else:
        assert member_adapter(recipe, 0, folder) == folder / "adapter"
        assert check_adapter(folder / "adapter") == check_adapter(runs[1].adapter)


def test_a_recipe_is_json_whatever_could_not_be_measured(make_runs, conf, tmp_path, monkeypatch):
    team = gather(make_runs(tmp_path, GENERATION, [0.1, 0.3]), conf.merge(tmp_path).ensemble)
    monkeypatch.setattr(build, "_check_on_base", lambda *_: ServedChecks((1.0, math.inf, 2.0), 0.0, 0.0))
    average = Candidate("average", Kind.merged, (0.5, 0.5))
    outcome = Outcome(average, average, UNJUDGED | {"accepted_on": {"difference": (math.nan, -math.inf, 0.5)}})
    meter = LossMeter(load_base(team.asking.model), team, [])
    made = build_task(team, outcome, tmp_path / "now", commit="", meter=meter)
    assert made.path_losses == [1.0, math.inf, 2.0]
    text = (tmp_path / "now" / "recipe.json").read_text()
    assert json.loads(text, parse_constant=pytest.fail)["decision"]["accepted_on"]["difference"] == [None, None, 0.5]
    assert read_recipe(tmp_path / "now").path_losses == [1.0, None, 2.0]


def test_a_gold_runs_once_however_many_line_ups_are_judged_by_it(conf, tmp_path, monkeypatch):
    monkeypatch.setenv("ORACLECODER_CACHE", str(tmp_path / "cache"))
    database, ran, run_many = tmp_path / "shop.sqlite", [], Executor.run_many
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript("CREATE TABLE item (name TEXT); INSERT INTO item VALUES ('pen');")

    def watched(executor, queries, *rest, **options):
        ran.extend(sql for _, sql in queries)
        return run_many(executor, queries, *rest, **options)

    monkeypatch.setattr(Executor, "run_many", watched)
    example = Example("q", 0, "What is sold?", "shop", "SELECT name FROM item")
    for sql, right in (("SELECT 'pen'", 1.0), ("SELECT 'book'", 0.0)):
        prediction = Prediction("q", 0, "shop", example.question, sql, example.gold_sql)
        limits = conf.evaluate(tmp_path).limits
        assert sql_right([example], [prediction], {"shop": database}, kind="demo", limits=limits) == {"q": right}
    assert ran.count(example.gold_sql) == 1


def change(folder: Path, task: str, part: str, **values) -> None:
    """Write other values into a part of a recipe."""
    recipe = json.loads((folder / task / "recipe.json").read_text())
    recipe[part] |= values
    (folder / task / "recipe.json").write_text(json.dumps(recipe))


@pytest.mark.slow
def test_whatever_the_recipe_says_is_served_wherever_outputs_are_moved(make_runs, conf, tmp_path, capsys):
    for task in (LINKING, GENERATION):
        make_runs(tmp_path / "made", task, [0.1, 0.3])
    folder = merge(conf.merge(tmp_path / "made", "ensemble=merged", "ensemble.gate=false"))
    recipes = read_ensemble(folder)
    assert {recipe.served.kind for recipe in recipes.values()} == {"merged"}
    for recipe in recipes.values():
        assert len(recipe.path_losses) == 5
        assert recipe.sanity[-2].startswith("reloaded logits differ by 0.0e+00")
    shutil.move(tmp_path / "made", tmp_path / "moved")
    folder = tmp_path / "moved" / "ensembles" / folder.name
    members = [member.adapter for member in recipes[GENERATION].members]
    assert all(not Path(member).is_absolute() for member in members)
    committee = {"kind": "committee", "name": "committee of logits", "adapters": members, "vote": Vote.logits.value}
    change(folder, GENERATION, "served", **committee)
    change(folder, GENERATION, "dataset_settings", name="spider", root="/data", split="dev")
    output = tmp_path / "evaluation"
    config = conf.evaluate(tmp_path / "moved", "dataset.limit=3", "answer.max_rows=8", "limits.workers=1", "show=1")
    report = evaluate_ensemble(config, output)
    assert set(report["sql"]["two_stage"]) == {"base", "best member", "ensemble"}
    assert set(report["linking"]) == {"base", "best member", "ensemble"}
    assert report["served"] == {LINKING: "merged", GENERATION: "committee"}
    said = " ".join(capsys.readouterr().out.split())
    assert "ensemble (merged)" in said
    assert "ensemble (committee)" in said
    assert (
        "warning: this ensemble was built on spider and is evaluated on demo; "
        "give dataset=spider dataset.root=/data dataset.split=dev for its own questions"
    ) in said
    change(folder, GENERATION, "dataset_settings", name="demo", root=None, train_splits=["test"])
    with pytest.raises(ConfigError, match="split=test is what sql_generation was trained on; give dataset=demo"):
        evaluate_ensemble(config, output)
    change(folder, GENERATION, "dataset_settings", train_splits=["train"])
    asked, following = said.split("next: python -m oraclecoder.ask ")[1].split("python -m oraclecoder.train -m ")
    assert asked == f"database=hotel results_dir={tmp_path / 'moved'} (your own questions) "
    following = following.split()
    assert following[0] == "lora.lr_ratio=1,4,8,16,32"
    for word in following:  # each of the first job
        conf.train(word.split(",")[0])
    assert (output / "ensemble" / "two_stage" / "predictions.jsonl").is_file()
    shutil.rmtree(tmp_path / "moved" / "runs")
    with pytest.raises(Exception, match="which is gone; move runs and ensembles together"):
        evaluate_ensemble(config, output)


@pytest.mark.slow
def test_a_failed_and_a_nan_member_are_left_out_and_the_others_build(make_runs, conf, tmp_path, capsys):
    make_runs(tmp_path, GENERATION, [0.1, 0.3, 0.2, 0.4], nan=1, failed=3)
    folder = merge(conf.merge(tmp_path, "ensemble=merged", "ensemble.loss_questions=2", "ensemble.answer_questions=2"))
    recipe = read_ensemble(folder)[GENERATION]
    assert [member.run for member in recipe.members] == ["sql_generation-run2", "sql_generation-run0"]
    assert recipe.decision["measure"] == "execution accuracy on gold links"
    assert recipe.decision["chosen_on"]["questions"] == 2
    said = " ".join(capsys.readouterr().out.split())
    assert "left out: sql_generation-run1, the adapter" in said
    assert "is not finite in" in said
    assert "left out: sql_generation-run3, failed: RunError: loss became nan" in said


@pytest.mark.slow
def test_without_its_questions_the_gate_says_so_in_one_sentence(make_runs, conf, tmp_path):
    (run,) = make_runs(tmp_path, GENERATION, [0.1])
    path = run.folder / "config.yaml"
    path.write_text(path.read_text().replace("name: demo\n  root: null", f"name: spider\n  root: {tmp_path}/gone"))
    with pytest.raises(DataError) as caught:
        merge(conf.merge(tmp_path))
    assert str(caught.value).endswith("; ensemble.gate=false merges without questions")
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.glob("ensembles/*"))
    assert read_ensemble(merge(conf.merge(tmp_path, "ensemble.gate=false")))[GENERATION].served.kind == "single"


@pytest.mark.slow
def test_without_questions_a_merge_is_checked_but_on_its_base_and_says_so(make_runs, conf, tmp_path, caplog):
    for run in make_runs(tmp_path, GENERATION, [0.1, 0.3]):
        path = run.folder / "config.yaml"
        path.write_text(path.read_text().replace("name: demo\n  root: null", f"name: spider\n  root: {tmp_path}/gone"))
    folder = merge(conf.merge(tmp_path, "ensemble=merged", "ensemble.gate=false"))
    assert next_command(folder) == (
        f"python -m oraclecoder.evaluate ensemble_dir={folder} dataset=spider dataset.root={tmp_path}/gone "
        "dataset.split=test"
    )
    recipe = read_ensemble(folder)[GENERATION]
    assert recipe.served.kind == "merged"
    assert (len(recipe.sanity), recipe.path_losses) == (5, [])
    (said,) = [record.getMessage() for record in caplog.records if "not checked" in record.getMessage()]
    assert said.startswith("sql_generation: losses and logits of the merge are not checked on its base: ")
    assert str(tmp_path / "gone") in said


@pytest.mark.slow
def test_a_task_without_a_sound_run_does_not_take_the_other_with_it(make_runs, conf, tmp_path, capsys):
    lost = make_runs(tmp_path, LINKING, [0.3], nan=0)
    good = make_runs(tmp_path, GENERATION, [0.1, 0.3])
    named = f"runs=[{','.join(str(run.folder) for run in [*lost, *good])}]"
    folder = merge(conf.merge(tmp_path, "ensemble=merged", "ensemble.gate=false", named))
    assert list(read_ensemble(folder)) == [GENERATION]
    said = " ".join(capsys.readouterr().out.split())
    assert "schema_linking is left out: no run can be merged (schema_linking-run0" in said
    with pytest.raises(RunError, match="no run can be merged"):
        merge(conf.merge(tmp_path, "ensemble=merged", "ensemble.gate=false", f"runs=[{lost[0].folder}]"))
